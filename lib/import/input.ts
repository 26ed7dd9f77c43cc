import { z } from 'zod'
import { uuid } from '../parse-input'
import { fieldKeys, type ImportField } from './import'

/** The fields by which a person is found. */
const identifying: ImportField[] = ['user_identity_key', 'email_address', 'phone_number']

/** Input of `checkImport`: for each field the position of its column, from 0. */
export const mappingSchema = z.object({
  import_id: uuid('import_id'),
  mapping: z
    .partialRecord(z.enum(fieldKeys), z.int({ error: 'A column must be a whole number.' }).min(0).max(500))
    .refine((mapping) => identifying.some((field) => mapping[field] !== undefined), {
      error:
        'Choose the column of the user identity key, the email address or the phone number: by one of them people are found.',
    })
    .refine((mapping) => new Set(Object.values(mapping)).size === Object.values(mapping).length, {
      error: 'Each column can be one field only.',
    }),
})

/** Input of `applyImport`. */
export const applySchema = z.object({
  import_id: uuid('import_id'),
  conflict_choice: z.enum(['skip', 'update'], { error: 'conflict_choice must be skip or update.' }),
  applies_removals: z.boolean({ error: 'applies_removals must be true or false.' }),
})
