import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from './columns'
import { ofOneWorkspace } from './wall'

/** What is counted: people, those of them whom no access system knows, and the ACS users of an access system by what became of them. */
export const countedKinds = ['people', 'linked_nowhere', 'linked', 'waiting', 'not_a_person'] as const
export type CountedKind = (typeof countedKinds)[number]

/**
 * How many rows there are, as changes to be added up: a statement that adds or takes rows adds a change
 * of its own, so that nobody waits for another. Triggers write them, and now and then put those that
 * nobody else holds together to one. Without foreign keys: each is checked by holding the row it names,
 * and what is counted has its own.
 */
export const rowCounts = pgTable(
  'row_counts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    rowCountId: uuid('row_count_id').notNull().default(sql`gen_random_uuid()`),
    kind: text('kind', { enum: countedKinds }).notNull(),
    /** The access system whose ACS users are counted. */
    acsSystemId: uuid('acs_system_id'),
    change: integer('change').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.rowCountId] }),
    // Added up from the index alone: rows come and go with each write, and the table is many times as long as they are.
    index('row_counts_by_kind').on(table.workspaceId, table.kind, table.acsSystemId, table.change),
    check('row_counts_kind', oneOf(table.kind, countedKinds)),
    check(
      'row_counts_of_a_system',
      sql`(${table.kind} in ('people', 'linked_nowhere')) = (${table.acsSystemId} is null)`,
    ),
    ofOneWorkspace(table.workspaceId),
  ],
)
