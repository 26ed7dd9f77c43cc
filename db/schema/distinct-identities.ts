import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { userIdentities } from './user-identities'
import { ofOneWorkspace } from './wall'
import { workspaces } from './workspaces'

/** Pairs of user identities of whom an admin said that they are two people, however alike they look. */
export const distinctIdentities = pgTable(
  'distinct_identities',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId),
    /** The lesser id of the two, so that a pair is there once. */
    oneId: uuid('one_id').notNull(),
    otherId: uuid('other_id').notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.oneId, table.otherId] }),
    foreignKey({
      name: 'distinct_identities_one_fk',
      columns: [table.workspaceId, table.oneId],
      foreignColumns: [userIdentities.workspaceId, userIdentities.userIdentityId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'distinct_identities_other_fk',
      columns: [table.workspaceId, table.otherId],
      foreignColumns: [userIdentities.workspaceId, userIdentities.userIdentityId],
    }).onDelete('cascade'),
    index('distinct_identities_by_other').on(table.workspaceId, table.otherId),
    check('distinct_identities_in_order', sql`${table.oneId} < ${table.otherId}`),
    ofOneWorkspace(table.workspaceId),
  ],
)
