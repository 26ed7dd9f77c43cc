/*
 * Every check, unique index, primary key and foreign key of the schema refuses what it is there to
 * refuse, and the last test notices one that has no case here.
 */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { database } from './client'
import { attempt, deleteFrom, insertInto, type Row, rowsOf, update } from './testing/attempt'
import { createTwoWorkspaces, type TestWorkspace } from './testing/two-workspaces'

let live: TestWorkspace
let sandbox: TestWorkspace

beforeAll(async () => {
  ;({ live, sandbox } = await createTwoWorkspaces())
  const connection = await database()
  await connection.execute(insertInto('users', { user_id: newcomer, name: 'New', email: 'newcomer@example.com' }))
})

const nobody = uuidv7()
/** Has an account, and nothing else yet. */
const newcomer = uuidv7()
const first = () => ({ workspace_id: live.workspaceId, acs_system_id: live.first.acsSystemId })
const second = () => ({ workspace_id: live.workspaceId, acs_system_id: live.second.acsSystemId })
const elsewhere = () => ({ workspace_id: sandbox.workspaceId, acs_system_id: live.first.acsSystemId })

/** A whole new row of each table that the database accepts, but for what a case changes in it. */
const newRow: Record<string, () => Row> = {
  workspaces: () => ({ workspace_id: uuidv7(), slug: 'new', name: 'New' }),
  users: () => ({ user_id: uuidv7(), name: 'New', email: 'new@example.com' }),
  workspace_members: () => ({ workspace_id: live.workspaceId, user_id: sandbox.userId, role: 'viewer' }),
  workspace_invitations: () => ({
    ...{ workspace_id: live.workspaceId, invitation_id: uuidv7(), role: 'viewer', token_hash: '0'.repeat(64) },
    ...{ created_by: 'x', expires_at: '2100-01-01Z' },
  }),
  accounts: () => ({ account_id: uuidv7(), provider_account_id: 'x', provider_id: 'credential', user_id: live.userId }),
  sessions: () => ({ session_id: uuidv7(), token: 'new', user_id: live.userId, expires_at: '2100-01-01Z' }),
  two_factors: () => ({ two_factor_id: uuidv7(), user_id: newcomer, secret: 'x', recovery_codes: 'x' }),
  passkeys: () => ({
    ...{ passkey_id: uuidv7(), user_id: live.userId, name: 'Phone', credential_id: 'new' },
    ...{ public_key: 'x', counter: 0, transports: '{}' },
  }),
  failed_attempts: () => ({ key: 'new', failures: 1, last_failed_at: '2026-01-01Z', locked_until: '2026-01-01Z' }),
  password_resets: () => ({ token_hash: '0'.repeat(64), user_id: live.userId, expires_at: '2100-01-01Z' }),
  mails: () => ({
    ...{ mail_id: uuidv7(), kind: 'invitation', subject_id: uuidv7(), content: 'sealed' },
    ...{ expires_at: '2100-01-01Z' },
  }),
  encryption_keys: () => ({ key_id: uuidv7() }),
  rate_limits: () => ({ rate_limit_id: uuidv7(), key: 'new', count: 1, last_request: 1 }),
  verifications: () => ({ verification_id: uuidv7(), identifier: 'x', value: 'x', expires_at: '2100-01-01Z' }),
  user_identities: () => ({ workspace_id: live.workspaceId, user_identity_id: uuidv7(), full_name: 'New' }),
  merged_identities: () => ({
    workspace_id: live.workspaceId,
    merged_id: uuidv7(),
    into_id: live.userIdentityId,
    survivor_id: live.userIdentityId,
  }),
  acs_systems: () => ({
    ...first(),
    acs_system_id: uuidv7(),
    name: 'New',
    external_type: 'brivo_account',
    connected_account_id: uuidv7(),
  }),
  acs_users: () => ({ ...first(), acs_user_id: uuidv7(), full_name: 'New' }),
  acs_entrances: () => ({ ...first(), acs_entrance_id: uuidv7(), display_name: 'New' }),
  acs_access_groups: () => ({ ...first(), acs_access_group_id: uuidv7(), name: 'New' }),
  acs_credentials: () => ({ ...first(), acs_credential_id: uuidv7(), access_method: 'card', display_name: 'New' }),
  events: () => ({
    workspace_id: live.workspaceId,
    event_id: uuidv7(),
    event_type: 'x',
    actor_kind: 'system',
    actor_name: 'x',
  }),
  tasks: () => ({
    ...{ workspace_id: live.workspaceId, event_id: live.tasklessEventId },
    ...{ acs_system_id: live.first.acsSystemId, acs_user_id: live.first.acsUserId },
  }),
  api_keys: () => ({
    workspace_id: live.workspaceId,
    api_key_id: uuidv7(),
    name: 'New',
    public_id: 'new',
    secret_hash: 'a'.repeat(64),
    created_by: 'x',
  }),
  idempotent_requests: () => ({
    workspace_id: live.workspaceId,
    api_key_id: live.apiKeyId,
    idempotency_key: 'new',
    request_hash: 'x',
  }),
  webhooks: () => ({
    workspace_id: live.workspaceId,
    webhook_id: uuidv7(),
    url: 'http://localhost:8080/',
    event_types: '{*}',
    secret: 'x',
  }),
  webhook_deliveries: () => ({
    workspace_id: live.workspaceId,
    delivery_id: uuidv7(),
    webhook_id: live.webhookId,
    event_id: live.eventId,
    object_id: live.userIdentityId,
  }),
  webhook_attempts: () => ({
    workspace_id: live.workspaceId,
    delivery_id: live.deliveryId,
    attempted_at: '2026-01-02Z',
    duration_milliseconds: 1,
  }),
  jobs: () => ({
    ...{ workspace_id: live.workspaceId, job_id: uuidv7(), subject_id: uuidv7() },
    ...{ kind: 'x', actor_name: 'x', total: 1 },
  }),
  imports: () => ({
    ...{ workspace_id: live.workspaceId, import_id: uuidv7(), file_name: 'x', encoding: 'UTF-8', delimiter: ',' },
    ...{ headers: '[]', author_name: 'x' },
  }),
  import_rows: () => ({ workspace_id: live.workspaceId, import_id: live.importId, row_number: 3, cells: '[]' }),
  import_claims: () => ({ workspace_id: live.workspaceId, import_id: live.importId, claim: 'new', row_number: 2 }),
  row_counts: () => ({ workspace_id: live.workspaceId, kind: 'people', change: 1 }),
  unlinked_identities: () => ({ workspace_id: live.workspaceId, user_identity_id: live.userIdentityId }),
  // Rows that only join others have no new identity of their own: each case names what it joins.
  distinct_identities: () => ({
    workspace_id: live.workspaceId,
    one_id: live.userIdentityId,
    other_id: live.twinIdentityId,
  }),
  acs_access_group_members: () => ({
    ...first(),
    acs_access_group_id: live.first.acsAccessGroupId,
    acs_user_id: live.first.acsUserId,
  }),
  acs_access_group_entrances: () => ({
    ...first(),
    acs_access_group_id: live.first.acsAccessGroupId,
    acs_entrance_id: live.first.acsEntranceId,
  }),
  acs_credential_entrances: () => ({
    ...first(),
    acs_credential_id: live.first.acsCredentialId,
    acs_entrance_id: live.first.acsEntranceId,
  }),
  acs_user_entrances: () => ({
    ...first(),
    acs_user_id: live.first.acsUserId,
    acs_entrance_id: live.first.acsEntranceId,
  }),
}

/** The constraint, the table of the row that breaks it, and what is wrong with that row. */
const refusals: [constraint: string, table: string, wrong: () => Row][] = [
  ['workspaces_pkey', 'workspaces', () => ({ workspace_id: live.workspaceId })],
  ['workspaces_slug_unique', 'workspaces', () => ({ slug: live.slug })],
  ['workspaces_slug_format', 'workspaces', () => ({ slug: 'No Slug' })],
  ['workspaces_slug_format', 'workspaces', () => ({ slug: '-edge' })],
  ['workspaces_slug_format', 'workspaces', () => ({ slug: '' })],
  ['workspaces_default_country_format', 'workspaces', () => ({ default_country: 'us' })],
  ['workspaces_default_country_format', 'workspaces', () => ({ default_country: 'USA' })],
  ['users_pkey', 'users', () => ({ user_id: live.userId })],
  ['users_email_unique', 'users', () => ({ email: `owner@${live.slug}.example` })],
  ['workspace_members_workspace_id_user_id_pk', 'workspace_members', () => ({ user_id: live.userId })],
  ['workspace_members_role', 'workspace_members', () => ({ role: 'admin' })],
  ['workspace_members_user_id_users_user_id_fk', 'workspace_members', () => ({ user_id: nobody })],
  ['workspace_members_workspace_id_workspaces_workspace_id_fk', 'workspace_members', () => ({ workspace_id: nobody })],
  [
    'workspace_invitations_workspace_id_invitation_id_pk',
    'workspace_invitations',
    () => ({ invitation_id: live.invitationId }),
  ],
  ['workspace_invitations_token_hash_unique', 'workspace_invitations', () => ({ token_hash: '1'.repeat(64) })],
  ['workspace_invitations_role', 'workspace_invitations', () => ({ role: 'admin' })],
  ['workspace_invitations_token_hash_format', 'workspace_invitations', () => ({ token_hash: 'plain' })],
  ['workspace_invitations_email_lower_case', 'workspace_invitations', () => ({ email: 'Ann@example.com' })],
  [
    'workspace_invitations_used_once',
    'workspace_invitations',
    () => ({ accepted_at: '2026-01-01Z', revoked_at: '2026-01-01Z' }),
  ],
  [
    'workspace_invitations_workspace_id_workspaces_workspace_id_fk',
    'workspace_invitations',
    () => ({ workspace_id: nobody }),
  ],
  ['accounts_user_id_users_user_id_fk', 'accounts', () => ({ user_id: nobody })],
  ['sessions_token_unique', 'sessions', () => ({ token: live.sessionToken })],
  ['sessions_user_id_users_user_id_fk', 'sessions', () => ({ user_id: nobody })],
  ['sessions_passkey_id_passkeys_passkey_id_fk', 'sessions', () => ({ passkey_id: nobody })],
  ['two_factors_user_unique', 'two_factors', () => ({ user_id: live.userId })],
  ['two_factors_user_id_users_user_id_fk', 'two_factors', () => ({ user_id: nobody })],
  ['passkeys_credential_id_unique', 'passkeys', () => ({ credential_id: live.credentialId })],
  ['passkeys_name_not_blank', 'passkeys', () => ({ name: ' \t' })],
  ['passkeys_user_id_users_user_id_fk', 'passkeys', () => ({ user_id: nobody })],
  ['failed_attempts_pkey', 'failed_attempts', () => ({ key: live.slug })],
  ['password_resets_pkey', 'password_resets', () => ({ token_hash: live.resetHash })],
  ['password_resets_user_id_users_user_id_fk', 'password_resets', () => ({ user_id: nobody })],
  ['password_resets_token_hash_format', 'password_resets', () => ({ token_hash: 'plain' })],
  ['encryption_keys_pkey', 'encryption_keys', () => ({ key_id: live.slug })],
  ['mails_pkey', 'mails', () => ({ mail_id: live.mailId })],
  ['mails_status', 'mails', () => ({ status: 'lost', content: null, finished_at: '2026-01-01Z' })],
  ['mails_content_while_pending', 'mails', () => ({ content: null })],
  ['mails_content_while_pending', 'mails', () => ({ status: 'sent', finished_at: '2026-01-01Z' })],
  ['mails_finished_at', 'mails', () => ({ status: 'failed', content: null })],
  ['mails_finished_at', 'mails', () => ({ finished_at: '2026-01-01Z' })],
  ['rate_limits_key_unique', 'rate_limits', () => ({ key: live.slug })],
  [
    'user_identities_workspace_id_user_identity_id_pk',
    'user_identities',
    () => ({ user_identity_id: live.userIdentityId }),
  ],
  ['user_identities_workspace_id_workspaces_workspace_id_fk', 'user_identities', () => ({ workspace_id: nobody })],
  [
    'user_identities_has_characteristic',
    'user_identities',
    () => ({ full_name: null, email_address: null, phone_number: null, user_identity_key: null }),
  ],
  ['user_identities_key_unique', 'user_identities', () => ({ user_identity_key: 'resident-1' })],
  ['user_identities_key_not_blank', 'user_identities', () => ({ user_identity_key: '  ' })],
  ['user_identities_email_unique', 'user_identities', () => ({ email_address: 'JANE.DOE@example.com' })],
  ['user_identities_email_format', 'user_identities', () => ({ email_address: 'jane.doe' })],
  ['user_identities_phone_unique', 'user_identities', () => ({ phone_number: '+15555550110' })],
  ['user_identities_phone_e164', 'user_identities', () => ({ phone_number: '(555) 555-0110' })],
  ['user_identities_full_name_not_blank', 'user_identities', () => ({ full_name: ' \t\n' })],
  ['merged_identities_workspace_id_merged_id_pk', 'merged_identities', () => ({ merged_id: live.mergedIdentityId })],
  ['merged_identities_workspace_id_workspaces_workspace_id_fk', 'merged_identities', () => ({ workspace_id: nobody })],
  ['merged_identities_survivor_fk', 'merged_identities', () => ({ survivor_id: sandbox.userIdentityId })],
  ['merged_identities_of_two', 'merged_identities', () => ({ merged_id: live.userIdentityId })],
  ['distinct_identities_workspace_id_one_id_other_id_pk', 'distinct_identities', () => ({})],
  [
    'distinct_identities_workspace_id_workspaces_workspace_id_fk',
    'distinct_identities',
    () => ({ workspace_id: nobody }),
  ],
  ['distinct_identities_one_fk', 'distinct_identities', () => ({ one_id: live.mergedIdentityId })],
  ['distinct_identities_other_fk', 'distinct_identities', () => ({ other_id: uuidv7() })],
  ['distinct_identities_in_order', 'distinct_identities', () => ({ other_id: live.userIdentityId })],
  ['row_counts_kind', 'row_counts', () => ({ kind: 'doors' })],
  ['row_counts_of_a_system', 'row_counts', () => ({ acs_system_id: live.first.acsSystemId })],
  ['row_counts_of_a_system', 'row_counts', () => ({ kind: 'linked' })],
  ['unlinked_identities_workspace_id_user_identity_id_pk', 'unlinked_identities', () => ({})],
  ['unlinked_identities_identity_fk', 'unlinked_identities', () => ({ user_identity_id: sandbox.userIdentityId })],
  ['acs_systems_workspace_id_acs_system_id_pk', 'acs_systems', () => ({ acs_system_id: live.first.acsSystemId })],
  ['acs_systems_workspace_id_workspaces_workspace_id_fk', 'acs_systems', () => ({ workspace_id: nobody })],
  ['acs_systems_vendor_by_hand', 'acs_systems', () => ({ vendor_name: 'Paxton Net2' })],
  ['acs_users_workspace_id_acs_user_id_pk', 'acs_users', () => ({ ...second(), acs_user_id: live.first.acsUserId })],
  ['acs_users_system_fk', 'acs_users', elsewhere],
  [
    'acs_users_identity_fk',
    'acs_users',
    () => ({ user_identity_id: sandbox.userIdentityId, linked_at: '2026-01-01Z' }),
  ],
  ['acs_users_has_characteristic', 'acs_users', () => ({ full_name: null })],
  ['acs_users_phone_e164', 'acs_users', () => ({ phone_number_e164: '555' })],
  ['acs_users_link_is_dated', 'acs_users', () => ({ user_identity_id: live.userIdentityId })],
  ['acs_users_schedule_order', 'acs_users', () => ({ access_starts_at: '2026-01-01Z', access_ends_at: '2026-01-01Z' })],
  ['acs_users_suspension_is_of_now', 'acs_users', () => ({ is_suspended: false, suspended_at: '2026-01-01Z' })],
  [
    'acs_users_linked_is_a_person',
    'acs_users',
    () => ({ user_identity_id: live.userIdentityId, linked_at: '2026-01-01Z', not_a_person_at: '2026-01-01Z' }),
  ],
  ['acs_users_not_a_person_is_dated', 'acs_users', () => ({ not_a_person_by: 'Dana Reyes' })],
  ['acs_users_errors_array', 'acs_users', () => ({ errors: '{}' })],
  [
    'acs_entrances_workspace_id_acs_entrance_id_pk',
    'acs_entrances',
    () => ({ ...second(), acs_entrance_id: live.first.acsEntranceId }),
  ],
  ['acs_entrances_system_fk', 'acs_entrances', elsewhere],
  [
    'acs_access_groups_workspace_id_acs_access_group_id_pk',
    'acs_access_groups',
    () => ({ ...second(), acs_access_group_id: live.first.acsAccessGroupId }),
  ],
  ['acs_access_groups_system_fk', 'acs_access_groups', elsewhere],
  ['acs_access_group_members_pk', 'acs_access_group_members', () => ({})],
  ['acs_access_group_members_user_fk', 'acs_access_group_members', () => ({ acs_user_id: live.second.acsUserId })],
  ['acs_access_group_members_user_fk', 'acs_access_group_members', () => ({ acs_user_id: sandbox.first.acsUserId })],
  [
    'acs_access_group_members_group_fk',
    'acs_access_group_members',
    () => ({ acs_access_group_id: live.second.acsAccessGroupId }),
  ],
  ['acs_access_group_entrances_pk', 'acs_access_group_entrances', () => ({})],
  [
    'acs_access_group_entrances_entrance_fk',
    'acs_access_group_entrances',
    () => ({ acs_entrance_id: live.second.acsEntranceId }),
  ],
  [
    'acs_access_group_entrances_group_fk',
    'acs_access_group_entrances',
    () => ({ acs_access_group_id: live.second.acsAccessGroupId }),
  ],
  [
    'acs_credentials_workspace_id_acs_credential_id_pk',
    'acs_credentials',
    () => ({ ...second(), acs_credential_id: live.first.acsCredentialId }),
  ],
  ['acs_credentials_system_fk', 'acs_credentials', elsewhere],
  ['acs_credentials_user_fk', 'acs_credentials', () => ({ acs_user_id: live.second.acsUserId })],
  ['acs_credentials_user_fk', 'acs_credentials', () => ({ acs_user_id: sandbox.first.acsUserId })],
  ['acs_credentials_access_method', 'acs_credentials', () => ({ access_method: 'fingerprint' })],
  ['acs_credentials_validity_order', 'acs_credentials', () => ({ starts_at: '2026-01-02Z', ends_at: '2026-01-01Z' })],
  ['acs_credential_entrances_pk', 'acs_credential_entrances', () => ({})],
  [
    'acs_credential_entrances_entrance_fk',
    'acs_credential_entrances',
    () => ({ acs_entrance_id: live.second.acsEntranceId }),
  ],
  [
    'acs_credential_entrances_credential_fk',
    'acs_credential_entrances',
    () => ({ acs_credential_id: live.second.acsCredentialId }),
  ],
  ['acs_user_entrances_pk', 'acs_user_entrances', () => ({})],
  ['acs_user_entrances_user_fk', 'acs_user_entrances', () => ({ acs_user_id: live.second.acsUserId })],
  ['acs_user_entrances_user_fk', 'acs_user_entrances', () => ({ acs_user_id: sandbox.first.acsUserId })],
  ['acs_user_entrances_entrance_fk', 'acs_user_entrances', () => ({ acs_entrance_id: live.second.acsEntranceId })],
  ['api_keys_workspace_id_api_key_id_pk', 'api_keys', () => ({ api_key_id: live.apiKeyId })],
  ['api_keys_workspace_id_workspaces_workspace_id_fk', 'api_keys', () => ({ workspace_id: nobody })],
  ['api_keys_public_id_unique', 'api_keys', () => ({ public_id: sandbox.publicId })],
  ['api_keys_secret_hash_format', 'api_keys', () => ({ secret_hash: 'the secret itself' })],
  ['api_keys_secret_hash_format', 'api_keys', () => ({ secret_hash: 'A'.repeat(64) })],
  ['api_keys_name_not_blank', 'api_keys', () => ({ name: ' \t' })],
  [
    'idempotent_requests_workspace_id_api_key_id_idempotency_key_pk',
    'idempotent_requests',
    () => ({ idempotency_key: 'request-1' }),
  ],
  ['idempotent_requests_api_key_fk', 'idempotent_requests', () => ({ api_key_id: sandbox.apiKeyId })],
  ['webhooks_workspace_id_webhook_id_pk', 'webhooks', () => ({ webhook_id: live.webhookId })],
  ['webhooks_workspace_id_workspaces_workspace_id_fk', 'webhooks', () => ({ workspace_id: nobody })],
  ['webhooks_url_format', 'webhooks', () => ({ url: 'ftp://example.com' })],
  ['webhooks_event_types_some', 'webhooks', () => ({ event_types: '{}' })],
  ['webhook_deliveries_workspace_id_delivery_id_pk', 'webhook_deliveries', () => ({ delivery_id: live.deliveryId })],
  ['webhook_deliveries_webhook_fk', 'webhook_deliveries', () => ({ webhook_id: sandbox.webhookId })],
  ['webhook_deliveries_event_fk', 'webhook_deliveries', () => ({ event_id: sandbox.eventId })],
  ['webhook_deliveries_status', 'webhook_deliveries', () => ({ status: 'lost' })],
  [
    'webhook_attempts_workspace_id_delivery_id_attempted_at_pk',
    'webhook_attempts',
    () => ({ attempted_at: live.attemptedAt }),
  ],
  ['webhook_attempts_delivery_fk', 'webhook_attempts', () => ({ delivery_id: sandbox.deliveryId })],
  ['jobs_workspace_id_job_id_pk', 'jobs', () => ({ job_id: live.jobId })],
  ['jobs_workspace_id_workspaces_workspace_id_fk', 'jobs', () => ({ workspace_id: nobody })],
  ['jobs_one_at_a_time', 'jobs', () => ({ subject_id: live.importId })],
  ['jobs_state', 'jobs', () => ({ state: 'paused' })],
  ['jobs_progress', 'jobs', () => ({ done: 2 })],
  ['jobs_progress', 'jobs', () => ({ done: -1 })],
  ['jobs_finished', 'jobs', () => ({ state: 'done' })],
  ['jobs_finished', 'jobs', () => ({ finished_at: '2026-01-01Z' })],
  ['imports_workspace_id_import_id_pk', 'imports', () => ({ import_id: live.importId })],
  ['imports_workspace_id_workspaces_workspace_id_fk', 'imports', () => ({ workspace_id: nobody })],
  ['imports_kind', 'imports', () => ({ kind: 'doors' })],
  ['imports_system_of_acs_users', 'imports', () => ({ kind: 'acs_users' })],
  ['imports_system_of_acs_users', 'imports', () => ({ acs_system_id: live.first.acsSystemId })],
  [
    'imports_system_fk',
    'imports',
    () => ({ workspace_id: sandbox.workspaceId, kind: 'acs_users', acs_system_id: live.first.acsSystemId }),
  ],
  ['imports_date_order', 'imports', () => ({ date_order: 'year_first' })],
  ['imports_state', 'imports', () => ({ state: 'lost', mapping: '{}' })],
  ['imports_conflict_choice', 'imports', () => ({ conflict_choice: 'guess' })],
  ['imports_mapped', 'imports', () => ({ state: 'checked' })],
  ['import_rows_workspace_id_import_id_row_number_pk', 'import_rows', () => ({ row_number: 2 })],
  ['import_rows_import_fk', 'import_rows', () => ({ import_id: sandbox.importId })],
  ['import_rows_plan', 'import_rows', () => ({ plan: 'guess' })],
  ['import_rows_outcome', 'import_rows', () => ({ outcome: 'lost' })],
  ['import_rows_row_number', 'import_rows', () => ({ row_number: 1 })],
  ['import_rows_cells_are_a_list', 'import_rows', () => ({ cells: '{}' })],
  ['import_claims_workspace_id_import_id_claim_pk', 'import_claims', () => ({ claim: 'user_identity_key:K1' })],
  ['import_claims_import_fk', 'import_claims', () => ({ import_id: sandbox.importId })],
  ['events_workspace_id_event_id_pk', 'events', () => ({ event_id: live.eventId })],
  ['events_workspace_id_workspaces_workspace_id_fk', 'events', () => ({ workspace_id: nobody })],
  ['events_actor_kind', 'events', () => ({ actor_kind: 'robot' })],
  ['tasks_workspace_id_event_id_pk', 'tasks', () => ({ event_id: live.eventId })],
  ['tasks_event_fk', 'tasks', () => ({ workspace_id: sandbox.workspaceId })],
  ['tasks_done_by_somebody', 'tasks', () => ({ done_at: '2026-01-01Z' })],
  ['tasks_not_done_if_canceled', 'tasks', () => ({ done_at: '2026-01-01Z', done_by: 'Ada', canceled_by: uuidv7() })],
]

/** Constraints that no row reaches by themselves, because another speaks first; still kept, as a second wall. */
const spokenForByOthers = [
  // What composite foreign keys point at; the primary key is narrower.
  'acs_users_in_system',
  'acs_entrances_in_system',
  'acs_access_groups_in_system',
  'acs_credentials_in_system',
  // Random keys: of accounts and of what belongs to them, and of counts.
  'accounts_pkey',
  'row_counts_workspace_id_row_count_id_pk',
  'sessions_pkey',
  'rate_limits_pkey',
  'verifications_pkey',
  'two_factors_pkey',
  'passkeys_pkey',
  // Shown by rules.integration.test.ts: it takes two rows.
  'acs_users_one_per_identity_and_system',
]

const joins = [
  'unlinked_identities',
  'distinct_identities',
  'acs_access_group_members',
  'acs_access_group_entrances',
  'acs_credential_entrances',
  'acs_user_entrances',
]

test.each(Object.keys(newRow).filter((table) => !joins.includes(table)))(
  'a right row of %s is accepted',
  async (table) => {
    expect(await attempt(insertInto(table, newRow[table]?.() ?? {}))).toEqual({ accepted: true })
  },
)

test.each(refusals)('%s refuses a wrong row of %s', async (constraint, table, wrong) => {
  const verdict = await attempt(insertInto(table, { ...newRow[table]?.(), ...wrong() }))
  expect(verdict).toMatchObject({ accepted: false, brokenRule: constraint })
})

test('a workspace keeps an owner, and goes with its owners', async () => {
  const owner = { workspace_id: live.workspaceId, user_id: live.userId }
  const atOnce = sql`set constraints all immediate`
  const lastOne = { accepted: false, brokenRule: 'workspace_members_keep_owner' }
  expect(await attempt(update('workspace_members', owner, { role: 'viewer' }), atOnce)).toMatchObject(lastOne)
  expect(await attempt(deleteFrom('workspace_members', owner), atOnce)).toMatchObject(lastOne)
  const heir = insertInto('workspace_members', { ...owner, user_id: sandbox.userId, role: 'owner' })
  expect(await attempt(heir, deleteFrom('workspace_members', owner), atOnce)).toEqual({ accepted: true })
})

test('a NUL byte is refused in any text', async () => {
  const verdict = await attempt(insertInto('user_identities', { ...newRow.user_identities?.(), full_name: 'a\0b' }))
  expect(verdict).toMatchObject({ accepted: false })
})

test('deleting an access system takes all that is in it and nothing of another', async () => {
  const { acsSystemId, acsUserId } = live.first
  const verdict = await attempt(
    update(
      'acs_users',
      { acs_user_id: acsUserId },
      { user_identity_id: live.userIdentityId, linked_at: '2026-01-01Z' },
    ),
    sql`delete from acs_systems where acs_system_id = ${acsSystemId}`,
    ...[
      ['user_identities', 4],
      ['acs_users', 3],
      ['acs_entrances', 3],
      ['acs_credentials', 3],
      ['acs_credential_entrances', 3],
      ['acs_access_groups', 3],
      ['acs_access_group_members', 3],
      ['acs_access_group_entrances', 3],
      ['acs_user_entrances', 3],
    ].map(([table, count]) => sql.raw(`select 1 / ((select count(*) from ${table}) = ${count})::int`)),
  )
  expect(verdict).toEqual({ accepted: true })
})

test('no constraint of the schema is without its case', async () => {
  const rows = await rowsOf<{ name: string }>(sql`
    select conname as name from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('c', 'u', 'p', 'f')
    union
    select indexrelid::regclass::text from pg_index
      where indisunique and indrelid::regclass::text in (select tablename from pg_tables where schemaname = 'public')`)
  const covered = new Set([...refusals.map(([constraint]) => constraint), ...spokenForByOthers])
  expect(rows.map((row) => row.name).filter((name) => !covered.has(name))).toEqual([])
})
