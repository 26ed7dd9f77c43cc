import { and, eq, inArray, or } from 'drizzle-orm'
import { distinctIdentities } from '@/db/schema/distinct-identities'
import { userIdentities } from '@/db/schema/user-identities'
import type { LockedIdentity } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'

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

/** Of whom it was said that they are not this person: ids, sorted. */
export async function listDistinctFrom(transaction: Transaction, workspaceId: string, id: string): Promise<string[]> {
  const pairs = await transaction
    .select()
    .from(distinctIdentities)
    .where(
      and(
        eq(distinctIdentities.workspaceId, workspaceId),
        or(eq(distinctIdentities.oneId, id), eq(distinctIdentities.otherId, id)),
      ),
    )
  return pairs.map(({ oneId, otherId }) => (oneId === id ? otherId : oneId)).sort()
}

/** Notes again that an identity which was brought back is none of those given, as far as these are there. */
export async function restoreDistinctFrom(
  transaction: Transaction,
  workspaceId: string,
  id: string,
  distinctFrom: string[],
): Promise<void> {
  if (distinctFrom.length === 0) return
  const there = await transaction
    .select({ id: userIdentities.userIdentityId })
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), inArray(userIdentities.userIdentityId, distinctFrom)))
  if (there.length === 0) return
  const pairs = there.map((other) => {
    const [oneId = '', otherId = ''] = [other.id, id].sort()
    return { workspaceId, oneId, otherId }
  })
  await transaction.insert(distinctIdentities).values(pairs).onConflictDoNothing()
}
