import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { reportedIssues } from './columns'
import { ofOneWorkspaceOrServer } from './wall'
import { workspaces } from './workspaces'

/** The kinds of access system that Keyholder knows (`acs_system.external_type`). A vendor may add others. */
export const accessSystemTypes = [
  'pti_site',
  'alta_org',
  'avigilon_alta_org',
  'kisi_organization',
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

/**
 * One installation of a vendor's access control (ACS), or one that's kept by hand: it has no interface, so
 * people program it at its panel and Keyholder records what they did.
 */
export const accessSystems = pgTable(
  'acs_systems',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId),
    acsSystemId: uuid('acs_system_id').notNull(),
    name: text('name').notNull(),
    /** What the vendor's interface calls it. Null for a system that's kept by hand. */
    externalType: text('external_type'),
    /** Whose product a system is that's kept by hand, as people call it: "Paxton Net2". */
    vendorName: text('vendor_name'),
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
    check('acs_systems_vendor_by_hand', sql`${table.vendorName} is null or ${table.externalType} is null`),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)
