import { and, eq, inArray, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { acsUsers } from '@/db/schema/acs-users'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { lineOfText, parseInput, uuid } from '@/lib/platform/input'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { eventDetailsOfAcsUsers } from '../acs-user-rows/acs-user-event-details'
import { lockAcsUsers } from '../acs-user-rows/lock-acs-users'
import { lockEntrances } from '../entrances/lock-entrances'
import { lockKeptByHand } from '../system-rows/lock-access-system'

/** How many access groups a system that's kept by hand may have. */
const mostAccessGroups = 1000

const name = () => lineOfText('The name', 100)
const entranceIds = () =>
  z
    .array(uuid('acs_entrance_ids'), { error: 'acs_entrance_ids must be a list of UUIDs.' })
    .max(1000, { error: 'Send at most 1000 acs_entrance_ids.' })

const newGroupSchema = z.object({
  acs_system_id: uuid('acs_system_id'),
  name: name(),
  acs_entrance_ids: entranceIds().default([]),
})

const newGroupsSchema = z.object({
  acs_system_id: uuid('acs_system_id'),
  names: z
    .array(name(), { error: 'Write the names of the access groups.' })
    .min(1, { error: 'Write the name of at least one access group.' })
    .max(mostAccessGroups, { error: `Add at most ${mostAccessGroups} access groups at once.` }),
})

const changesSchema = z.object({
  acs_access_group_id: uuid('acs_access_group_id'),
  name: name().optional(),
  acs_entrance_ids: entranceIds().optional(),
})

const targetSchema = z.object({ acs_access_group_id: uuid('acs_access_group_id') })

/**
 * Creates an access group of an access system that's kept by hand, with the entrances that it opens.
 *
 * @throws Refusal `invalid_input`, `acs_system_not_found`, `acs_system_not_kept_by_hand`, `acs_entrance_not_found`,
 *   `acs_access_group_name_taken`, `too_many_acs_access_groups`
 */
export async function createAccessGroup(actor: Actor, input: unknown): Promise<{ acsAccessGroupId: string }> {
  const given = parseInput(newGroupSchema, input)
  return inTransaction(async (transaction) => {
    const [acsAccessGroupId] = await insertGroups(transaction, actor, given.acs_system_id, [given.name])
    if (!acsAccessGroupId) throw nameTaken(given.name)
    const group = { acsSystemId: given.acs_system_id, acsAccessGroupId }
    await setEntrances(transaction, actor.workspaceId, group, given.acs_entrance_ids)
    return { acsAccessGroupId }
  })
}

/**
 * Creates access groups of an access system that's kept by hand from a list of names. A name that's there already
 * is left alone.
 *
 * @returns how many were created, and how many names were there already or twice in the list.
 * @throws Refusal `invalid_input`, `acs_system_not_found`, `acs_system_not_kept_by_hand`, `too_many_acs_access_groups`
 */
export async function createAccessGroups(
  actor: Actor,
  input: unknown,
): Promise<{ createdCount: number; skippedCount: number }> {
  const { acs_system_id, names } = parseInput(newGroupsSchema, input)
  return inTransaction(async (transaction) => {
    const created = await insertGroups(transaction, actor, acs_system_id, names)
    return { createdCount: created.length, skippedCount: names.length - created.length }
  })
}

/**
 * Renames an access group of an access system that's kept by hand, or has it open exactly some entrances. A field
 * left out stays.
 *
 * @throws Refusal `invalid_input`, `acs_access_group_not_found`, `acs_system_not_kept_by_hand`,
 *   `acs_entrance_not_found`, `acs_access_group_name_taken`
 */
export async function updateAccessGroup(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(changesSchema, input)
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    const { group, system } = await lockGroup(transaction, workspaceId, given.acs_access_group_id)
    const changes: Record<string, { from: string | null; to: string | null }> = {}
    if (given.name !== undefined && given.name !== group.name) {
      if ((await namesIn(transaction, workspaceId, group.acsSystemId)).has(given.name)) throw nameTaken(given.name)
      await transaction
        .update(accessGroups)
        .set({ name: given.name })
        .where(isGroup(workspaceId, group.acsAccessGroupId))
      changes.name = { from: group.name, to: given.name }
    }
    if (given.acs_entrance_ids) {
      const { before, after } = await setEntrances(transaction, workspaceId, group, given.acs_entrance_ids)
      if (before !== after) changes.acs_entrances = { from: before, to: after }
    }
    if (Object.keys(changes).length === 0) return
    await recordEvents(transaction, actor, [
      {
        eventType: 'acs_access_group.updated',
        acsSystemId: group.acsSystemId,
        acsAccessGroupId: group.acsAccessGroupId,
        data: { acs_access_group_name: given.name ?? group.name, acs_system_name: system.name, changes },
      },
    ])
  })
}

/**
 * Removes an access group of an access system that's kept by hand. Its ACS users leave it; the history keeps who they
 * were and what it opened, so that it can be brought back.
 *
 * @throws Refusal `acs_access_group_not_found`, `acs_system_not_kept_by_hand`
 */
export async function deleteAccessGroup(actor: Actor, input: unknown): Promise<void> {
  const { acs_access_group_id: acsAccessGroupId } = parseInput(targetSchema, input)
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    const { group, system } = await lockGroup(transaction, workspaceId, acsAccessGroupId)
    const { acsSystemId } = group
    const about = { acs_access_group_name: group.name, acs_system_name: system.name }
    const isMember = sql`${acsUsers.acsUserId} in (select ${accessGroupMembers.acsUserId} from ${accessGroupMembers}
      where ${ofGroup(accessGroupMembers, workspaceId, acsAccessGroupId)})`
    const members = await lockAcsUsers(transaction, and(eq(acsUsers.workspaceId, workspaceId), isMember))
    await transaction.delete(accessGroupMembers).where(ofGroup(accessGroupMembers, workspaceId, acsAccessGroupId))
    const left = await eventDetailsOfAcsUsers(transaction, workspaceId, members)
    const opened = await transaction
      .delete(accessGroupEntrances)
      .where(ofGroup(accessGroupEntrances, workspaceId, acsAccessGroupId))
      .returning({ acsEntranceId: accessGroupEntrances.acsEntranceId })
    await transaction.delete(accessGroups).where(isGroup(workspaceId, acsAccessGroupId))
    await recordEvents(transaction, actor, [
      ...left.map((member) => ({
        ...member,
        eventType: 'acs_access_group.user_removed' as const,
        acsAccessGroupId,
        data: { ...member.data, acs_access_group_name: group.name },
      })),
      {
        eventType: 'acs_access_group.deleted',
        ...{ acsSystemId, acsAccessGroupId },
        data: {
          ...about,
          acs_access_group: {
            created_at: group.createdAt.toISOString(),
            acs_entrance_ids: opened.map(({ acsEntranceId }) => acsEntranceId).sort(),
          },
        },
      },
    ])
  })
}

const isGroup = (workspaceId: string, acsAccessGroupId: string) =>
  and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsAccessGroupId, acsAccessGroupId))

const ofGroup = (
  table: typeof accessGroupMembers | typeof accessGroupEntrances,
  workspaceId: string,
  acsAccessGroupId: string,
) => and(eq(table.workspaceId, workspaceId), eq(table.acsAccessGroupId, acsAccessGroupId))

/** Holds a group and its system: the system first, as whoever adds one does. */
async function lockGroup(transaction: Transaction, workspaceId: string, acsAccessGroupId: string) {
  const [found] = await transaction
    .select({ acsSystemId: accessGroups.acsSystemId })
    .from(accessGroups)
    .where(isGroup(workspaceId, acsAccessGroupId))
  if (!found) throw notFound('acs_access_group')
  const system = await lockKeptByHand(transaction, workspaceId, found.acsSystemId)
  const [group] = await transaction
    .select()
    .from(accessGroups)
    .where(isGroup(workspaceId, acsAccessGroupId))
    .for('update')
  if (!group) throw notFound('acs_access_group')
  return { group, system }
}

async function namesIn(transaction: Transaction, workspaceId: string, acsSystemId: string): Promise<Set<string>> {
  const rows = await transaction
    .select({ name: accessGroups.name })
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsSystemId)))
  return new Set(rows.map((row) => row.name))
}

/** Inserts those names that aren't there, in their order, and gives the ids of the new groups. */
async function insertGroups(
  transaction: Transaction,
  actor: Actor,
  acsSystemId: string,
  names: string[],
): Promise<string[]> {
  const { workspaceId } = actor
  const system = await lockKeptByHand(transaction, workspaceId, acsSystemId)
  const present = await namesIn(transaction, workspaceId, acsSystemId)
  const rows = [...new Set(names)]
    .filter((groupName) => !present.has(groupName))
    .map((groupName) => ({ workspaceId, acsSystemId, acsAccessGroupId: uuidv7(), name: groupName }))
  if (rows.length === 0) return []
  if (present.size + rows.length > mostAccessGroups) {
    throw new Refusal({
      kind: 'conflict',
      type: 'too_many_acs_access_groups',
      message: `“${system.name}” can have at most ${mostAccessGroups} access groups.`,
    })
  }
  await transaction.insert(accessGroups).values(rows)
  await recordEvents(
    transaction,
    actor,
    rows.map(({ acsAccessGroupId, name: groupName }) => ({
      eventType: 'acs_access_group.created',
      ...{ acsSystemId, acsAccessGroupId },
      data: { acs_access_group_name: groupName, acs_system_name: system.name },
    })),
  )
  return rows.map(({ acsAccessGroupId }) => acsAccessGroupId)
}

/** Has a group open exactly these entrances; gives the names of what it opened before and opens now. */
async function setEntrances(
  transaction: Transaction,
  workspaceId: string,
  { acsSystemId, acsAccessGroupId }: { acsSystemId: string; acsAccessGroupId: string },
  acsEntranceIds: string[],
): Promise<{ before: string; after: string }> {
  const wanted = await lockEntrances(transaction, workspaceId, acsSystemId, acsEntranceIds)
  const present = await transaction
    .select({ acsEntranceId: accessGroupEntrances.acsEntranceId })
    .from(accessGroupEntrances)
    .where(ofGroup(accessGroupEntrances, workspaceId, acsAccessGroupId))
  const presentIds = present.map(({ acsEntranceId }) => acsEntranceId)
  const shut = presentIds.filter((id) => !wanted.some(({ acsEntranceId }) => acsEntranceId === id))
  const opened = wanted.filter(({ acsEntranceId }) => !presentIds.includes(acsEntranceId))
  const former = await lockEntrances(transaction, workspaceId, acsSystemId, presentIds)
  if (shut.length > 0) {
    await transaction
      .delete(accessGroupEntrances)
      .where(
        and(
          ofGroup(accessGroupEntrances, workspaceId, acsAccessGroupId),
          inArray(accessGroupEntrances.acsEntranceId, shut),
        ),
      )
  }
  if (opened.length > 0) {
    await transaction
      .insert(accessGroupEntrances)
      .values(opened.map(({ acsEntranceId }) => ({ workspaceId, acsSystemId, acsAccessGroupId, acsEntranceId })))
  }
  return { before: namesOf(former), after: namesOf(wanted) }
}

const namesOf = (doors: { displayName: string }[]) =>
  doors
    .map(({ displayName }) => displayName)
    .sort()
    .join(', ')

function nameTaken(groupName: string): Refusal {
  const message = `There is an access group called “${groupName}” already. Choose another name.`
  return new Refusal({ kind: 'conflict', type: 'acs_access_group_name_taken', message, fields: { name: [message] } })
}
