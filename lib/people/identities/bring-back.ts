import type { EventData } from '@/db/schema/events'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { type LockedIdentity, lockUserIdentity } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { restoreDistinctFrom } from './distinct-identities'
import { displayName } from './identity'
import { putBackUserIdentity } from './insert'

/**
 * Brings back an identity that was deleted, with its id, and gives it as it stands; those that had been
 * merged into it lead to it again. Its ACS users are brought back by themselves.
 *
 * @throws Refusal `…_conflict` for a value that somebody else has by now
 */
export async function bringBackUserIdentity(
  transaction: Transaction,
  actor: Actor,
  userIdentityId: string,
  was: NonNullable<EventData['identity']>,
): Promise<LockedIdentity> {
  const { workspaceId } = actor
  const date = (moment: string | null) => (moment === null ? null : new Date(moment))
  await putBackUserIdentity(transaction, workspaceId, was, {
    userIdentityId,
    movesOutAt: date(was.moves_out_at),
    version: was.version,
    createdAt: new Date(was.created_at),
  })
  if (was.stands_for.length > 0) {
    await transaction
      .insert(mergedIdentities)
      .values(
        was.stands_for.map(({ merged_id, into_id, merged_at }) => ({
          ...{ workspaceId, mergedId: merged_id, intoId: into_id, survivorId: userIdentityId },
          mergedAt: new Date(merged_at),
        })),
      )
      // One that was there again before, having been separated, leads to itself.
      .onConflictDoNothing()
  }
  await restoreDistinctFrom(transaction, workspaceId, userIdentityId, was.distinct_from)
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.created',
      userIdentityId,
      data: { user_identity_name: displayName(was), is_restored: true, identity: was },
    },
  ])
  return lockUserIdentity(transaction, workspaceId, userIdentityId)
}
