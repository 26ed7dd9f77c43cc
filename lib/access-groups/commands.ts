import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { accessGroups } from '@/db/schema/access-groups'
import { lockMember } from '../acs-users/lock'
import { memberFields } from '../acs-users/target'
import { notFound } from '../errors'
import type { Actor } from '../events/actor'
import { parseInput, uuid } from '../parse-input'
import { inTransaction, type Transaction } from '../transaction'
import { joinAccessGroups, leaveAccessGroup } from './membership'

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
    const { acsSystemId, name } = await getAccessGroup(transaction, actor.workspaceId, acs_access_group_id)
    const acsUser = await lockMember(transaction, actor.workspaceId, member, { acsSystemId, thing: 'access group' })
    await leaveAccessGroup(transaction, actor, acsUser, { acsAccessGroupId: acs_access_group_id, name })
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
