import { foreignKey, index, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { accessSystems } from './access-systems'
import { acsUsers } from './acs-users'
import { entrances } from './entrances'
import { ofOneWorkspace } from './wall'

/** A named set of entrances and ACS users inside one access system. */
export const accessGroups = pgTable(
  'acs_access_groups',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsAccessGroupId: uuid('acs_access_group_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    name: text('name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.acsAccessGroupId] }),
    unique('acs_access_groups_in_system').on(table.workspaceId, table.acsSystemId, table.acsAccessGroupId),
    foreignKey({
      name: 'acs_access_groups_system_fk',
      columns: [table.workspaceId, table.acsSystemId],
      foreignColumns: [accessSystems.workspaceId, accessSystems.acsSystemId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)

/** ACS users in a group; the shared `acsSystemId` holds both to the same access system. */
export const accessGroupMembers = pgTable(
  'acs_access_group_members',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    acsAccessGroupId: uuid('acs_access_group_id').notNull(),
    acsUserId: uuid('acs_user_id').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'acs_access_group_members_pk',
      columns: [table.workspaceId, table.acsAccessGroupId, table.acsUserId],
    }),
    index('acs_access_group_members_user').on(table.workspaceId, table.acsSystemId, table.acsUserId),
    foreignKey({
      name: 'acs_access_group_members_group_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsAccessGroupId],
      foreignColumns: [accessGroups.workspaceId, accessGroups.acsSystemId, accessGroups.acsAccessGroupId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acs_access_group_members_user_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsUserId],
      foreignColumns: [acsUsers.workspaceId, acsUsers.acsSystemId, acsUsers.acsUserId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)

/** Entrances a group opens. */
export const accessGroupEntrances = pgTable(
  'acs_access_group_entrances',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    acsAccessGroupId: uuid('acs_access_group_id').notNull(),
    acsEntranceId: uuid('acs_entrance_id').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'acs_access_group_entrances_pk',
      columns: [table.workspaceId, table.acsAccessGroupId, table.acsEntranceId],
    }),
    index('acs_access_group_entrances_entrance').on(table.workspaceId, table.acsSystemId, table.acsEntranceId),
    foreignKey({
      name: 'acs_access_group_entrances_group_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsAccessGroupId],
      foreignColumns: [accessGroups.workspaceId, accessGroups.acsSystemId, accessGroups.acsAccessGroupId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acs_access_group_entrances_entrance_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsEntranceId],
      foreignColumns: [entrances.workspaceId, entrances.acsSystemId, entrances.acsEntranceId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
