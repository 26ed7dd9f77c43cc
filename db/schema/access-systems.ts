import { boolean, check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { oneOf, reportedIssues } from './columns'
import { ofOneWorkspaceOrServer } from './wall'
import { workspaces } from './workspaces'

/** The kinds of access system of the published contract (`acs_system.external_type`). */
export const accessSystemTypes = [
  'pti_site',
  'alta_org',
  'salto_ks_site',
  'salto_space_system',
  'brivo_account',
  'hid_credential_manager_organization',
  'visionline_system',
  'assa_abloy_credential_service',
  'latch_building',
  'dormakaba_community_site',
  'dormakaba_ambiance_site',
  'legic_connect_credential_service',
  'assa_abloy_vostio',
  'assa_abloy_vostio_credential_service',
  'hotek_site',
] as const

/** One installation of a vendor's access control (ACS). */
export const accessSystems = pgTable(
  'acs_systems',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId),
    acsSystemId: uuid('acs_system_id').notNull(),
    name: text('name').notNull(),
    externalType: text('external_type', { enum: accessSystemTypes }).notNull(),
    connectedAccountId: uuid('connected_account_id').notNull(),
    isCredentialManager: boolean('is_credential_manager').notNull().default(false),
    /** IANA name of the zone the site stands in. */
    timeZone: text('time_zone'),
    ...reportedIssues,
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.acsSystemId] }),
    index('acs_systems_by_name').on(table.workspaceId, table.name),
    check('acs_systems_external_type', oneOf(table.externalType, accessSystemTypes)),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)
