import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { accessGroupEntrances, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { entrances } from '@/db/schema/entrances'
import type { EventData } from '@/db/schema/events'
import { workspaces } from '@/db/schema/workspaces'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { blankToNull, lineOfText, parseInput, uuid } from '@/lib/platform/input'
import { Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { lockAcsUsers } from '../acs-user-rows/lock-acs-users'
import { removeAcsUsers } from '../acs-users/removal'
import { lockUserIdentities } from '../links/link'
import { lockKeptByHand } from '../system-rows/lock-access-system'

const mostSystems = 200

/** How many ACS users a system may have to be removed at once. */
export const mostRemovedWithSystem = 1000

const name = () => lineOfText('The name', 100)
const vendorName = () => z.preprocess(blankToNull, lineOfText('The vendor', 100).nullable())
const timeZone = () =>
  z.preprocess(
    blankToNull,
    z
      .string({ error: 'The time zone must be text.' })
      .refine(isTimeZone, { error: 'Choose a time zone from the list, such as Europe/Berlin.' })
      .nullable(),
  )

const newSystemSchema = z.object({
  name: name(),
  vendor_name: vendorName().optional(),
  time_zone: timeZone().optional(),
})

const changesSchema = z.object({
  acs_system_id: uuid('acs_system_id'),
  name: name().optional(),
  vendor_name: vendorName().optional(),
  time_zone: timeZone().optional(),
})

const targetSchema = z.object({ acs_system_id: uuid('acs_system_id') })

function isTimeZone(written: string): boolean {
  try {
    // An offset such as "+01:00" is a zone to some engines, and has no daylight saving.
    return /^[A-Za-z]/.test(written) && Boolean(new Intl.DateTimeFormat('en', { timeZone: written }))
  } catch {
    return false
  }
}

/**
 * Creates an access system that's kept by hand: what Keyholder records is its state, and people program it at
 * its panel.
 *
 * @throws Refusal `invalid_input`, `acs_system_name_taken`, `too_many_acs_systems`
 */
export async function createAccessSystem(actor: Actor, input: unknown): Promise<{ acsSystemId: string }> {
  const given = parseInput(newSystemSchema, input)
  const { workspaceId } = actor
  return inTransaction(async (transaction) => {
    await refuseTakenName(transaction, workspaceId, given.name)
    if ((await transaction.$count(accessSystems, eq(accessSystems.workspaceId, workspaceId))) >= mostSystems) {
      throw new Refusal({
        kind: 'conflict',
        type: 'too_many_acs_systems',
        message: `A workspace has at most ${mostSystems} access systems. Remove one that's no longer used.`,
      })
    }
    const acsSystemId = uuidv7()
    await transaction.insert(accessSystems).values({
      ...{ workspaceId, acsSystemId, name: given.name },
      vendorName: given.vendor_name,
      timeZone: given.time_zone,
      // The contract wants one; a system that's kept by hand is its own account.
      connectedAccountId: uuidv7(),
    })
    await recordEvents(transaction, actor, [
      { eventType: 'acs_system.added', acsSystemId, data: { acs_system_name: given.name } },
    ])
    return { acsSystemId }
  })
}

/**
 * Renames an access system that's kept by hand, or changes its vendor or time zone. A field left out stays.
 *
 * @throws Refusal `invalid_input`, `acs_system_not_found`, `acs_system_not_kept_by_hand`, `acs_system_name_taken`
 */
export async function updateAccessSystem(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(changesSchema, input)
  const { workspaceId } = actor
  await inTransaction(async (transaction) => {
    const before = await lockKeptByHand(transaction, workspaceId, given.acs_system_id)
    const after = {
      name: given.name ?? before.name,
      vendorName: given.vendor_name === undefined ? before.vendorName : given.vendor_name,
      timeZone: given.time_zone === undefined ? before.timeZone : given.time_zone,
    }
    const values = (system: typeof after) => ({
      name: system.name,
      vendor: system.vendorName,
      time_zone: system.timeZone,
    })
    const was = Object.entries(values(before))
    const is = new Map(Object.entries(values(after)))
    const changed = was.filter(([field, value]) => is.get(field) !== value)
    if (changed.length === 0) return
    if (after.name !== before.name) {
      await refuseTakenName(transaction, workspaceId, after.name)
    }
    await transaction.update(accessSystems).set(after).where(isSystem(workspaceId, before.acsSystemId))
    const changes = Object.fromEntries(changed.map(([field, from]) => [field, { from, to: is.get(field) ?? null }]))
    await recordEvents(transaction, actor, [
      {
        eventType: 'acs_system.updated',
        acsSystemId: before.acsSystemId,
        data: { acs_system_name: after.name, changes },
      },
    ])
  })
}

/**
 * Removes an access system that's kept by hand with all that is in it. The history keeps what it was, so that it
 * can be brought back; only its cards and door codes stay lost.
 *
 * @throws Refusal `acs_system_not_found`, `acs_system_not_kept_by_hand`, `acs_system_too_large`,
 *   `acs_system_changed_meanwhile`
 */
export async function deleteAccessSystem(actor: Actor, input: unknown): Promise<void> {
  const { acs_system_id: acsSystemId } = parseInput(targetSchema, input)
  const { workspaceId } = actor
  // Its ACS users go by one command and itself by another; both are one change.
  const removing = { ...actor, changeId: actor.changeId ?? uuidv7() }
  await inTransaction(async (transaction) => {
    const theirs = and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsSystemId, acsSystemId))
    // Identities are held before what hangs on them, as by all others.
    const holders = await transaction
      .select({ userIdentityId: acsUsers.userIdentityId })
      .from(acsUsers)
      .where(theirs)
      .limit(mostRemovedWithSystem + 1)
    const held = await lockUserIdentities(
      transaction,
      workspaceId,
      holders.flatMap(({ userIdentityId }) => userIdentityId ?? []),
    )
    const system = await lockKeptByHand(transaction, workspaceId, acsSystemId)
    if (holders.length > mostRemovedWithSystem) throw tooLarge(system.name)
    const gone = await lockAcsUsers(transaction, theirs)
    const isHeld = new Set(held.map(({ userIdentityId }) => userIdentityId))
    if (gone.some(({ userIdentityId }) => userIdentityId !== null && !isHeld.has(userIdentityId))) {
      throw changedMeanwhile(system.name)
    }
    await removeAcsUsers(transaction, removing, gone)
    const data = { acs_system_name: system.name, acs_system: await describeSystem(transaction, system) }
    await transaction.delete(accessSystems).where(isSystem(workspaceId, acsSystemId))
    await recordEvents(transaction, removing, [{ eventType: 'acs_system.deleted', acsSystemId, data }])
  })
}

const isSystem = (workspaceId: string, acsSystemId: string) =>
  and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.acsSystemId, acsSystemId))

/** Two who choose a name at once wait for each other: each holds the workspace until the end. */
async function refuseTakenName(transaction: Transaction, workspaceId: string, name: string): Promise<void> {
  await transaction
    .select({ workspaceId: workspaces.workspaceId })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId))
    .for('no key update')
  const isTaken = and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.name, name))
  if ((await transaction.$count(accessSystems, isTaken)) === 0) return
  const message = `There is an access system called “${name}” already. Choose another name.`
  throw new Refusal({ kind: 'conflict', type: 'acs_system_name_taken', message, fields: { name: [message] } })
}

/** All that a system was, but for its ACS users, which the history keeps one by one. */
async function describeSystem(
  transaction: Transaction,
  system: typeof accessSystems.$inferSelect,
): Promise<EventData['acs_system']> {
  const { workspaceId, acsSystemId } = system
  const doors = await transaction
    .select()
    .from(entrances)
    .where(and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsSystemId, acsSystemId)))
    .orderBy(entrances.acsEntranceId)
  const groups = await transaction
    .select()
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsSystemId)))
    .orderBy(accessGroups.acsAccessGroupId)
  const opened = await transaction
    .select()
    .from(accessGroupEntrances)
    .where(and(eq(accessGroupEntrances.workspaceId, workspaceId), eq(accessGroupEntrances.acsSystemId, acsSystemId)))
    .orderBy(accessGroupEntrances.acsEntranceId)
  return {
    vendor_name: system.vendorName,
    time_zone: system.timeZone,
    connected_account_id: system.connectedAccountId,
    created_at: system.createdAt.toISOString(),
    acs_entrances: doors.map((door) => ({
      acs_entrance_id: door.acsEntranceId,
      display_name: door.displayName,
      can_unlock_with_mobile_key: door.canUnlockWithMobileKey,
      can_unlock_with_card: door.canUnlockWithCard,
      can_unlock_with_code: door.canUnlockWithCode,
      created_at: door.createdAt.toISOString(),
    })),
    acs_access_groups: groups.map((group) => ({
      acs_access_group_id: group.acsAccessGroupId,
      name: group.name,
      created_at: group.createdAt.toISOString(),
      acs_entrance_ids: opened
        .filter(({ acsAccessGroupId }) => acsAccessGroupId === group.acsAccessGroupId)
        .map(({ acsEntranceId }) => acsEntranceId),
    })),
  }
}

function tooLarge(name: string): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'acs_system_too_large',
    message: `“${name}” has more than ${mostRemovedWithSystem} ACS users, and so many can't be removed at once. Delete some of its ACS users first.`,
  })
}

function changedMeanwhile(name: string): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'acs_system_changed_meanwhile',
    message: `Somebody attached an ACS user of “${name}” just now. Look at it again, then repeat this.`,
  })
}
