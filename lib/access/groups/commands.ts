import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { notFound } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { memberFields } from '../acs-user-rows/acs-user-target'
import { lockAcsUser, lockMember } from '../acs-user-rows/lock-acs-users'
import { joinAccessGroups, leaveAccessGroups } from './membership'

const membershipSchema = z.object({ acs_access_group_id: uuid('acs_access_group_id'), ...memberFields })

/**
 * Adds an ACS user, or the one that an identity has in the group's access system, to an access group.
 * One that is in it already stays.
 *
 * @throws Refusal `acs_access_group_not_found`, `acs_user_not_found`, and `invalid_input` for an ACS
 *   user of another access system
 */
export async function addAcsUserToAccessGroup(actor: Actor, input: unknown): Promise<void> {
  const { acs_access_group_id, ...member } = parseInput(membershipSchema, input)
  await inTransaction(async (transaction) => {
    const { acsSystemId } = await getAccessGroup(transaction, actor.workspaceId, acs_access_group_id)
    const acsUser = await lockMember(transaction, actor.workspaceId, member, { acsSystemId, thing: 'access group' })
    await joinAccessGroups(transaction, actor, acsUser, [acs_access_group_id])
  })
}

/**
 * Removes an ACS user, or the one that an identity has in the group's access system, from an access
 * group. One that is not in it stays as it is.
 *
 * @throws Refusal `acs_access_group_not_found`, `acs_user_not_found`, and `invalid_input` for an ACS
 *   user of another access system
 */
export async function removeAcsUserFromAccessGroup(actor: Actor, input: unknown): Promise<void> {
  const { acs_access_group_id, ...member } = parseInput(membershipSchema, input)
  await inTransaction(async (transaction) => {
    const { workspaceId } = actor
    const { acsSystemId } = await getAccessGroup(transaction, workspaceId, acs_access_group_id)
    const acsUser = await lockMember(transaction, workspaceId, member, { acsSystemId, thing: 'access group' })
    await leaveAccessGroups(transaction, actor, acsUser, [acs_access_group_id])
  })
}

async function getAccessGroup(transaction: Transaction, workspaceId: string, acsAccessGroupId: string) {
  const [group] = await transaction
    .select({ acsSystemId: accessGroups.acsSystemId, name: accessGroups.name })
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsAccessGroupId, acsAccessGroupId)))
  if (!group) throw notFound('acs_access_group')
  return group
}

const membershipsSchema = z.object({
  acs_user_id: uuid('acs_user_id'),
  acs_access_group_ids: z
    .array(uuid('acs_access_group_ids'), { error: 'acs_access_group_ids must be a list of UUIDs.' })
    .max(1000, { error: 'Send at most 1000 acs_access_group_ids.' }),
})

/**
 * Has an ACS user be in exactly these access groups of its access system: joins and leaves what differs.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`, and `acs_access_group_not_found`, also for a
 *   group of another access system
 */
export async function setAccessGroups(actor: Actor, input: unknown): Promise<void> {
  const { acs_user_id, acs_access_group_ids } = parseInput(membershipsSchema, input)
  await inTransaction(async (transaction) => {
    const { workspaceId } = actor
    const acsUser = await lockAcsUser(transaction, workspaceId, { acs_user_id })
    const current = await transaction
      .select({ acsAccessGroupId: accessGroupMembers.acsAccessGroupId })
      .from(accessGroupMembers)
      .where(
        and(
          eq(accessGroupMembers.workspaceId, workspaceId),
          eq(accessGroupMembers.acsSystemId, acsUser.acsSystemId),
          eq(accessGroupMembers.acsUserId, acsUser.acsUserId),
        ),
      )
    const wanted = new Set(acs_access_group_ids)
    const left = current.map(({ acsAccessGroupId }) => acsAccessGroupId).filter((id) => !wanted.has(id))
    // All that is wanted, so that an unknown group is refused even where nothing else is to be joined.
    await joinAccessGroups(transaction, actor, acsUser, [...wanted])
    await leaveAccessGroups(transaction, actor, acsUser, left)
  })
}
