import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { accessSystems } from './access-systems'
import { acsUsers } from './acs-users'
import { oneOf, reportedIssues } from './columns'
import { entrances } from './entrances'
import { ofOneWorkspace } from './wall'

export const accessMethods = ['mobile_key', 'card', 'code'] as const
export type AccessMethod = (typeof accessMethods)[number]

/** What opens doors: a mobile key, a card or a code, issued to an ACS user. */
export const credentials = pgTable(
  'acs_credentials',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsCredentialId: uuid('acs_credential_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    acsUserId: uuid('acs_user_id'),
    accessMethod: text('access_method', { enum: accessMethods }).notNull(),
    displayName: text('display_name').notNull(),
    /** Encrypted, the same code always to the same. */
    sealedCode: text('sealed_code'),
    sealedCardNumber: text('sealed_card_number'),
    /** Not encrypted: only in rows of a version before, where they count; the next version drops both. */
    code: text('code'),
    cardNumber: text('card_number'),
    startsAt: timestamp('starts_at', { withTimezone: true }),
    endsAt: timestamp('ends_at', { withTimezone: true }),
    isIssued: boolean('is_issued').notNull().default(false),
    issuedAt: timestamp('issued_at', { withTimezone: true }),
    ...reportedIssues,
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.acsCredentialId] }),
    unique('acs_credentials_in_system').on(table.workspaceId, table.acsSystemId, table.acsCredentialId),
    foreignKey({
      name: 'acs_credentials_system_fk',
      columns: [table.workspaceId, table.acsSystemId],
      foreignColumns: [accessSystems.workspaceId, accessSystems.acsSystemId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acs_credentials_user_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsUserId],
      foreignColumns: [acsUsers.workspaceId, acsUsers.acsSystemId, acsUsers.acsUserId],
    }).onDelete('cascade'),
    index('acs_credentials_by_user').on(table.workspaceId, table.acsUserId),
    check('acs_credentials_access_method', oneOf(table.accessMethod, accessMethods)),
    check('acs_credentials_validity_order', sql`${table.endsAt} > ${table.startsAt}`),
    ofOneWorkspace(table.workspaceId),
  ],
)

/** Entrances a credential opens by itself, beside those of its user's access groups. */
export const credentialEntrances = pgTable(
  'acs_credential_entrances',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    acsCredentialId: uuid('acs_credential_id').notNull(),
    acsEntranceId: uuid('acs_entrance_id').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'acs_credential_entrances_pk',
      columns: [table.workspaceId, table.acsCredentialId, table.acsEntranceId],
    }),
    index('acs_credential_entrances_entrance').on(table.workspaceId, table.acsSystemId, table.acsEntranceId),
    foreignKey({
      name: 'acs_credential_entrances_credential_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsCredentialId],
      foreignColumns: [credentials.workspaceId, credentials.acsSystemId, credentials.acsCredentialId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acs_credential_entrances_entrance_fk',
      columns: [table.workspaceId, table.acsSystemId, table.acsEntranceId],
      foreignColumns: [entrances.workspaceId, entrances.acsSystemId, entrances.acsEntranceId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
