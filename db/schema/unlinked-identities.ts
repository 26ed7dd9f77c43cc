import { foreignKey, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { userIdentities } from './user-identities'
import { ofOneWorkspace } from './wall'

/**
 * The user identities to whom no ACS user is linked in any access system. Triggers keep it, whoever
 * writes: to find the few who are linked nowhere, everybody would have to be asked.
 */
export const unlinkedIdentities = pgTable(
  'unlinked_identities',
  {
    workspaceId: uuid('workspace_id').notNull(),
    userIdentityId: uuid('user_identity_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userIdentityId] }),
    foreignKey({
      name: 'unlinked_identities_identity_fk',
      columns: [table.workspaceId, table.userIdentityId],
      foreignColumns: [userIdentities.workspaceId, userIdentities.userIdentityId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
