import { type SQL, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { accessSystems } from './access-systems'
import { reportedIssues } from './columns'
import { userIdentities } from './user-identities'
import { ofOneWorkspace } from './wall'

/**
 * A person as one access system knows them. `userIdentityId` is the link: being one column, an ACS
 * user belongs to at most one identity; the partial unique index holds an identity to one ACS user
 * in each access system; the composite keys hold both ends to the same workspace.
 */
export const acsUsers = pgTable(
  'acs_users',
  {
    workspaceId: uuid('workspace_id').notNull(),
    acsUserId: uuid('acs_user_id').notNull(),
    acsSystemId: uuid('acs_system_id').notNull(),
    userIdentityId: uuid('user_identity_id'),
    linkedAt: timestamp('linked_at', { withTimezone: true }),
    /** The name of who linked it, as it was then. */
    linkedBy: text('linked_by'),
    fullName: text('full_name'),
    emailAddress: text('email_address'),
    /** As the access system writes it, in any format. */
    phoneNumber: text('phone_number'),
    /** The same number in E.164, where it can be read as one; what matching compares. */
    phoneNumberE164: text('phone_number_e164'),
    displayName: text('display_name')
      .notNull()
      .generatedAlwaysAs(
        (): SQL => sql`coalesce(${acsUsers.fullName}, ${acsUsers.emailAddress}, ${acsUsers.phoneNumber}, '')`,
      ),
    sortName: text('sort_name')
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`search_normalize(coalesce(${acsUsers.fullName}, ${acsUsers.emailAddress}, ${acsUsers.phoneNumber}, ''))`,
      ),
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`search_normalize(coalesce(${acsUsers.fullName}, '') || E'\\n' || coalesce(${acsUsers.emailAddress}, '') || E'\\n' || coalesce(regexp_replace(${acsUsers.phoneNumber}, '[^0-9]', '', 'g'), '') || E'\\n' || coalesce(substr(${acsUsers.phoneNumberE164}, 2), ''))`,
      ),
    isSuspended: boolean('is_suspended').notNull().default(false),
    /** When it was suspended here; null for one that its access system reported as suspended. */
    suspendedAt: timestamp('suspended_at', { withTimezone: true }),
    accessStartsAt: timestamp('access_starts_at', { withTimezone: true }),
    accessEndsAt: timestamp('access_ends_at', { withTimezone: true }),
    /** When somebody said that it stands for no person, but for a cleaning crew or a spare card, say. */
    notAPersonAt: timestamp('not_a_person_at', { withTimezone: true }),
    /** The name of who said so, as it was then. */
    notAPersonBy: text('not_a_person_by'),
    ...reportedIssues,
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.acsUserId] }),
    unique('acs_users_in_system').on(table.workspaceId, table.acsSystemId, table.acsUserId),
    foreignKey({
      name: 'acs_users_system_fk',
      columns: [table.workspaceId, table.acsSystemId],
      foreignColumns: [accessSystems.workspaceId, accessSystems.acsSystemId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acs_users_identity_fk',
      columns: [table.workspaceId, table.userIdentityId],
      foreignColumns: [userIdentities.workspaceId, userIdentities.userIdentityId],
    }),
    uniqueIndex('acs_users_one_per_identity_and_system')
      .on(table.workspaceId, table.userIdentityId, table.acsSystemId)
      .where(sql`${table.userIdentityId} is not null`),
    // The queue of those whose person is to be found, in its order.
    index('acs_users_to_reconcile')
      .on(table.workspaceId, table.acsSystemId, table.acsUserId)
      .where(sql`${table.userIdentityId} is null and ${table.notAPersonAt} is null`),
    // The same, to find them by what they have in common with somebody: they are few among many.
    index('acs_users_to_reconcile_by_name')
      .on(table.workspaceId, table.acsSystemId, sql`${table.sortName} collate "C"`, table.acsUserId)
      .where(sql`${table.userIdentityId} is null and ${table.notAPersonAt} is null`),
    index('acs_users_to_reconcile_search')
      .using('gin', sql`${table.searchText} gin_trgm_ops`)
      .with({ fastupdate: false })
      .where(sql`${table.userIdentityId} is null and ${table.notAPersonAt} is null`),
    index('acs_users_not_a_person')
      .on(table.workspaceId, table.acsSystemId, table.acsUserId)
      .where(sql`${table.notAPersonAt} is not null`),
    index('acs_users_by_name').on(
      table.workspaceId,
      table.acsSystemId,
      sql`${table.sortName} collate "C"`,
      table.acsUserId,
    ),
    index('acs_users_by_email').on(table.workspaceId, sql`lower(${table.emailAddress})`),
    index('acs_users_by_phone').on(table.workspaceId, table.phoneNumberE164),
    // Without "fastupdate", which keeps new rows out of the index until a vacuum; the embedded database has none.
    index('acs_users_search').using('gin', sql`${table.searchText} gin_trgm_ops`).with({ fastupdate: false }),
    check(
      'acs_users_has_characteristic',
      sql`num_nonnulls(${table.fullName}, ${table.emailAddress}, ${table.phoneNumber}) >= 1`,
    ),
    check('acs_users_phone_e164', sql`${table.phoneNumberE164} ~ '^\\+[1-9][0-9]{1,14}$'`),
    check('acs_users_link_is_dated', sql`(${table.userIdentityId} is null) = (${table.linkedAt} is null)`),
    check('acs_users_linked_is_a_person', sql`${table.userIdentityId} is null or ${table.notAPersonAt} is null`),
    check('acs_users_not_a_person_is_dated', sql`${table.notAPersonAt} is not null or ${table.notAPersonBy} is null`),
    check('acs_users_suspension_is_of_now', sql`${table.isSuspended} or ${table.suspendedAt} is null`),
    check('acs_users_schedule_order', sql`${table.accessEndsAt} > ${table.accessStartsAt}`),
    check('acs_users_errors_array', sql`jsonb_typeof(${table.errors}) = 'array'`),
    ofOneWorkspace(table.workspaceId),
  ],
)
