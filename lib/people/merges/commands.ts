import { and, eq, inArray } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { lockAcsUsers } from '@/lib/access/acs-user-rows/lock-acs-users'
import { type LockedIdentity, linkAcsUser, lockUserIdentities, unlinkAcsUser } from '@/lib/access/links/link'
import { identityNotFound } from '@/lib/access/links/merged'
import type { Actor } from '@/lib/platform/actor'
import { Refusal } from '@/lib/platform/refusals'
import { inTransaction } from '@/lib/platform/transaction'
import { characteristicsOf, writeCharacteristics } from '../identities/change-identity'
import { absorbIdentity } from './absorb-identity'
import { type Collision, mergedCharacteristics, planMerge } from './merge'
import { parseMerge } from './merge-input'

/**
 * Merges two user identities of one person: one survives with the chosen values and the ACS users of
 * both, the other's id leads to it from now on. All of it or nothing; it can be undone.
 *
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `user_identity_changed` when one was edited
 *   after the version that was seen, and `merge_undecided` for an access system in which both have an ACS
 *   user and `keep_acs_user_ids` names not exactly one of the two
 */
export async function mergeUserIdentities(actor: Actor, input: unknown): Promise<{ userIdentityId: string }> {
  const given = parseMerge(input)
  const { survivor_id: survivorId, merged_id: mergedId } = given
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    // Both at once and in the order of their ids, so that two merges of one pair cannot wait for each other.
    const identities = await lockUserIdentities(transaction, workspaceId, [survivorId, mergedId])
    const survivor = await found(workspaceId, identities, survivorId)
    const merged = await found(workspaceId, identities, mergedId)
    refuseStale(survivor, given.survivor_version)
    refuseStale(merged, given.merged_version)
    const linked = await lockAcsUsers(
      transaction,
      and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.userIdentityId, [survivorId, mergedId])),
    )
    const plan = planMerge({ survivorId, mergedId }, linked, given.keep_acs_user_ids)
    refuseUndecided(plan.collisions)
    for (const { acsUserId, userIdentityId } of plan.unlinks) {
      await unlinkAcsUser(transaction, actor, { userIdentityId: userIdentityId ?? '', acsUserId })
    }
    for (const { acsUserId } of plan.moves) {
      await linkAcsUser(transaction, actor, { userIdentityId: survivorId, acsUserId, moveFrom: mergedId })
    }
    await absorbIdentity(transaction, actor, { survivor, merged })
    const after = mergedCharacteristics(characteristicsOf(survivor), characteristicsOf(merged), given)
    await writeCharacteristics(transaction, actor, survivor, after)
  })
  return { userIdentityId: survivorId }
}

async function found(workspaceId: string, identities: LockedIdentity[], id: string): Promise<LockedIdentity> {
  const identity = identities.find(({ userIdentityId }) => userIdentityId === id)
  if (!identity) throw await identityNotFound(workspaceId, id)
  return identity
}

function refuseStale(identity: LockedIdentity, version: number | undefined): void {
  if (version === undefined || version === identity.version) return
  throw new Refusal({
    kind: 'conflict',
    type: 'user_identity_changed',
    message: `Somebody else changed “${identity.displayName}” meanwhile. Reload the page to see what they saved, then merge.`,
    data: { user_identity_id: identity.userIdentityId },
  })
}

function refuseUndecided(collisions: Collision<{ acsUserId: string }>[]): void {
  const undecided = collisions.find(({ kept }) => kept === null)
  if (!undecided) return
  const { acsSystemId, acsSystemName, ofSurvivor, ofMerged } = undecided
  const message = `Both have an ACS user in ${acsSystemName}. Choose the one that stays linked.`
  throw new Refusal({
    kind: 'conflict',
    type: 'merge_undecided',
    message,
    fields: { keep_acs_user_ids: [message] },
    data: {
      acs_system_id: acsSystemId,
      survivor_acs_user_id: ofSurvivor.acsUserId,
      merged_acs_user_id: ofMerged.acsUserId,
    },
  })
}
