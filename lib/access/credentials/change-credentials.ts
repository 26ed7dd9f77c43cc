import { and, eq } from 'drizzle-orm'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import type { EventData } from '@/db/schema/events'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { acsUserEventDetails } from '../acs-user-rows/acs-user-event-details'
import { codeOf, keptCode } from '../acs-user-rows/credential-secrets'
import { describeCredential } from '../acs-user-rows/describe-credential'
import type { LockedAcsUser } from '../acs-user-rows/lock-acs-users'
import { credentialName } from './credential'
import { credentialEventDetails, isCredential, type LockedCredential, lockCredential } from './lock-credentials'

/** What the history, which keeps everything, says in place of a code. */
const hidden = '••••'

/** Writes a credential and the entrances that it opens by itself; the caller holds its ACS user and them. */
export async function insertCredential(
  transaction: Transaction,
  actor: Actor,
  credential: Omit<typeof credentials.$inferInsert, 'workspaceId'>,
  acsEntranceIds: string[],
): Promise<void> {
  const { workspaceId } = actor
  const { acsCredentialId, acsSystemId } = credential
  await transaction.insert(credentials).values({ workspaceId, ...credential })
  if (acsEntranceIds.length > 0) {
    await transaction
      .insert(credentialEntrances)
      .values(acsEntranceIds.map((acsEntranceId) => ({ workspaceId, acsSystemId, acsCredentialId, acsEntranceId })))
  }
  const about = await credentialEventDetails(
    transaction,
    await lockCredential(transaction, workspaceId, acsCredentialId),
  )
  await recordEvents(transaction, actor, [
    {
      ...about,
      eventType: 'acs_credential.issued',
      data: { ...about.data, credential: describeCredential(credential, acsEntranceIds) },
    },
  ])
}

/**
 * Writes a credential's code and validity. The history tells that a code was changed, never the code.
 * What is left out stays.
 */
export async function writeCredential(
  transaction: Transaction,
  actor: Actor,
  credential: LockedCredential,
  after: Partial<Pick<LockedCredential, 'code' | 'startsAt' | 'endsAt'>>,
): Promise<void> {
  const codeBefore = codeOf(credential)
  const { code = codeBefore, startsAt = credential.startsAt, endsAt = credential.endsAt } = after
  const changes: EventData['changes'] = {}
  if (code !== codeBefore) changes.code = { from: codeBefore && hidden, to: hidden }
  for (const [field, from, to] of [
    ['starts_at', credential.startsAt, startsAt],
    ['ends_at', credential.endsAt, endsAt],
  ] as const) {
    if (from?.getTime() !== to?.getTime()) {
      changes[field] = { from: from?.toISOString() ?? null, to: to?.toISOString() ?? null }
    }
  }
  if (Object.keys(changes).length === 0) return
  await transaction
    .update(credentials)
    .set({ ...(changes.code && keptCode(code)), startsAt, endsAt })
    .where(isCredential(actor.workspaceId, credential.acsCredentialId))
  const about = await credentialEventDetails(transaction, credential)
  await recordEvents(transaction, actor, [
    { ...about, eventType: 'acs_credential.updated', data: { ...about.data, changes } },
  ])
}

/** Gives a credential that is nobody's to an ACS user; the caller holds both. */
export async function giveCredential(
  transaction: Transaction,
  actor: Actor,
  credential: LockedCredential,
  acsUser: LockedAcsUser,
): Promise<void> {
  await setHolder(transaction, credential, null, acsUser)
  await recordEvents(transaction, actor, [
    {
      ...(await acsUserEventDetails(transaction, acsUser)),
      eventType: 'acs_credential.assigned',
      acsCredentialId: credential.acsCredentialId,
    },
  ])
}

/** Takes a credential from the ACS user whose it is; the caller holds both. */
export async function takeCredential(
  transaction: Transaction,
  actor: Actor,
  credential: LockedCredential,
  acsUser: LockedAcsUser,
): Promise<void> {
  await setHolder(transaction, credential, acsUser, null)
  await recordEvents(transaction, actor, [
    {
      ...(await acsUserEventDetails(transaction, acsUser)),
      eventType: 'acs_credential.unassigned',
      acsCredentialId: credential.acsCredentialId,
    },
  ])
}

/** Writes whose a credential is. Its name follows, unless somebody gave it another. */
async function setHolder(
  transaction: Transaction,
  { workspaceId, acsCredentialId, accessMethod, displayName }: LockedCredential,
  from: LockedAcsUser | null,
  to: LockedAcsUser | null,
): Promise<void> {
  const hasOwnName = displayName !== credentialName(accessMethod, from?.displayName ?? null)
  await transaction
    .update(credentials)
    .set({
      acsUserId: to?.acsUserId ?? null,
      ...(!hasOwnName && { displayName: credentialName(accessMethod, to?.displayName ?? null) }),
    })
    .where(isCredential(workspaceId, acsCredentialId))
}

/** Deletes a credential that the caller holds; the history keeps what it was. */
export async function removeCredential(
  transaction: Transaction,
  actor: Actor,
  credential: LockedCredential,
): Promise<void> {
  const about = await credentialEventDetails(transaction, credential)
  const opened = await entrancesOf(transaction, credential)
  await transaction.delete(credentials).where(isCredential(actor.workspaceId, credential.acsCredentialId))
  await recordEvents(transaction, actor, [
    {
      ...about,
      eventType: 'acs_credential.deleted',
      data: { ...about.data, credential: describeCredential(credential, opened) },
    },
  ])
}

/** The entrances that a credential opens by itself, sorted. */
export async function entrancesOf(
  transaction: Transaction,
  { workspaceId, acsCredentialId }: Pick<LockedCredential, 'workspaceId' | 'acsCredentialId'>,
): Promise<string[]> {
  const rows = await transaction
    .select({ acsEntranceId: credentialEntrances.acsEntranceId })
    .from(credentialEntrances)
    .where(
      and(eq(credentialEntrances.workspaceId, workspaceId), eq(credentialEntrances.acsCredentialId, acsCredentialId)),
    )
    .orderBy(credentialEntrances.acsEntranceId)
  return rows.map(({ acsEntranceId }) => acsEntranceId)
}
