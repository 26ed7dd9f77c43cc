import { and, eq, inArray, type SQL } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { Refusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { writeNotAPerson } from '../acs-user-rows/change-acs-users'
import { lockAcsUser } from '../acs-user-rows/lock-acs-users'
import { linkUnlessSecond } from './link-conflicts'
import { identityNotFound } from './merged'

/** One identity of one workspace, as a condition. */
export function ofWorkspace(workspaceId: string, userIdentityId: string): SQL | undefined {
  return and(eq(userIdentities.workspaceId, workspaceId), eq(userIdentities.userIdentityId, userIdentityId))
}

/**
 * Reads an identity and holds it until the transaction ends.
 *
 * @throws Refusal `user_identity_not_found`
 */
export async function lockUserIdentity(transaction: Transaction, workspaceId: string, userIdentityId: string) {
  const [identity] = await transaction
    .select()
    .from(userIdentities)
    .where(ofWorkspace(workspaceId, userIdentityId))
    .for('update')
  if (!identity) throw await identityNotFound(workspaceId, userIdentityId)
  return identity
}

/** An identity as it stands while it is held. */
export type LockedIdentity = typeof userIdentities.$inferSelect

/** Reads those of some identities that are there, in the order of their ids, and holds them. */
export async function lockUserIdentities(
  transaction: Transaction,
  workspaceId: string,
  userIdentityIds: string[],
): Promise<LockedIdentity[]> {
  if (userIdentityIds.length === 0) return []
  return transaction
    .select()
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), inArray(userIdentities.userIdentityId, userIdentityIds)))
    .orderBy(userIdentities.userIdentityId)
    .for('update')
}

/**
 * The rule of attaching, inside the caller's transaction; see `attachAcsUser`. Every command locks
 * the identity before the ACS user, so that two of them cannot wait for each other.
 */
export async function linkAcsUser(
  transaction: Transaction,
  actor: Actor,
  link: { userIdentityId: string; acsUserId: string; moveFrom: string | null },
): Promise<void> {
  const { workspaceId } = actor
  const { userIdentityId, acsUserId } = link
  const identity = link.moveFrom
    ? await lockBoth(transaction, workspaceId, { userIdentityId, moveFrom: link.moveFrom })
    : await lockUserIdentity(transaction, workspaceId, userIdentityId)
  const acsUser = await lockAcsUser(transaction, workspaceId, { acs_user_id: acsUserId })
  if (acsUser.userIdentityId === userIdentityId) return

  const { acsSystemId } = acsUser
  const holder = await getHolder(transaction, workspaceId, acsUser.userIdentityId)
  if (holder && holder.userIdentityId !== link.moveFrom) throw heldBy(acsUser, holder)
  // Whoever attaches it says that it is somebody.
  await writeNotAPerson(transaction, actor, acsUser, false)
  await linkUnlessSecond(transaction, workspaceId, { userIdentityId, acsUserId, acsSystemId, linkedBy: actor.name })
  const names = { acs_user_name: acsUser.displayName, acs_system_name: acsUser.acsSystemName }
  await recordEvents(transaction, actor, [
    ...(holder
      ? [
          {
            eventType: 'user_identity.acs_user_removed' as const,
            userIdentityId: holder.userIdentityId,
            acsUserId,
            acsSystemId,
            data: { ...names, user_identity_name: holder.displayName },
          },
        ]
      : []),
    {
      eventType: 'user_identity.acs_user_added',
      userIdentityId,
      acsUserId,
      acsSystemId,
      data: { ...names, user_identity_name: identity.displayName },
    },
  ])
}

/**
 * Holds an identity, and the one whose ACS user it takes, as the database does when they lose it: two in the order of
 * their ids cannot be waited for crosswise.
 *
 * @throws Refusal `user_identity_not_found` for the former
 */
async function lockBoth(
  transaction: Transaction,
  workspaceId: string,
  { userIdentityId, moveFrom }: { userIdentityId: string; moveFrom: string },
): Promise<LockedIdentity> {
  const held = await lockUserIdentities(transaction, workspaceId, [userIdentityId, moveFrom])
  const identity = held.find((candidate) => candidate.userIdentityId === userIdentityId)
  if (!identity) throw await identityNotFound(workspaceId, userIdentityId)
  return identity
}

/** The rule of detaching, inside the caller's transaction; see `detachAcsUser`. */
export async function unlinkAcsUser(
  transaction: Transaction,
  actor: Actor,
  { userIdentityId, acsUserId }: { userIdentityId: string; acsUserId: string },
): Promise<void> {
  const { workspaceId } = actor
  const identity = await lockUserIdentity(transaction, workspaceId, userIdentityId)
  const acsUser = await lockAcsUser(transaction, workspaceId, { acs_user_id: acsUserId })
  if (acsUser.userIdentityId !== userIdentityId) return
  await transaction
    .update(acsUsers)
    .set({ userIdentityId: null, linkedAt: null, linkedBy: null })
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, acsUserId)))
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.acs_user_removed',
      userIdentityId,
      acsUserId,
      acsSystemId: acsUser.acsSystemId,
      data: {
        user_identity_name: identity.displayName,
        acs_user_name: acsUser.displayName,
        acs_system_name: acsUser.acsSystemName,
      },
    },
  ])
}

/** The identity that holds an ACS user, if one does. */
export async function getHolder(transaction: Transaction, workspaceId: string, userIdentityId: string | null) {
  if (!userIdentityId) return undefined
  const [holder] = await transaction
    .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
    .from(userIdentities)
    .where(ofWorkspace(workspaceId, userIdentityId))
  return holder
}

/** Why an ACS user cannot be attached: somebody holds it. */
export function heldBy(
  acsUser: { acsUserId: string; displayName: string },
  holder: { userIdentityId: string; displayName: string },
): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'acs_user_already_linked',
    message: `“${acsUser.displayName}” is attached to “${holder.displayName}”.`,
    data: {
      acs_user_id: acsUser.acsUserId,
      user_identity_id: holder.userIdentityId,
      user_identity_display_name: holder.displayName,
    },
  })
}
