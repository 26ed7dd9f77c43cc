import { and, eq, notInArray } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { mergedIdentities } from '@/db/schema/merged-identities'
import { type LockedIdentity, lockUserIdentities } from '@/lib/access/links/link'
import { findSurvivor } from '@/lib/access/links/merged'
import { fieldName } from '@/lib/history/events/event'
import type { NetChange } from '@/lib/history/events/net-change'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { bringBackUserIdentity } from '../identities/bring-back'
import { characteristicsOf, writeCharacteristics } from '../identities/change-identity'
import { writeMoveOut } from '../identities/move-out'
import { removeUserIdentity } from '../identities/removal'
import { contradictedBy, contradiction } from './contradiction'
import type { Held } from './locked-things'
import { personIsGone } from './person-is-gone'
import { isSame, valuesBefore } from './values-before'

type IdentityChange = NetChange['identities'] extends Map<string, infer Change> ? Change : never

/** Brings back an identity that a change deleted, with its very id; gives it as it is now. */
export async function takeBackGoneIdentity(
  transaction: Transaction,
  actor: Actor,
  { id, name, isGone, was }: IdentityChange,
  now: Held,
): Promise<LockedIdentity | undefined> {
  if (!isGone || !was || now.identity(id)) return undefined
  const survivor = await findSurvivor(actor.workspaceId, id)
  if (survivor) throw contradiction(`${name} was merged into ${survivor.displayName} since.`)
  return contradictedBy(bringBackUserIdentity(transaction, actor, id, was))
}

/** Takes back what a change wrote into an identity that was there before. */
export async function takeBackIdentity(
  transaction: Transaction,
  actor: Actor,
  change: IdentityChange,
  now: Held,
): Promise<void> {
  if (change.isNew || change.fields.size + change.movesOutAt.size === 0) return
  const identity = now.identity(change.id)
  if (!identity) throw await personIsGone(actor.workspaceId, change.id, change.name)
  const current = characteristicsOf(identity)
  const before = valuesBefore(current, change.fields, (field) => `${identity.displayName}’s ${fieldName(field)}`)
  await contradictedBy(writeCharacteristics(transaction, actor, identity, { ...current, ...before }))
  const move = change.movesOutAt.get('moves_out_at')
  const movesOutAt = identity.movesOutAt?.toISOString() ?? null
  if (!move || isSame(movesOutAt, move.from)) return
  if (!isSame(movesOutAt, move.to)) {
    throw contradiction(`the move-out of ${identity.displayName} was changed again since.`)
  }
  await writeMoveOut(transaction, actor, identity, move.from === null ? null : new Date(move.from))
}

/** Deletes an identity that a change created or brought back, if all that it has is what the change gave it. */
export async function takeBackNewIdentity(
  transaction: Transaction,
  actor: Actor,
  change: IdentityChange,
): Promise<void> {
  if (!change.isNew) return
  const [identity] = await lockUserIdentities(transaction, actor.workspaceId, [change.id])
  if (!identity) return
  if (identity.version !== (change.was?.version ?? 1) + change.edits)
    throw contradiction(`${identity.displayName} was edited since.`)
  if (!isSame(identity.movesOutAt?.toISOString() ?? null, change.was?.moves_out_at ?? null)) {
    throw contradiction(`the move-out of ${identity.displayName} was changed since.`)
  }
  const [linked] = await transaction
    .select({ displayName: acsUsers.displayName })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, actor.workspaceId), eq(acsUsers.userIdentityId, change.id)))
    .limit(1)
  if (linked) throw contradiction(`${linked.displayName} is attached to ${identity.displayName} now.`)
  const [merged] = await transaction
    .select({ mergedId: mergedIdentities.mergedId })
    .from(mergedIdentities)
    .where(
      and(
        eq(mergedIdentities.workspaceId, actor.workspaceId),
        eq(mergedIdentities.survivorId, change.id),
        notInArray(
          mergedIdentities.mergedId,
          (change.was?.stands_for ?? []).map(({ merged_id }) => merged_id),
        ),
      ),
    )
    .limit(1)
  if (merged) throw contradiction(`somebody was merged into ${identity.displayName} since.`)
  await removeUserIdentity(transaction, actor, identity)
}
