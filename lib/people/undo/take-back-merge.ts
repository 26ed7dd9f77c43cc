import { and, eq } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { mergedIdentities } from '@/db/schema/merged-identities'
import type { LockedIdentity } from '@/lib/access/links/link'
import { lockUserIdentities } from '@/lib/access/links/link'
import type { NetChange } from '@/lib/history/events/net-change'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { writeDistinct } from '../identities/distinct-identities'
import { absorbIdentity, restoreIdentity } from '../merges/absorb-identity'
import { contradictedBy, contradiction } from './contradiction'
import type { Held } from './locked-things'
import { personIsGone } from './person-is-gone'
import { isSame } from './values-before'

type MergeChange = NetChange['merges'] extends Map<string, infer Change> ? Change : never
type DistinctChange = NetChange['distinct'] extends Map<string, infer Change> ? Change : never

/** Whether a change merged somebody away, and did not bring them back itself. */
export const mergedAway = ({ exists }: MergeChange) => exists.get('exists')?.from === true

/** Brings back whom a change merged into somebody, with the id that they had; gives them as they are now. */
export async function takeBackMerge(
  transaction: Transaction,
  actor: Actor,
  { id, was }: MergeChange,
  now: Held,
): Promise<LockedIdentity | undefined> {
  if (now.identity(id)) return undefined
  const [merge] = await transaction
    .select()
    .from(mergedIdentities)
    .where(and(eq(mergedIdentities.workspaceId, actor.workspaceId), eq(mergedIdentities.mergedId, id)))
    .for('update')
  if (!merge) throw contradiction(`${was.into_name}, into whom ${was.name} was merged, was deleted since.`)
  return contradictedBy(restoreIdentity(transaction, actor, was))
}

/** Merges again whom an undo had brought back, if they are still as it left them. */
export async function takeBackSeparation(
  transaction: Transaction,
  actor: Actor,
  { id, was }: MergeChange,
): Promise<void> {
  const { workspaceId } = actor
  const survivorId = was.into_user_identity_id
  const held = await lockUserIdentities(transaction, workspaceId, [id, survivorId])
  const merged = held.find(({ userIdentityId }) => userIdentityId === id)
  const survivor = held.find(({ userIdentityId }) => userIdentityId === survivorId)
  if (!merged) {
    const [merge] = await transaction
      .select({ mergedId: mergedIdentities.mergedId })
      .from(mergedIdentities)
      .where(and(eq(mergedIdentities.workspaceId, workspaceId), eq(mergedIdentities.mergedId, id)))
    if (merge) return
    throw await personIsGone(workspaceId, id, was.name)
  }
  if (!survivor) throw await personIsGone(workspaceId, survivorId, was.into_name)
  if (merged.version !== was.version || !isSame(merged.movesOutAt?.toISOString() ?? null, was.moves_out_at)) {
    throw contradiction(`${was.name} was edited since.`)
  }
  const [linked] = await transaction
    .select({ displayName: acsUsers.displayName })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, id)))
    .limit(1)
  if (linked) throw contradiction(`${linked.displayName} is attached to ${was.name} now.`)
  await absorbIdentity(transaction, actor, { survivor, merged })
}

/** Takes back that two identities were said to be two people, or that this was taken back. */
export async function takeBackDistinct(
  transaction: Transaction,
  actor: Actor,
  { oneId, otherId, distinct }: DistinctChange,
): Promise<void> {
  const cell = distinct.get('distinct')
  if (!cell) return
  const [one, other] = await lockUserIdentities(transaction, actor.workspaceId, [oneId, otherId])
  if (one && other) return writeDistinct(transaction, actor, [one, other], cell.from)
  // What was said of somebody who is no more went with them.
  if (cell.from) throw contradiction('one of the two people is no longer there.')
}
