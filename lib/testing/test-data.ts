/* A workspace and what is in it, for integration tests; the least that each of them needs. */
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import { database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { apiKeys } from '@/db/schema/api-keys'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { distinctIdentities } from '@/db/schema/distinct-identities'
import { entrances } from '@/db/schema/entrances'
import { events } from '@/db/schema/events'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaces } from '@/db/schema/workspaces'
import { codeOf } from '@/lib/access/acs-user-rows/credential-secrets'
import type { Actor } from '@/lib/platform/actor'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'

type New<Table extends { $inferInsert: object }> = Partial<Omit<Table['$inferInsert'], 'workspaceId'>>

/** Adds an empty workspace and gives the admin who acts in it. */
export async function addWorkspace(details: New<typeof workspaces> = {}): Promise<Actor> {
  const workspaceId = uuidv7()
  const connection = await database()
  await connection.insert(workspaces).values({ workspaceId, slug: workspaceId, name: 'Harborview', ...details })
  return { workspaceId, kind: 'member', id: uuidv7(), name: 'Dana Reyes' }
}

/** Adds an access system and gives its id. */
export async function addAccessSystem(
  { workspaceId }: Actor,
  name = 'Harbor House',
  details: New<typeof accessSystems> = {},
): Promise<string> {
  const acsSystemId = uuidv7()
  const connection = await database()
  await connection.insert(accessSystems).values({
    workspaceId,
    acsSystemId,
    name,
    externalType: 'salto_ks_site',
    connectedAccountId: uuidv7(),
    ...details,
  })
  return acsSystemId
}

/** Adds an ACS user, as an access system would report it, and gives its id. */
export async function addAcsUser(
  { workspaceId }: Actor,
  acsSystemId: string,
  details: New<typeof acsUsers> = {},
): Promise<string> {
  const acsUserId = uuidv7()
  const connection = await database()
  await connection.insert(acsUsers).values({
    workspaceId,
    acsUserId,
    acsSystemId,
    fullName: details.emailAddress || details.phoneNumber ? null : 'Jane Doe',
    phoneNumberE164: details.phoneNumber ? toE164(details.phoneNumber, 'US') : null,
    linkedAt: details.userIdentityId ? new Date() : null,
    ...details,
  })
  return acsUserId
}

/** Adds a user identity, without any event, and gives its id. */
export async function addIdentity(
  { workspaceId }: Actor,
  details: string | New<typeof userIdentities> = 'Jane Doe',
): Promise<string> {
  const userIdentityId = uuidv7()
  const connection = await database()
  const columns = typeof details === 'string' ? { fullName: details } : details
  await connection.insert(userIdentities).values({ workspaceId, userIdentityId, ...columns })
  return userIdentityId
}

/** Adds a credential of an ACS user, a mobile key unless it is told otherwise, and gives its id. */
export async function addCredential(
  { workspaceId }: Actor,
  acsUser: { acsSystemId: string; acsUserId: string | null },
  details: New<typeof credentials> = {},
): Promise<string> {
  const acsCredentialId = uuidv7()
  const connection = await database()
  await connection.insert(credentials).values({
    workspaceId,
    acsCredentialId,
    ...acsUser,
    accessMethod: 'mobile_key',
    displayName: 'Mobile key',
    ...details,
  })
  return acsCredentialId
}

/** Adds an access group without members and gives its id. */
export async function addAccessGroup({ workspaceId }: Actor, acsSystemId: string, name = 'Residents'): Promise<string> {
  const acsAccessGroupId = uuidv7()
  const connection = await database()
  await connection.insert(accessGroups).values({ workspaceId, acsAccessGroupId, acsSystemId, name })
  return acsAccessGroupId
}

/** Adds an entrance and gives its id. */
export async function addEntrance(
  { workspaceId }: Actor,
  acsSystemId: string,
  displayName = 'Front door',
): Promise<string> {
  const acsEntranceId = uuidv7()
  const connection = await database()
  await connection.insert(entrances).values({ workspaceId, acsEntranceId, acsSystemId, displayName })
  return acsEntranceId
}

/** Expects a use case to be refused and gives the refusal; any other error is thrown on. */
export async function refusalOf(useCase: Promise<unknown>): Promise<RefusalValue> {
  const outcome = await useCase.then(
    (value) => expect.fail(`It was not refused but gave ${JSON.stringify(value)}`),
    (error) => error,
  )
  if (!(outcome instanceof Refusal)) throw outcome
  return outcome.toValue()
}

/** Runs use cases at once and gives how many succeeded, and the refusals of the others. */
export async function race(useCases: Promise<unknown>[]): Promise<{ winners: number; refusals: RefusalValue[] }> {
  const outcomes = await Promise.allSettled(useCases)
  const refusals = outcomes.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return []
    if (outcome.reason instanceof Refusal) return [outcome.reason.toValue()]
    throw outcome.reason
  })
  return { winners: outcomes.length - refusals.length, refusals }
}

/** All that a workspace has, table by table: the same before and after means that nothing was written. */
export async function everythingIn({ workspaceId }: Actor) {
  const connection = await database()
  return {
    accessSystems: await connection
      .select()
      .from(accessSystems)
      .where(eq(accessSystems.workspaceId, workspaceId))
      .orderBy(accessSystems.acsSystemId),
    entrances: await connection
      .select()
      .from(entrances)
      .where(eq(entrances.workspaceId, workspaceId))
      .orderBy(entrances.acsEntranceId),
    accessGroups: await connection
      .select()
      .from(accessGroups)
      .where(eq(accessGroups.workspaceId, workspaceId))
      .orderBy(accessGroups.acsAccessGroupId),
    groupEntrances: await connection
      .select()
      .from(accessGroupEntrances)
      .where(eq(accessGroupEntrances.workspaceId, workspaceId))
      .orderBy(accessGroupEntrances.acsAccessGroupId, accessGroupEntrances.acsEntranceId),
    identities: await connection
      .select()
      .from(userIdentities)
      .where(eq(userIdentities.workspaceId, workspaceId))
      .orderBy(userIdentities.userIdentityId),
    acsUsers: await connection
      .select()
      .from(acsUsers)
      .where(eq(acsUsers.workspaceId, workspaceId))
      .orderBy(acsUsers.acsUserId),
    credentials: (
      await connection
        .select()
        .from(credentials)
        .where(eq(credentials.workspaceId, workspaceId))
        .orderBy(credentials.acsCredentialId)
    ).map((credential) => ({ ...credential, code: codeOf(credential) })),
    groupMembers: await connection
      .select()
      .from(accessGroupMembers)
      .where(eq(accessGroupMembers.workspaceId, workspaceId))
      .orderBy(accessGroupMembers.acsAccessGroupId, accessGroupMembers.acsUserId),
    acsUserEntrances: await connection
      .select()
      .from(acsUserEntrances)
      .where(eq(acsUserEntrances.workspaceId, workspaceId))
      .orderBy(acsUserEntrances.acsUserId, acsUserEntrances.acsEntranceId),
    credentialEntrances: await connection
      .select()
      .from(credentialEntrances)
      .where(eq(credentialEntrances.workspaceId, workspaceId))
      .orderBy(credentialEntrances.acsCredentialId, credentialEntrances.acsEntranceId),
    merged: await connection
      .select()
      .from(mergedIdentities)
      .where(eq(mergedIdentities.workspaceId, workspaceId))
      .orderBy(mergedIdentities.mergedId),
    distinct: await connection
      .select()
      .from(distinctIdentities)
      .where(eq(distinctIdentities.workspaceId, workspaceId))
      .orderBy(distinctIdentities.oneId, distinctIdentities.otherId),
    events: await connection.select().from(events).where(eq(events.workspaceId, workspaceId)).orderBy(events.eventId),
    apiKeys: await connection
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.workspaceId, workspaceId))
      .orderBy(apiKeys.apiKeyId),
  }
}
