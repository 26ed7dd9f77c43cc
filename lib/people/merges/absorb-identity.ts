import { and, eq, sql } from 'drizzle-orm'
import type { EventData } from '@/db/schema/events'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { userIdentities } from '@/db/schema/user-identities'
import { type LockedIdentity, ofWorkspace } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { characteristicsOf } from '../identities/change-identity'
import { listDistinctFrom, restoreDistinctFrom } from '../identities/distinct-identities'
import { putBackUserIdentity } from '../identities/insert'

/** Who was merged, as an event keeps them. */
export type MergedIdentity = NonNullable<EventData['merged']>

/**
 * Lets one identity stand for another, which is no more then. The caller holds both, and has taken the
 * ACS users of the one that goes.
 */
export async function absorbIdentity(
  transaction: Transaction,
  actor: Actor,
  { survivor, merged }: { survivor: LockedIdentity; merged: LockedIdentity },
): Promise<void> {
  const { workspaceId } = actor
  const { userIdentityId: survivorId, displayName: survivorName } = survivor
  const { userIdentityId: mergedId } = merged
  const distinctFrom = await listDistinctFrom(transaction, workspaceId, mergedId)
  await transaction
    .update(mergedIdentities)
    .set({ survivorId })
    .where(and(eq(mergedIdentities.workspaceId, workspaceId), eq(mergedIdentities.survivorId, mergedId)))
  await transaction.insert(mergedIdentities).values({ workspaceId, mergedId, intoId: survivorId, survivorId })
  await transaction.delete(userIdentities).where(ofWorkspace(workspaceId, mergedId))
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.merged',
      userIdentityId: survivorId,
      data: {
        user_identity_name: survivorName,
        merged: {
          user_identity_id: mergedId,
          name: merged.displayName,
          into_user_identity_id: survivorId,
          into_name: survivorName,
          ...characteristicsOf(merged),
          moves_out_at: merged.movesOutAt?.toISOString() ?? null,
          version: merged.version,
          created_at: merged.createdAt.toISOString(),
          distinct_from: distinctFrom,
        },
      },
    },
  ])
}

/**
 * Brings back an identity that was merged, with its id and all that was its own; those that had been
 * merged into it before lead to it again. The caller holds the one that it was merged into.
 *
 * @throws Refusal `…_conflict` for a value that somebody else has by now
 */
export async function restoreIdentity(
  transaction: Transaction,
  actor: Actor,
  was: MergedIdentity,
): Promise<LockedIdentity | undefined> {
  const { workspaceId } = actor
  const userIdentityId = was.user_identity_id
  await putBackUserIdentity(transaction, workspaceId, was, {
    userIdentityId,
    movesOutAt: was.moves_out_at === null ? null : new Date(was.moves_out_at),
    version: was.version,
    createdAt: new Date(was.created_at),
  })
  await transaction.execute(sql`
    with recursive before as (
      select merged_id from merged_identities where workspace_id = ${workspaceId} and into_id = ${userIdentityId}
      union
      select merged_identities.merged_id from merged_identities
      join before on merged_identities.into_id = before.merged_id
      where merged_identities.workspace_id = ${workspaceId}
    )
    update merged_identities set survivor_id = ${userIdentityId}
    where workspace_id = ${workspaceId} and merged_id in (select merged_id from before)`)
  await transaction
    .delete(mergedIdentities)
    .where(and(eq(mergedIdentities.workspaceId, workspaceId), eq(mergedIdentities.mergedId, userIdentityId)))
  await restoreDistinctFrom(transaction, workspaceId, userIdentityId, was.distinct_from)
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.unmerged',
      userIdentityId,
      data: { user_identity_name: was.name, merged: was },
    },
  ])
  const [restored] = await transaction.select().from(userIdentities).where(ofWorkspace(workspaceId, userIdentityId))
  return restored
}
