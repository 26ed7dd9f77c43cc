import { boolean, foreignKey, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { accessSystems } from './access-systems'
import { ofOneWorkspace } from './wall'

/** A door of one access system. */
export const entrances = pgTable(
  'acs_entrances',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsEntranceId: uuid('acs_entrance_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    displayName: text('display_name').notNull(),
    canUnlockWithMobileKey: boolean('can_unlock_with_mobile_key').notNull().default(false),
    canUnlockWithCard: boolean('can_unlock_with_card').notNull().default(false),
    canUnlockWithCode: boolean('can_unlock_with_code').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.acsEntranceId] }),
    unique('acs_entrances_in_system').on(table.workspaceId, table.acsSystemId, table.acsEntranceId),
    foreignKey({
      name: 'acs_entrances_system_fk',
      columns: [table.workspaceId, table.acsSystemId],
      foreignColumns: [accessSystems.workspaceId, accessSystems.acsSystemId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
