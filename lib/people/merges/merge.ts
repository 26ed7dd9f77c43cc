import type { IdentityCharacteristics } from '../identities/identity'

/** As much of a linked ACS user as a merge needs. */
export type MergingAcsUser = {
  acsUserId: string
  acsSystemId: string
  acsSystemName: string
  displayName: string
  /** Whose it is now. */
  userIdentityId: string | null
}

/** Both have an ACS user in one access system, and only one of the two can stay linked. */
export type Collision<AcsUser> = {
  acsSystemId: string
  acsSystemName: string
  ofSurvivor: AcsUser
  ofMerged: AcsUser
  /** Which stays linked; null while that is not chosen. */
  kept: AcsUser | null
}

/** What a merge does to the ACS users of both. */
export type MergePlan<AcsUser> = {
  /** From the merged identity to the survivor. */
  moves: AcsUser[]
  /** Linked to nobody any more; they stay in their access systems. */
  unlinks: AcsUser[]
  collisions: Collision<AcsUser>[]
}

/** The characteristics of which a merge keeps one of two. */
export const mergedFields = ['full_name', 'email_address', 'phone_number', 'user_identity_key'] as const
export type MergedField = (typeof mergedFields)[number]

/** Whose value survives. */
export type Side = 'survivor' | 'merged'

/**
 * Says what becomes of the ACS users of two identities. Every one of the merged identity moves, unless
 * the survivor has one in the same access system: then one of the two is unlinked (rule 2).
 *
 * @param keep ids of the ACS users that stay linked where both have one.
 */
export function planMerge<AcsUser extends MergingAcsUser>(
  { survivorId, mergedId }: { survivorId: string; mergedId: string },
  acsUsers: AcsUser[],
  keep: string[],
): MergePlan<AcsUser> {
  const plan: MergePlan<AcsUser> = { moves: [], unlinks: [], collisions: [] }
  for (const ofMerged of acsUsers.filter(({ userIdentityId }) => userIdentityId === mergedId)) {
    const { acsSystemId, acsSystemName } = ofMerged
    const ofSurvivor = acsUsers.find(
      (other) => other.userIdentityId === survivorId && other.acsSystemId === acsSystemId,
    )
    if (!ofSurvivor) {
      plan.moves.push(ofMerged)
      continue
    }
    const chosen = [ofSurvivor, ofMerged].filter(({ acsUserId }) => keep.includes(acsUserId))
    const kept = (chosen.length === 1 && chosen[0]) || null
    plan.collisions.push({ acsSystemId, acsSystemName, ofSurvivor, ofMerged, kept })
    if (kept) plan.unlinks.push(kept === ofMerged ? ofSurvivor : ofMerged)
    if (kept === ofMerged) plan.moves.push(ofMerged)
  }
  return plan
}

/** What the survivor's characteristics are to be: the chosen one of two, and where only one has any, that. */
export function mergedCharacteristics(
  survivor: IdentityCharacteristics,
  merged: IdentityCharacteristics,
  choice: Partial<Record<MergedField, Side>>,
): IdentityCharacteristics {
  const value = (field: MergedField) =>
    (choice[field] === 'merged' ? merged[field] : null) ?? survivor[field] ?? merged[field]
  return {
    full_name: value('full_name'),
    email_address: value('email_address'),
    phone_number: value('phone_number'),
    user_identity_key: value('user_identity_key'),
  }
}
