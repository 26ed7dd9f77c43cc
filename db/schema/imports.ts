import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { accessSystems } from './access-systems'
import { oneOf } from './columns'
import { ofOneWorkspace } from './wall'
import { workspaces } from './workspaces'

/** What the rows of a file are: people, or the ACS users of one access system. */
export const importKinds = ['user_identities', 'acs_users'] as const

/**
 * What comes first in dates such as 03/04/2026. `unknown`: no date of the file tells. `mixed`: some begin
 * with the day, others with the month.
 */
export const dateOrders = ['day_first', 'month_first', 'unknown', 'mixed'] as const

/**
 * `reading`: nobody sees it, as its file is being received, or its rows are being removed. `mapping`: somebody
 * still has to say what each column is. Then one job at a time checks it, applies it, and may take it back.
 */
export const importStates = [
  'reading',
  'mapping',
  'checking',
  'checked',
  'applying',
  'applied',
  'canceled',
  'undoing',
  'undone',
] as const

/** What the check says is to become of a row. */
export const rowPlans = ['create', 'update', 'unchanged', 'remove', 'conflict', 'refused'] as const

/** What became of a row. */
export const rowOutcomes = [
  'created',
  'updated',
  'unchanged',
  'removed',
  'skipped',
  'refused',
  'undone',
  'kept',
] as const

/** Which columns of the file hold which fields, by their position from 0. */
export type ColumnMapping = Record<string, number>

/** Why a row, or one cell of it, is not as it should be. */
export type RowProblem = { field: string | null; message: string }

/** A file of people or of ACS users that is to be brought in, or was. */
export const imports = pgTable(
  'imports',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId, { onDelete: 'cascade' }),
    importId: uuid('import_id').notNull(),
    kind: text('kind', { enum: importKinds }).notNull().default('user_identities'),
    /** Whose ACS users its rows are. */
    acsSystemId: uuid('acs_system_id'),
    state: text('state', { enum: importStates }).notNull().default('reading'),
    fileName: text('file_name').notNull(),
    /** What the file was found to be written in. */
    encoding: text('encoding').notNull(),
    delimiter: text('delimiter').notNull(),
    headers: jsonb('headers').$type<string[]>().notNull(),
    /** How many rows the file has below its header. */
    rowCount: integer('row_count').notNull().default(0),
    mapping: jsonb('mapping').$type<ColumnMapping>(),
    /** How its dates were read; null where it has none. */
    dateOrder: text('date_order', { enum: dateOrders }),
    /** How many rows there are of each plan. */
    plans: jsonb('plans').$type<Partial<Record<(typeof rowPlans)[number], number>>>().notNull().default({}),
    /** How many rows there are of each outcome. */
    outcomes: jsonb('outcomes').$type<Partial<Record<(typeof rowOutcomes)[number], number>>>().notNull().default({}),
    /** What to do with rows of which it is in doubt whom they are about. */
    conflictChoice: text('conflict_choice', { enum: ['skip', 'update'] }),
    /** Whether rows that say `remove` delete whom they are about. */
    appliesRemovals: boolean('applies_removals').notNull().default(false),
    authorId: text('author_id'),
    authorName: text('author_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.importId] }),
    foreignKey({
      name: 'imports_system_fk',
      columns: [table.workspaceId, table.acsSystemId],
      foreignColumns: [accessSystems.workspaceId, accessSystems.acsSystemId],
    }).onDelete('cascade'),
    index('imports_unread').on(table.createdAt).where(sql`${table.state} = 'reading'`),
    check('imports_kind', oneOf(table.kind, importKinds)),
    check('imports_system_of_acs_users', sql`(${table.kind} = 'acs_users') = (${table.acsSystemId} is not null)`),
    check('imports_date_order', oneOf(table.dateOrder, dateOrders)),
    check('imports_state', oneOf(table.state, importStates)),
    check('imports_conflict_choice', oneOf(table.conflictChoice, ['skip', 'update'])),
    check('imports_mapped', sql`${table.mapping} is not null or ${table.state} in ('reading', 'mapping', 'canceled')`),
    ofOneWorkspace(table.workspaceId),
  ],
)

/** A row of an imported file, with what is to become of it, and what became of it. */
export const importRows = pgTable(
  'import_rows',
  {
    workspaceId: uuid('workspace_id').notNull(),
    importId: uuid('import_id').notNull(),
    /** As a spreadsheet counts: the header is row 1. */
    rowNumber: integer('row_number').notNull(),
    cells: jsonb('cells').$type<string[]>().notNull(),
    plan: text('plan', { enum: rowPlans }),
    /** What the row says of whom it is about, normalised; what it leaves blank is left out. */
    characteristics: jsonb('characteristics').$type<Record<string, string>>(),
    /** Field by field, what the row changes, as it stood when it was checked. */
    changes: jsonb('changes').$type<Record<string, { from: string | null; to: string | null }>>(),
    problems: jsonb('problems').$type<RowProblem[]>(),
    /** The person whom the row is about, or to whom it attaches its ACS user. */
    userIdentityId: uuid('user_identity_id'),
    /** What that person is called, for those who are gone later. */
    userIdentityName: text('user_identity_name'),
    /** The ACS user that the row is about, where its file is one of ACS users. */
    acsUserId: uuid('acs_user_id'),
    acsUserName: text('acs_user_name'),
    outcome: text('outcome', { enum: rowOutcomes }),
    /** The change in the history that the row made, by which it is taken back. */
    changeId: uuid('change_id'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.importId, table.rowNumber] }),
    foreignKey({
      name: 'import_rows_import_fk',
      columns: [table.workspaceId, table.importId],
      foreignColumns: [imports.workspaceId, imports.importId],
    }).onDelete('cascade'),
    index('import_rows_by_plan').on(table.workspaceId, table.importId, table.plan, table.rowNumber),
    index('import_rows_by_outcome').on(table.workspaceId, table.importId, table.outcome, table.rowNumber),
    check('import_rows_plan', oneOf(table.plan, rowPlans)),
    check('import_rows_outcome', oneOf(table.outcome, rowOutcomes)),
    check('import_rows_row_number', sql`${table.rowNumber} >= 2`),
    check('import_rows_cells_are_a_list', sql`jsonb_typeof(${table.cells}) = 'array'`),
    ofOneWorkspace(table.workspaceId),
  ],
)

/**
 * Which row of a file speaks of whom: its identifiers, and the person that it was matched with. A person
 * is one row's alone, and the first has it.
 */
export const importClaims = pgTable(
  'import_claims',
  {
    workspaceId: uuid('workspace_id').notNull(),
    importId: uuid('import_id').notNull(),
    claim: text('claim').notNull(),
    rowNumber: integer('row_number').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.importId, table.claim] }),
    foreignKey({
      name: 'import_claims_import_fk',
      columns: [table.workspaceId, table.importId],
      foreignColumns: [imports.workspaceId, imports.importId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
