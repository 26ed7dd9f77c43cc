import { z } from 'zod'
import { uuid } from '@/lib/platform/input'
import { invalidInput } from '@/lib/platform/refusals'
import { fieldNames, fieldsOf, type ImportField, type ImportKind } from './import'

const fields = Object.keys(fieldNames) as ImportField[]

/** Input of `receiveFile`, beside the file: what its rows are, and whose ACS users. */
export const receiptSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('user_identities') }),
    z.object({ kind: z.literal('acs_users'), acs_system_id: uuid('acs_system_id') }),
  ],
  { error: 'kind must be user_identities or acs_users.' },
)

/** Input of `checkImport`: for each field the position of its column, from 0. */
export const mappingSchema = z.object({
  import_id: uuid('import_id'),
  mapping: z
    .partialRecord(z.enum(fields), z.int({ error: 'A column must be a whole number.' }).min(0).max(500))
    .refine((mapping) => new Set(Object.values(mapping)).size === Object.values(mapping).length, {
      error: 'Each column can be one field only.',
    }),
  date_order: z
    .enum(['day_first', 'month_first'], { error: 'date_order must be day_first or month_first.' })
    .nullable()
    .default(null),
})

/** By what the people or ACS users of a file are found, and what is said where it has nothing of that. */
const identifying: Record<ImportKind, { by: ImportField[]; refusal: string }> = {
  user_identities: {
    by: ['user_identity_key', 'email_address', 'phone_number'],
    refusal:
      'Choose the column of the user identity key, the email address or the phone number: by one of them people are found.',
  },
  acs_users: {
    by: ['acs_user_id', 'user_identity_key', 'email_address', 'phone_number'],
    refusal:
      'Choose the column of the email address, the phone number, the user identity key or the ACS user ID: by one of them ACS users are found.',
  },
}

/**
 * Looks whether the columns of a file of this kind can be these.
 *
 * @throws Refusal `invalid_input`
 */
export function checkMapping(
  kind: ImportKind,
  columnCount: number,
  mapping: Partial<Record<ImportField, number>>,
): void {
  const chosen = Object.keys(mapping) as ImportField[]
  const { by, refusal } = identifying[kind]
  const stranger = chosen.find((field) => !fieldsOf[kind].includes(field))
  if (stranger) throw invalidInput(`A file of this kind has no column “${fieldNames[stranger]}”.`, 'mapping')
  if (!by.some((field) => chosen.includes(field))) throw invalidInput(refusal, 'mapping')
  if (Object.values(mapping).some((column) => column >= columnCount)) {
    throw invalidInput('The file does not have this many columns.', 'mapping')
  }
}

/** Input of `applyImport`. */
export const applySchema = z.object({
  import_id: uuid('import_id'),
  conflict_choice: z.enum(['skip', 'update'], { error: 'conflict_choice must be skip or update.' }),
  applies_removals: z.boolean({ error: 'applies_removals must be true or false.' }),
})
