import type {
  ColumnMapping,
  dateOrders,
  importKinds,
  importStates,
  RowProblem,
  rowOutcomes,
  rowPlans,
} from '@/db/schema/imports'

/** The most rows that one file may have, without its header. */
export const mostRows = 100_000

/** The most bytes that one file may have. */
export const mostBytes = 32 * 1024 * 1024

/** The most columns that any row of a file may have. */
export const mostColumns = 100

/** The most cells that one file may have. */
export const mostCells = 5_000_000

export type ImportKind = (typeof importKinds)[number]
export type DateOrder = (typeof dateOrders)[number]
export type ImportState = (typeof importStates)[number]
export type RowPlan = (typeof rowPlans)[number]
export type RowOutcome = (typeof rowOutcomes)[number]

/** What a column of a file can hold, with what it is called. */
export const fieldNames = {
  acs_user_id: 'ACS user ID',
  user_identity_key: 'User identity key',
  email_address: 'Email address',
  phone_number: 'Phone number',
  full_name: 'Full name',
  first_name: 'First name',
  last_name: 'Last name',
  access_starts_at: 'Start of access',
  access_ends_at: 'End of access',
  is_suspended: 'Suspended',
  access_groups: 'Access groups',
  action: 'Action',
} as const

export type ImportField = keyof typeof fieldNames

/** Which of them a file of each kind can have, in the order of its template. */
export const fieldsOf: Record<ImportKind, ImportField[]> = {
  user_identities: [
    'user_identity_key',
    'email_address',
    'phone_number',
    'full_name',
    'first_name',
    'last_name',
    'action',
  ],
  acs_users: [
    'acs_user_id',
    'user_identity_key',
    'email_address',
    'phone_number',
    'full_name',
    'first_name',
    'last_name',
    'access_starts_at',
    'access_ends_at',
    'is_suspended',
    'access_groups',
    'action',
  ],
}

/** The fields that hold a date. */
export const dateFields = ['access_starts_at', 'access_ends_at'] as const satisfies ImportField[]

/** What the field of a row's problem is called; null for none, and for what is no column. */
export function fieldNameOf(field: string | null): string | null {
  return field !== null && field in fieldNames ? fieldNames[field as ImportField] : null
}

/** What the `action` column may say. */
export const rowActions = ['create', 'update', 'remove'] as const

/** An import as its page shows it. */
export type ImportDetails = {
  importId: string
  kind: ImportKind
  /** Whose ACS users its rows are; null where they are people. */
  acsSystem: { acsSystemId: string; name: string; timeZone: string | null } | null
  state: ImportState
  fileName: string
  encoding: string
  delimiter: string
  headers: string[]
  rowCount: number
  mapping: ColumnMapping | null
  dateOrder: DateOrder | null
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
  /** The person or the ACS user whom the row is about; without an id, one that is not there. */
  subjectId: string | null
  subjectName: string | null
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

/** The states of an import that a job is at work on. */
export const statesUnderWay = ['checking', 'applying', 'undoing'] as const satisfies ImportState[]

/** Whether a job is at work on an import. */
export function isUnderWay(state: ImportState): boolean {
  return statesUnderWay.some((each) => each === state)
}

/** How many rows of an import have been gone through with an outcome. */
export function rowsWithOutcome(outcomes: Partial<Record<RowOutcome, number>>): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0)
}
