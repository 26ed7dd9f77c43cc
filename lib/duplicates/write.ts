import { and, eq } from 'drizzle-orm'
import { distinctIdentities } from '@/db/schema/distinct-identities'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import type { LockedIdentity } from '../identities/link'
import type { Transaction } from '../transaction'

/** Notes that two identities, which the caller holds, are two people, or takes that back; what is so already stays. */
export async function writeDistinct(
  transaction: Transaction,
  actor: Actor,
  identities: [LockedIdentity, LockedIdentity],
  isDistinct: boolean,
): Promise<void> {
  const { workspaceId } = actor
  const [one, other] = identities.toSorted((left, right) => (left.userIdentityId < right.userIdentityId ? -1 : 1))
  if (!one || !other) return
  const [oneId, otherId] = [one.userIdentityId, other.userIdentityId]
  const written = isDistinct
    ? await transaction
        .insert(distinctIdentities)
        .values({ workspaceId, oneId, otherId })
        .onConflictDoNothing()
        .returning()
    : await transaction
        .delete(distinctIdentities)
        .where(
          and(
            eq(distinctIdentities.workspaceId, workspaceId),
            eq(distinctIdentities.oneId, oneId),
            eq(distinctIdentities.otherId, otherId),
          ),
        )
        .returning()
  if (written.length === 0) return
  await recordEvents(transaction, actor, [
    {
      eventType: isDistinct ? 'user_identity.duplicate_dismissed' : 'user_identity.duplicate_restored',
      userIdentityId: oneId,
      data: {
        user_identity_name: one.displayName,
        other_person: { user_identity_id: otherId, name: other.displayName },
      },
    },
  ])
}
