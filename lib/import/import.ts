import { z } from 'zod'
import type { ColumnMapping, importStates, RowProblem, rowOutcomes, rowPlans } from '@/db/schema/imports'
import { uuid } from '../parse-input'

/** The most rows that one file may have, without its header. */
export const mostRows = 100_000

/** The most bytes that one file may have. */
export const mostBytes = 32 * 1024 * 1024

export type ImportState = (typeof importStates)[number]
export type RowPlan = (typeof rowPlans)[number]
export type RowOutcome = (typeof rowOutcomes)[number]

/** What a column of a file can hold, with what it is called. */
export const importFields = {
  user_identity_key: 'User identity key',
  email_address: 'Email address',
  phone_number: 'Phone number',
  full_name: 'Full name',
  first_name: 'First name',
  last_name: 'Last name',
  action: 'Action',
} as const

export type ImportField = keyof typeof importFields

export const fieldKeys = Object.keys(importFields) as ImportField[]

/** What the `action` column may say. */
export const rowActions = ['create', 'update', 'remove'] as const

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

/** An import as its page shows it. */
export type ImportDetails = {
  importId: string
  state: ImportState
  fileName: string
  encoding: string
  delimiter: string
  headers: string[]
  rowCount: number
  mapping: ColumnMapping | null
  plans: Partial<Record<RowPlan, number>>
  outcomes: Partial<Record<RowOutcome, number>>
  authorName: string
  createdAt: string
  finishedAt: string | null
}

/** A row of an import as its page shows it. */
export type ImportRow = {
  rowNumber: number
  cells: string[]
  plan: RowPlan | null
  outcome: RowOutcome | null
  changes: Record<string, { from: string | null; to: string | null }> | null
  problems: RowProblem[]
  userIdentityId: string | null
  userIdentityName: string | null
}

/** What an import's state is called. */
export const stateNames: Record<ImportState, string> = {
  reading: 'Being read',
  mapping: 'Columns to choose',
  checking: 'Being checked',
  checked: 'Ready to import',
  applying: 'Being imported',
  applied: 'Imported',
  canceled: 'Stopped',
  undoing: 'Being undone',
  undone: 'Undone',
}

/** What a plan is called, of one row or many. */
export const planNames: Record<RowPlan, string> = {
  create: 'Create',
  update: 'Update',
  unchanged: 'Unchanged',
  remove: 'Remove',
  conflict: 'Conflict',
  refused: 'Refused',
}

/** What an outcome is called. */
export const outcomeNames: Record<RowOutcome, string> = {
  created: 'Created',
  updated: 'Updated',
  unchanged: 'Unchanged',
  removed: 'Removed',
  skipped: 'Skipped',
  refused: 'Refused',
  undone: 'Undone',
  kept: 'Kept',
}

/** Whether a job is at work on an import. */
export function isUnderWay(state: ImportState): boolean {
  return state === 'checking' || state === 'applying' || state === 'undoing'
}

/** How many rows of an import have been gone through with an outcome. */
export function rowsWithOutcome(outcomes: Partial<Record<RowOutcome, number>>): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0)
}
