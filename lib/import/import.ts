import type { ColumnMapping, importStates, RowProblem, rowOutcomes, rowPlans } from '@/db/schema/imports'

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
