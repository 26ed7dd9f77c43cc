import { userIdentities } from '@/db/schema/user-identities'
import { ofWorkspace } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { EventType } from '@/lib/history/events/event'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'

/**
 * Writes when a person whom the caller holds moves out, or did; null for that nothing of the kind is known.
 *
 * @param eventType what has happened, where that is more than the moment tells; it is recorded even if that stays.
 */
export async function writeMoveOut(
  transaction: Transaction,
  actor: Actor,
  identity: typeof userIdentities.$inferSelect,
  movesOutAt: Date | null,
  eventType?: EventType,
): Promise<void> {
  const { userIdentityId, displayName } = identity
  const [from, to] = [identity.movesOutAt?.toISOString() ?? null, movesOutAt?.toISOString() ?? null]
  if (from === to && !eventType) return
  await transaction.update(userIdentities).set({ movesOutAt }).where(ofWorkspace(actor.workspaceId, userIdentityId))
  await recordEvents(transaction, actor, [
    {
      eventType: eventType ?? whatHappened(movesOutAt),
      userIdentityId,
      data: { user_identity_name: displayName, ...(from !== to && { changes: { moves_out_at: { from, to } } }) },
    },
  ])
}

function whatHappened(movesOutAt: Date | null): EventType {
  if (!movesOutAt) return 'user_identity.move_out_canceled'
  return movesOutAt > new Date() ? 'user_identity.move_out_planned' : 'user_identity.moved_out'
}
