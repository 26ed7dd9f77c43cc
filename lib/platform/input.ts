import { z } from 'zod'
import { Refusal } from './refusals'

// Control characters and halves of surrogate pairs are never typed on purpose; PostgreSQL cannot
// even store the NUL among them.
const unprintable = /[\p{Cc}\p{Cs}]/u

// Spaces, and what takes no space at all, such as a zero-width joiner that joins nothing.
const isBlank = (text: string) => /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(text)

/** A line of text without outer space: 1 to `maximum` characters, no control characters. */
export function lineOfText(label: string, maximum: number) {
  return z
    .string({ error: `${label} must be text.` })
    .trim()
    .refine((value) => !isBlank(value), { error: `${label} must not be blank.`, abort: true })
    .max(maximum, { error: `${label} must be at most ${maximum} characters long.`, abort: true })
    .refine((value) => !unprintable.test(value), {
      error: `${label} must not contain line breaks or other control characters.`,
    })
}

/**
 * An id. What is not a UUID is refused before it reaches the database; one of no known version is just
 * an id that nobody has.
 */
export function uuid(label: string) {
  return z.guid({ error: `${label} must be a UUID.` }).transform((value) => value.toLowerCase())
}

/** A list of 1 to `most` ids. */
export function idList(label: string, most: number) {
  return z
    .array(uuid(label), { error: 'Send a list of ids.' })
    .min(1, { error: 'Send at least one id.' })
    .max(most, { error: `Send at most ${most} ids at once.` })
}

/** An email address as people write it. */
export function emailAddress() {
  return lineOfText('The email address', 254).pipe(
    z.email({ error: 'Enter an email address such as name@example.com.', pattern: z.regexes.unicodeEmail }),
  )
}

/** A moment in ISO 8601 with its offset, in a year that the database and the contract can write. */
export function moment(label: string) {
  const error = `${label} must be a date and time such as 2026-01-31T12:00:00Z.`
  return z.iso
    .datetime({ offset: true, error })
    .transform((written) => new Date(written))
    .refine((date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999, { error })
}

/** A form leaves a field empty where the API sends null: both mean "none". */
export function blankToNull(value: unknown): unknown {
  return typeof value === 'string' && isBlank(value) ? null : value
}

/**
 * Parses input from outside.
 *
 * @throws Refusal `invalid_input` with what is wrong with each field.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input, {
    error: ({ expected }) => (expected === 'object' ? 'The input must be an object.' : undefined),
  })
  if (parsed.success) return parsed.data
  const fields: Record<string, string[]> = {}
  for (const issue of parsed.error.issues) {
    const field = issue.path.length > 0 ? issue.path.join('.') : 'form'
    fields[field] = [...(fields[field] ?? []), issue.message]
  }
  throw new Refusal({
    kind: 'invalid_input',
    type: 'invalid_input',
    message: Object.values(fields)[0]?.[0] ?? 'The input is not valid.',
    fields,
  })
}

/** Whether a text is a UUID, for ids in addresses. */
export function isUuid(value: string): boolean {
  return z.guid().safeParse(value).success
}
