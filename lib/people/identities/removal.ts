import { and, asc, eq } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import type { EventData } from '@/db/schema/events'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { userIdentities } from '@/db/schema/user-identities'
import { lockAcsUsers } from '@/lib/access/acs-user-rows/lock-acs-users'
import { removeAcsUsers } from '@/lib/access/acs-users/removal'
import { type LockedIdentity, ofWorkspace } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { characteristicsOf } from './change-identity'
import { listDistinctFrom } from './distinct-identities'

/**
 * Deletes an identity that the caller holds, with its ACS users and their credentials. The history keeps
 * what they were, so that they can be brought back.
 */
export async function removeUserIdentity(
  transaction: Transaction,
  actor: Actor,
  identity: LockedIdentity,
): Promise<void> {
  const { workspaceId } = actor
  const { userIdentityId, displayName } = identity
  const linked = await lockAcsUsers(
    transaction,
    and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId)),
  )
  const gone = await removeAcsUsers(transaction, actor, linked)
  const was = await describeIdentity(transaction, identity)
  await transaction.delete(userIdentities).where(ofWorkspace(workspaceId, userIdentityId))
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.deleted',
      userIdentityId,
      data: {
        user_identity_name: displayName,
        deleted: { acs_users: linked.length, acs_credentials: gone.credentials },
        identity: was,
      },
    },
  ])
}

async function describeIdentity(
  transaction: Transaction,
  identity: LockedIdentity,
): Promise<NonNullable<EventData['identity']>> {
  const { workspaceId, userIdentityId } = identity
  const standsFor = await transaction
    .select()
    .from(mergedIdentities)
    .where(and(eq(mergedIdentities.workspaceId, workspaceId), eq(mergedIdentities.survivorId, userIdentityId)))
    .orderBy(asc(mergedIdentities.mergedId))
  return {
    ...characteristicsOf(identity),
    moves_out_at: identity.movesOutAt?.toISOString() ?? null,
    version: identity.version,
    created_at: identity.createdAt.toISOString(),
    distinct_from: await listDistinctFrom(transaction, workspaceId, userIdentityId),
    stands_for: standsFor.map(({ mergedId, intoId, mergedAt }) => ({
      merged_id: mergedId,
      into_id: intoId,
      merged_at: mergedAt.toISOString(),
    })),
  }
}
