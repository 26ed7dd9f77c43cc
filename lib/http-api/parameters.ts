import { z } from '@hono/zod-openapi'

/*
 * What the contract's parameters are made of. They hold a request to the contract's types and formats;
 * what a value must be beyond that is the commands' to say.
 */

/** An id in any letter case. */
export const id = () =>
  z
    .guid()
    .transform((value) => value.toLowerCase())
    .openapi({ type: 'string', format: 'uuid' })

// NUL and halves of surrogate pairs are no text to PostgreSQL.
const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed()

const longestText = 2000

/** Any text that a database can hold. */
export const text = () =>
  z.string().max(longestText).refine(isStorable, { error: 'must not contain control characters' })

export const email = () => text().openapi({ format: 'email' })

/** Whether a text is a time in ISO 8601 with a zone, within the years that a database knows. */
const isTime = (written: string): boolean => {
  if (!z.iso.datetime({ offset: true }).safeParse(written).success) return false
  const year = new Date(written).getUTCFullYear()
  return year >= 1 && year <= 9999
}

/** ISO 8601 with a zone. */
export const dateTime = () =>
  z
    .string()
    .max(100)
    .refine(isTime, { error: 'must be a time such as 2026-01-31T09:00:00Z' })
    .openapi({ format: 'date-time' })

/** A given time as a Date. */
export const toDate = (written: string | undefined): Date | undefined =>
  written === undefined ? undefined : new Date(written)

const mostPerPage = 1000

/** `limit` and `page_cursor` of a list that comes in pages. */
export const pageParameters = (defaultLimit: number) => ({
  limit: z
    .int()
    .min(0)
    .max(mostPerPage)
    .openapi({ description: 'How many to answer with at most.' })
    .default(defaultLimit),
  page_cursor: z.string().max(longestText).nullish().openapi({
    description: '`next_page_cursor` of the page before; all other parameters must be the same as then.',
  }),
})

/** Search in a list. */
export const search = (description = 'Part of a name, an email address or a phone number; or a whole id.') =>
  text().min(1).openapi({ description })

/** What a search in a list of things finds that have nothing but a name. */
export const byName = 'Part of the name; or a whole id.'

/** A filter of Seam's by things that Keyholder does not have: nothing here belongs to one of them. */
export const foreign = (what: string) =>
  text()
    .nullish()
    .openapi({ description: `Keyholder has no ${what}, so that nothing matches.` })

/** A parameter of Seam's that would have to do something which Keyholder does not do. */
export const refused = <Schema extends z.ZodType>(schema: Schema, why: string) =>
  schema
    .optional()
    .refine((given) => given === undefined, { error: `cannot be given: ${why}` })
    .openapi({ description: `Refused: ${why}.` })
