import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { userIdentities } from './user-identities'
import { ofOneWorkspace } from './wall'
import { workspaces } from './workspaces'

/**
 * User identities that are no more, because they were merged into another one. Where that one is
 * merged in turn, `survivorId` follows it and `intoId` stays, so that a merge in the middle can be taken
 * back. With the survivor, what is known of those merged into it goes too.
 */
export const mergedIdentities = pgTable(
  'merged_identities',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId),
    mergedId: uuid('merged_id').notNull(),
    /** Into whom it was merged then. */
    intoId: uuid('into_id').notNull(),
    /** Who stands for it now. */
    survivorId: uuid('survivor_id').notNull(),
    mergedAt: timestamp('merged_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.mergedId] }),
    foreignKey({
      name: 'merged_identities_survivor_fk',
      columns: [table.workspaceId, table.survivorId],
      foreignColumns: [userIdentities.workspaceId, userIdentities.userIdentityId],
    }).onDelete('cascade'),
    index('merged_identities_by_survivor').on(table.workspaceId, table.survivorId),
    check(
      'merged_identities_of_two',
      sql`${table.mergedId} <> ${table.intoId} and ${table.mergedId} <> ${table.survivorId}`,
    ),
    ofOneWorkspace(table.workspaceId),
  ],
)
