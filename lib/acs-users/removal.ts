import { and, eq, inArray } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import type { Transaction } from '../transaction'
import { acsUserEventDetails } from './event-details'
import type { LockedAcsUser } from './lock'

/** Deletes ACS users that the caller holds, with their credentials, and gives how many of those went along. */
export async function removeAcsUsers(
  transaction: Transaction,
  actor: Actor,
  acsUsersToGo: LockedAcsUser[],
): Promise<{ credentials: number }> {
  const { workspaceId } = actor
  const acsUserIds = acsUsersToGo.map(({ acsUserId }) => acsUserId)
  const gone = await transaction
    .delete(credentials)
    .where(and(eq(credentials.workspaceId, workspaceId), inArray(credentials.acsUserId, acsUserIds)))
    .returning({ acsCredentialId: credentials.acsCredentialId, acsUserId: credentials.acsUserId })
  await transaction
    .delete(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.acsUserId, acsUserIds)))
  const details: Awaited<ReturnType<typeof acsUserEventDetails>>[] = []
  for (const acsUser of acsUsersToGo) details.push(await acsUserEventDetails(transaction, acsUser))
  await recordEvents(transaction, actor, [
    ...gone.map(({ acsCredentialId, acsUserId }) => ({
      ...details.find((about) => about.acsUserId === acsUserId),
      eventType: 'acs_credential.deleted' as const,
      acsCredentialId,
    })),
    ...details.map((about) => ({ ...about, eventType: 'acs_user.deleted' as const })),
  ])
  return { credentials: gone.length }
}
