import { and, eq, inArray } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { eventDetailsOfAcsUsers } from '../acs-user-rows/acs-user-event-details'
import { describeAcsUsers } from '../acs-user-rows/describe-acs-users'
import { describeCredential } from '../acs-user-rows/describe-credential'
import type { LockedAcsUser } from '../acs-user-rows/lock-acs-users'

/**
 * Deletes ACS users that the caller holds, with their credentials, and gives how many of those went along.
 * The history keeps what they were, so that they can be brought back.
 */
export async function removeAcsUsers(
  transaction: Transaction,
  actor: Actor,
  acsUsersToGo: LockedAcsUser[],
): Promise<{ credentials: number }> {
  if (acsUsersToGo.length === 0) return { credentials: 0 }
  const { workspaceId } = actor
  const acsUserIds = acsUsersToGo.map(({ acsUserId }) => acsUserId)
  const descriptions = await describeAcsUsers(transaction, workspaceId, acsUsersToGo)
  const areTheirs = and(eq(credentials.workspaceId, workspaceId), inArray(credentials.acsUserId, acsUserIds))
  const opened = await transaction
    .select({
      acsCredentialId: credentialEntrances.acsCredentialId,
      acsEntranceId: credentialEntrances.acsEntranceId,
    })
    .from(credentials)
    .innerJoin(
      credentialEntrances,
      and(
        eq(credentialEntrances.workspaceId, credentials.workspaceId),
        eq(credentialEntrances.acsCredentialId, credentials.acsCredentialId),
      ),
    )
    .where(areTheirs)
    .orderBy(credentialEntrances.acsEntranceId)
  const gone = await transaction.delete(credentials).where(areTheirs).returning()
  await transaction
    .delete(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.acsUserId, acsUserIds)))
  const details = await eventDetailsOfAcsUsers(transaction, workspaceId, acsUsersToGo)
  await recordEvents(transaction, actor, [
    ...gone.map((credential) => {
      const about = details.find(({ acsUserId }) => acsUserId === credential.acsUserId)
      const entrances = opened.filter(({ acsCredentialId }) => acsCredentialId === credential.acsCredentialId)
      const was = describeCredential(
        credential,
        entrances.map(({ acsEntranceId }) => acsEntranceId),
      )
      return {
        ...about,
        eventType: 'acs_credential.deleted' as const,
        acsCredentialId: credential.acsCredentialId,
        data: { ...about?.data, credential: { ...was, went_with_acs_user: true } },
      }
    }),
    ...details.map((about, index) => ({
      ...about,
      eventType: 'acs_user.deleted' as const,
      data: { ...about.data, acs_user: descriptions[index] },
    })),
  ])
  return { credentials: gone.length }
}
