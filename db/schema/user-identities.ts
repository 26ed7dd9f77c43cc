import { type SQL, sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { plainEmailOf } from './plain-email'
import { ofOneWorkspace } from './wall'
import { workspaces } from './workspaces'

/**
 * One person's record. The primary key starts with the workspace, so that ids of another workspace
 * are never found by it, and pages by creation (ids are UUIDv7) are read in index order.
 */
export const userIdentities = pgTable(
  'user_identities',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId),
    userIdentityId: uuid('user_identity_id').notNull(),
    /** The app's own account id for this person; compared exactly. */
    userIdentityKey: text('user_identity_key'),
    emailAddress: text('email_address'),
    /** E.164. */
    phoneNumber: text('phone_number'),
    fullName: text('full_name'),
    displayName: text('display_name')
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`coalesce(${userIdentities.fullName}, ${userIdentities.emailAddress}, ${userIdentities.phoneNumber}, ${userIdentities.userIdentityKey}, '')`,
      ),
    /** What the list sorts names by: the display name without case and accents. */
    sortName: text('sort_name')
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`search_normalize(coalesce(${userIdentities.fullName}, ${userIdentities.emailAddress}, ${userIdentities.phoneNumber}, ${userIdentities.userIdentityKey}, ''))`,
      ),
    /** Everything a person is searched by, normalised, a line each; the phone as digits only. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`search_normalize(coalesce(${userIdentities.fullName}, '') || E'\\n' || coalesce(${userIdentities.emailAddress}, '') || E'\\n' || coalesce(${userIdentities.userIdentityKey}, '') || E'\\n' || coalesce(substr(${userIdentities.phoneNumber}, 2), ''))`,
      ),
    /** When this person moves out, or did; null for somebody of whom nothing of the kind is known. */
    movesOutAt: timestamp('moves_out_at', { withTimezone: true }),
    /** Counts the edits, so that a save over a newer version is noticed. */
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userIdentityId] }),
    uniqueIndex('user_identities_key_unique').on(table.workspaceId, table.userIdentityKey),
    uniqueIndex('user_identities_email_unique').on(table.workspaceId, sql`lower(${table.emailAddress})`),
    uniqueIndex('user_identities_phone_unique').on(table.workspaceId, table.phoneNumber),
    // What `plainEmail` in lib/people/matching/match.ts makes of an address: without +tag and dots before the @.
    index('user_identities_by_plain_email').on(table.workspaceId, plainEmailOf(table.emailAddress)),
    index('user_identities_by_name').on(table.workspaceId, sql`${table.sortName} collate "C"`, table.userIdentityId),
    index('user_identities_moving_out')
      .on(table.workspaceId, table.movesOutAt, table.userIdentityId)
      .where(sql`${table.movesOutAt} is not null`),
    // Further ways in which one person was written down twice; see the functions of the migration.
    index('user_identities_by_name_key').on(table.workspaceId, sql`name_key(${table.fullName})`, table.userIdentityId),
    index('user_identities_by_phone_end').on(
      table.workspaceId,
      sql`right(${table.phoneNumber}, 9)`,
      table.userIdentityId,
    ),
    // Without "fastupdate", which keeps new rows out of the index until a vacuum; the embedded database has none.
    index('user_identities_search').using('gin', sql`${table.searchText} gin_trgm_ops`).with({ fastupdate: false }),
    check(
      'user_identities_has_characteristic',
      sql`num_nonnulls(${table.userIdentityKey}, ${table.emailAddress}, ${table.phoneNumber}, ${table.fullName}) >= 1`,
    ),
    check('user_identities_key_not_blank', sql`${table.userIdentityKey} ~ '[^[:space:]]'`),
    check('user_identities_full_name_not_blank', sql`${table.fullName} ~ '[^[:space:]]'`),
    check(
      'user_identities_email_format',
      sql`${table.emailAddress} = btrim(${table.emailAddress}) and ${table.emailAddress} ~ '^[^@[:space:]]+@[^@[:space:]]+$'`,
    ),
    check('user_identities_phone_e164', sql`${table.phoneNumber} ~ '^\\+[1-9][0-9]{1,14}$'`),
    ofOneWorkspace(table.workspaceId),
  ],
)
