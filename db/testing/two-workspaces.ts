import { v7 as uuidv7 } from 'uuid'
import { database } from '../client'
import { insertInto, type Row } from './attempt'

/** One workspace with something of everything, by raw SQL. */
export type TestWorkspace = Awaited<ReturnType<typeof fillWorkspace>>

/** A live workspace and a sandbox, each with two access systems and something of everything in both. */
export async function createTwoWorkspaces(): Promise<{ live: TestWorkspace; sandbox: TestWorkspace }> {
  return { live: await fillWorkspace('live', false), sandbox: await fillWorkspace('sandbox', true) }
}

async function fillWorkspace(slug: string, isSandbox: boolean) {
  const connection = await database()
  const add = async (table: string, row: Row) => {
    await connection.execute(insertInto(table, row))
  }
  const workspaceId = uuidv7()
  const userId = uuidv7()
  const [mergedIdentityId, userIdentityId, twinIdentityId] = [uuidv7(), uuidv7(), uuidv7()]
  const sessionToken = `token of ${slug}`
  await add('workspaces', { workspace_id: workspaceId, slug, name: slug, is_sandbox: isSandbox })
  await add('users', { user_id: userId, name: 'Ada Owner', email: `owner@${slug}.example` })
  await add('workspace_members', { workspace_id: workspaceId, user_id: userId, role: 'owner' })
  const invitationId = uuidv7()
  await add('workspace_invitations', {
    ...{ workspace_id: workspaceId, invitation_id: invitationId, role: 'support', created_by: 'Ada Owner' },
    ...{ token_hash: (isSandbox ? '1' : '2').repeat(64), expires_at: '2100-01-01Z' },
  })
  await add('accounts', {
    account_id: uuidv7(),
    provider_account_id: userId,
    provider_id: 'credential',
    user_id: userId,
  })
  await add('sessions', { session_id: uuidv7(), token: sessionToken, user_id: userId, expires_at: '2100-01-01Z' })
  await add('two_factors', { two_factor_id: uuidv7(), user_id: userId, secret: 'x', recovery_codes: 'x' })
  const credentialId = `credential of ${slug}`
  await add('passkeys', {
    ...{ passkey_id: uuidv7(), user_id: userId, name: 'Laptop', credential_id: credentialId },
    ...{ public_key: 'x', counter: 0, transports: '{internal}' },
  })
  const moment = '2026-01-01Z'
  await add('failed_attempts', { key: slug, failures: 1, last_failed_at: moment, locked_until: moment })
  const resetHash = (isSandbox ? '3' : '4').repeat(64)
  await add('password_resets', { token_hash: resetHash, user_id: userId, expires_at: '2100-01-01Z' })
  const mailId = uuidv7()
  await add('mails', {
    ...{ mail_id: mailId, kind: 'invitation', subject_id: invitationId },
    ...{ content: 'sealed', expires_at: '2100-01-01Z' },
  })
  await add('encryption_keys', { key_id: slug })
  await add('rate_limits', { rate_limit_id: uuidv7(), key: slug, count: 1, last_request: 1 })
  await add('user_identities', {
    workspace_id: workspaceId,
    user_identity_id: userIdentityId,
    user_identity_key: 'resident-1',
    email_address: 'jane.doe@example.com',
    phone_number: '+15555550110',
    full_name: 'Jane Doe',
  })
  await add('user_identities', { workspace_id: workspaceId, user_identity_id: twinIdentityId, full_name: 'Jane Doe' })
  await add('distinct_identities', { workspace_id: workspaceId, one_id: userIdentityId, other_id: twinIdentityId })
  await add('merged_identities', {
    workspace_id: workspaceId,
    merged_id: mergedIdentityId,
    into_id: userIdentityId,
    survivor_id: userIdentityId,
  })
  const [first, second] = [await fillAccessSystem(workspaceId), await fillAccessSystem(workspaceId)]
  const [eventId, tasklessEventId] = [uuidv7(), uuidv7()]
  for (const id of [eventId, tasklessEventId]) {
    await add('events', {
      workspace_id: workspaceId,
      event_id: id,
      event_type: 'user_identity.created',
      actor_kind: 'member',
      actor_name: 'Ada Owner',
      user_identity_id: userIdentityId,
    })
  }
  await add('tasks', {
    ...{ workspace_id: workspaceId, event_id: eventId },
    ...{ acs_system_id: first.acsSystemId, acs_user_id: first.acsUserId },
  })
  const [apiKeyId, publicId, webhookId, deliveryId] = [uuidv7(), `key of ${slug}`, uuidv7(), uuidv7()]
  await add('api_keys', {
    workspace_id: workspaceId,
    api_key_id: apiKeyId,
    name: 'Booking system',
    public_id: publicId,
    secret_hash: '0'.repeat(64),
    created_by: 'Ada Owner',
  })
  await add('idempotent_requests', {
    workspace_id: workspaceId,
    api_key_id: apiKeyId,
    idempotency_key: 'request-1',
    request_hash: '0'.repeat(64),
  })
  await add('webhooks', {
    workspace_id: workspaceId,
    webhook_id: webhookId,
    url: 'https://example.com/events',
    event_types: '{nothing.happened}',
    secret: 'whsec_x',
  })
  await add('webhook_deliveries', {
    workspace_id: workspaceId,
    delivery_id: deliveryId,
    webhook_id: webhookId,
    event_id: eventId,
    object_id: userIdentityId,
  })
  const attemptedAt = '2026-01-01T00:00:00Z'
  await add('webhook_attempts', {
    workspace_id: workspaceId,
    delivery_id: deliveryId,
    attempted_at: attemptedAt,
    duration_milliseconds: 1,
  })
  const [jobId, importId] = [uuidv7(), uuidv7()]
  const ofImport = { workspace_id: workspaceId, import_id: importId }
  await add('jobs', {
    ...{ workspace_id: workspaceId, job_id: jobId, subject_id: importId },
    ...{ kind: 'import.check', actor_name: 'Ada Owner', total: 1 },
  })
  await add('imports', {
    ...{ ...ofImport, file_name: 'people.csv', encoding: 'UTF-8', delimiter: ',' },
    ...{ headers: '["Key"]', author_name: 'Ada Owner' },
  })
  await add('import_rows', { ...ofImport, row_number: 2, cells: '["K1"]' })
  await add('import_claims', { ...ofImport, claim: 'user_identity_key:K1', row_number: 2 })
  return {
    invitationId,
    mailId,
    resetHash,
    workspaceId,
    slug,
    userId,
    sessionToken,
    credentialId,
    userIdentityId,
    twinIdentityId,
    mergedIdentityId,
    eventId,
    tasklessEventId,
    apiKeyId,
    publicId,
    webhookId,
    deliveryId,
    attemptedAt,
    jobId,
    importId,
    first,
    second,
  }
}

async function fillAccessSystem(workspaceId: string) {
  const connection = await database()
  const acsSystemId = uuidv7()
  const [acsUserId, acsEntranceId, acsAccessGroupId, acsCredentialId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const inSystem = { workspace_id: workspaceId, acs_system_id: acsSystemId }
  const add = async (table: string, row: Row) => {
    await connection.execute(insertInto(table, { ...inSystem, ...row }))
  }
  await add('acs_systems', { name: 'Lobby', external_type: 'salto_ks_site', connected_account_id: uuidv7() })
  await add('acs_users', { acs_user_id: acsUserId, full_name: 'Jane Doe' })
  await add('acs_entrances', { acs_entrance_id: acsEntranceId, display_name: 'Front door' })
  await add('acs_access_groups', { acs_access_group_id: acsAccessGroupId, name: 'Residents' })
  await add('acs_access_group_members', { acs_access_group_id: acsAccessGroupId, acs_user_id: acsUserId })
  await add('acs_access_group_entrances', { acs_access_group_id: acsAccessGroupId, acs_entrance_id: acsEntranceId })
  await add('acs_user_entrances', { acs_user_id: acsUserId, acs_entrance_id: acsEntranceId })
  await add('acs_credentials', {
    acs_credential_id: acsCredentialId,
    acs_user_id: acsUserId,
    access_method: 'mobile_key',
    display_name: 'Phone',
  })
  await add('acs_credential_entrances', { acs_credential_id: acsCredentialId, acs_entrance_id: acsEntranceId })
  return { acsSystemId, acsUserId, acsEntranceId, acsAccessGroupId, acsCredentialId }
}
