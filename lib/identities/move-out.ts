import { userIdentities } from '@/db/schema/user-identities'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import type { Transaction } from '../transaction'
import { ofWorkspace } from './link'

/** Writes when a person whom the caller holds moves out, or did; null for that nothing of the kind is known. */
export async function writeMoveOut(
  transaction: Transaction,
  actor: Actor,
  identity: typeof userIdentities.$inferSelect,
  movesOutAt: Date | null,
): Promise<void> {
  const { userIdentityId, displayName } = identity
  if (identity.movesOutAt?.getTime() === movesOutAt?.getTime()) return
  await transaction.update(userIdentities).set({ movesOutAt }).where(ofWorkspace(actor.workspaceId, userIdentityId))
  const plannedOrDone = movesOutAt && movesOutAt > new Date() ? 'move_out_planned' : 'moved_out'
  await recordEvents(transaction, actor, [
    {
      eventType: movesOutAt ? `user_identity.${plannedOrDone}` : 'user_identity.move_out_canceled',
      userIdentityId,
      data: {
        user_identity_name: displayName,
        changes: {
          moves_out_at: {
            from: identity.movesOutAt?.toISOString() ?? null,
            to: movesOutAt?.toISOString() ?? null,
          },
        },
      },
    },
  ])
}
