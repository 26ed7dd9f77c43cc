import { and, eq, inArray } from 'drizzle-orm'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { notFound } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { type AcsUserForEvents, acsUserEventDetails } from '../acs-user-rows/acs-user-event-details'

/**
 * Adds an ACS user that the caller holds to access groups of its access system; where it is in one
 * already, it stays.
 *
 * @throws Refusal `acs_access_group_not_found`
 */
export async function joinAccessGroups(
  transaction: Transaction,
  actor: Actor,
  acsUser: AcsUserForEvents,
  acsAccessGroupIds: string[],
): Promise<void> {
  if (acsAccessGroupIds.length === 0) return
  const { workspaceId } = actor
  const { acsSystemId, acsUserId } = acsUser
  const groups = await transaction
    .select({ acsAccessGroupId: accessGroups.acsAccessGroupId, name: accessGroups.name })
    .from(accessGroups)
    .where(
      and(
        eq(accessGroups.workspaceId, workspaceId),
        eq(accessGroups.acsSystemId, acsSystemId),
        inArray(accessGroups.acsAccessGroupId, acsAccessGroupIds),
      ),
    )
    .orderBy(accessGroups.acsAccessGroupId)
    .for('key share')
  if (groups.length < new Set(acsAccessGroupIds).size) throw notFound('acs_access_group')
  const joined = await transaction
    .insert(accessGroupMembers)
    .values(groups.map(({ acsAccessGroupId }) => ({ workspaceId, acsSystemId, acsAccessGroupId, acsUserId })))
    .onConflictDoNothing()
    .returning({ acsAccessGroupId: accessGroupMembers.acsAccessGroupId })
  const about = await acsUserEventDetails(transaction, acsUser)
  await recordEvents(
    transaction,
    actor,
    groups
      .filter((group) => joined.some(({ acsAccessGroupId }) => acsAccessGroupId === group.acsAccessGroupId))
      .map(({ acsAccessGroupId, name }) => ({
        ...about,
        eventType: 'acs_access_group.user_added',
        acsAccessGroupId,
        data: { ...about.data, acs_access_group_name: name },
      })),
  )
}

/** Takes an ACS user that the caller holds out of access groups; one that it is not in stays as it is. */
export async function leaveAccessGroups(
  transaction: Transaction,
  actor: Actor,
  acsUser: AcsUserForEvents,
  acsAccessGroupIds: string[],
): Promise<void> {
  if (acsAccessGroupIds.length === 0) return
  const { workspaceId } = actor
  const left = await transaction
    .delete(accessGroupMembers)
    .where(
      and(
        eq(accessGroupMembers.workspaceId, workspaceId),
        inArray(accessGroupMembers.acsAccessGroupId, acsAccessGroupIds),
        eq(accessGroupMembers.acsUserId, acsUser.acsUserId),
      ),
    )
    .returning({ acsAccessGroupId: accessGroupMembers.acsAccessGroupId })
  if (left.length === 0) return
  const ids = left.map(({ acsAccessGroupId }) => acsAccessGroupId)
  const groups = await transaction
    .select({ acsAccessGroupId: accessGroups.acsAccessGroupId, name: accessGroups.name })
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), inArray(accessGroups.acsAccessGroupId, ids)))
    .orderBy(accessGroups.acsAccessGroupId)
  const about = await acsUserEventDetails(transaction, acsUser)
  await recordEvents(
    transaction,
    actor,
    groups.map(({ acsAccessGroupId, name }) => ({
      ...about,
      eventType: 'acs_access_group.user_removed',
      acsAccessGroupId,
      data: { ...about.data, acs_access_group_name: name },
    })),
  )
}
