import { foreignKey, index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { acsUsers } from './acs-users'
import { entrances } from './entrances'
import { ofOneWorkspace } from './wall'

/** Entrances granted to an ACS user by themselves, beside those of its access groups. */
export const acsUserEntrances = pgTable(
  'acs_user_entrances',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    acsUserId: uuid('acs_user_id').notNull(),
    acsEntranceId: uuid('acs_entrance_id').notNull(),
    grantedAt: timestamp('granted_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'acs_user_entrances_pk', columns: [table.workspaceId, table.acsUserId, table.acsEntranceId] }),
    index('acs_user_entrances_entrance').on(table.workspaceId, table.acsSystemId, table.acsEntranceId),
    foreignKey({
      name: 'acs_user_entrances_user_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsUserId],
      foreignColumns: [acsUsers.workspaceId, acsUsers.acsSystemId, acsUsers.acsUserId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acs_user_entrances_entrance_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsEntranceId],
      foreignColumns: [entrances.workspaceId, entrances.acsSystemId, entrances.acsEntranceId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
