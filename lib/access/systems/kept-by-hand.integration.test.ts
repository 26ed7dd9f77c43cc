import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { entrances } from '@/db/schema/entrances'
import { events } from '@/db/schema/events'
import { eventSentence } from '@/lib/history/events/event'
import { attachAcsUser } from '@/lib/people/identities/commands'
import { undoChange } from '@/lib/people/undo/commands'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addIdentity, addWorkspace, race, refusalOf } from '@/lib/testing/test-data'
import { createAcsUser } from '../acs-users/commands'
import { grantAccessToEntrance } from '../entrances/commands'
import { createEntrance, createEntrances, deleteEntrance, updateEntrance } from '../entrances/manage-entrances'
import { addAcsUserToAccessGroup } from '../groups/commands'
import {
  createAccessGroup,
  createAccessGroups,
  deleteAccessGroup,
  updateAccessGroup,
} from '../groups/manage-access-groups'
import { createAccessSystem, deleteAccessSystem, mostRemovedWithSystem, updateAccessSystem } from './commands'
import { getAccessSystem } from './queries'

const yes = () => true

async function addByHand(actor: Actor, name = 'Tower A') {
  const { acsSystemId } = await createAccessSystem(actor, {
    name,
    vendor_name: 'Paxton Net2',
    time_zone: 'Europe/Berlin',
  })
  return acsSystemId
}

async function lastEvent({ workspaceId }: Actor) {
  const connection = await database()
  const rows = await connection.select().from(events).where(eq(events.workspaceId, workspaceId)).orderBy(events.eventId)
  const row = rows.at(-1)
  if (!row) throw new Error('Nothing happened')
  return row
}

const undoLast = async (actor: Actor) => undoChange(actor, (await lastEvent(actor)).changeId ?? '', yes)

/** All of a system as it stands, for a comparison. */
async function everythingOf({ workspaceId }: Actor, acsSystemId: string) {
  const connection = await database()
  const theirs = (table: typeof acsUsers | typeof entrances | typeof accessGroups | typeof accessGroupEntrances) =>
    and(eq(table.workspaceId, workspaceId), eq(table.acsSystemId, acsSystemId))
  const grants = await connection
    .select()
    .from(acsUserEntrances)
    .where(and(eq(acsUserEntrances.workspaceId, workspaceId), eq(acsUserEntrances.acsSystemId, acsSystemId)))
  const memberships = await connection
    .select()
    .from(accessGroupMembers)
    .where(and(eq(accessGroupMembers.workspaceId, workspaceId), eq(accessGroupMembers.acsSystemId, acsSystemId)))
  const people = await connection.select().from(acsUsers).where(theirs(acsUsers)).orderBy(acsUsers.acsUserId)
  return {
    system: await connection.select().from(accessSystems).where(eq(accessSystems.acsSystemId, acsSystemId)),
    doors: await connection.select().from(entrances).where(theirs(entrances)).orderBy(entrances.acsEntranceId),
    groups: await connection.select().from(accessGroups).where(theirs(accessGroups)),
    opened: await connection.select().from(accessGroupEntrances).where(theirs(accessGroupEntrances)),
    members: memberships.map(({ acsAccessGroupId, acsUserId }) => [acsAccessGroupId, acsUserId]),
    granted: grants.map(({ acsEntranceId, acsUserId }) => [acsEntranceId, acsUserId]),
    people: people.map(({ acsUserId, fullName, userIdentityId }) => ({ acsUserId, fullName, userIdentityId })),
  }
}

/** A system with two doors, a group that opens one, and Ann, who is in it and may open the other by herself. */
async function addFurnished(actor: Actor) {
  const acsSystemId = await addByHand(actor)
  const { acsEntranceId: lobby } = await createEntrance(actor, { acs_system_id: acsSystemId, display_name: 'Lobby' })
  const { acsEntranceId: garage } = await createEntrance(actor, { acs_system_id: acsSystemId, display_name: 'Garage' })
  const { acsAccessGroupId } = await createAccessGroup(actor, {
    acs_system_id: acsSystemId,
    name: 'Residents',
    acs_entrance_ids: [lobby],
  })
  const userIdentityId = await addIdentity(actor, 'Ann Bell')
  const { acsUserId } = await createAcsUser(actor, {
    acs_system_id: acsSystemId,
    full_name: 'Ann Bell',
    acs_access_group_ids: [acsAccessGroupId],
  })
  await attachAcsUser(actor, { userIdentityId, acsUserId })
  await grantAccessToEntrance(actor, { acs_entrance_id: garage, acs_user_id: acsUserId })
  return { acsSystemId, lobby, garage, acsAccessGroupId, acsUserId, userIdentityId }
}

describe('an access system that is kept by hand', () => {
  test('is created with its vendor and time zone, and can be told apart', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    expect(await getAccessSystem(actor.workspaceId, acsSystemId)).toMatchObject({
      ...{ name: 'Tower A', externalType: null, vendorName: 'Paxton Net2', timeZone: 'Europe/Berlin', monogram: 'PN' },
    })
    expect(eventSentence(await lastEvent(actor))).toBe('added the access system Tower A')
  })

  test.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'A', vendor_name: 7 }, 'vendor_name'],
    [{ name: 'A', time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ name: 'A', time_zone: '+01:00' }, 'time_zone'],
  ])('refuses %j, naming %s', async (input, field) => {
    const refusal = await refusalOf(createAccessSystem(await addWorkspace(), input))
    expect(refusal).toMatchObject({ type: 'invalid_input', fields: { [field]: [expect.any(String)] } })
  })

  test('has a name of its own, also when two admins create it at once', async () => {
    const actor = await addWorkspace()
    const { winners } = await race([addByHand(actor), addByHand(actor)])
    expect(winners).toBe(1)
    const other = await addByHand(actor, 'Tower B')
    expect(await refusalOf(addByHand(actor))).toMatchObject({ type: 'acs_system_name_taken' })
    expect(await refusalOf(updateAccessSystem(actor, { acs_system_id: other, name: 'Tower A' }))).toMatchObject({
      fields: { name: ['There is an access system called “Tower A” already. Choose another name.'] },
    })
  })

  test('is renamed; what is the same already is no event', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    await updateAccessSystem(actor, { acs_system_id: acsSystemId, name: 'North', vendor_name: '', time_zone: null })
    expect(await getAccessSystem(actor.workspaceId, acsSystemId)).toMatchObject({ name: 'North', vendorName: null })
    const renamed = await lastEvent(actor)
    expect(eventSentence(renamed)).toBe('changed the name, vendor, time zone of the access system North')
    await updateAccessSystem(actor, { acs_system_id: acsSystemId, name: 'North' })
    expect((await lastEvent(actor)).eventId).toBe(renamed.eventId)
  })

  test('is removed with all that is in it, and comes back whole by undo', async () => {
    const actor = await addWorkspace()
    const { acsSystemId } = await addFurnished(actor)
    const before = await everythingOf(actor, acsSystemId)
    expect(before.people).toHaveLength(1)
    await deleteAccessSystem(actor, { acs_system_id: acsSystemId })
    expect((await everythingOf(actor, acsSystemId)).system).toEqual([])
    await undoLast(actor)
    expect(await everythingOf(actor, acsSystemId)).toEqual(before)
  })

  test('does not come back where another one has its name now', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    await deleteAccessSystem(actor, { acs_system_id: acsSystemId })
    const { changeId } = await lastEvent(actor)
    await addByHand(actor)
    expect(await refusalOf(undoChange(actor, changeId ?? '', yes))).toMatchObject({ type: 'change_contradicted' })
  })

  test('is not removed with more ACS users than can go at once', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    const connection = await database()
    const { workspaceId } = actor
    await connection.insert(acsUsers).values(
      Array.from({ length: mostRemovedWithSystem + 1 }, () => ({
        ...{ workspaceId, acsSystemId, acsUserId: crypto.randomUUID(), fullName: 'Ann Bell' },
      })),
    )
    expect(await refusalOf(deleteAccessSystem(actor, { acs_system_id: acsSystemId }))).toMatchObject({
      type: 'acs_system_too_large',
    })
  })

  test('is the only kind that is changed here', async () => {
    const actor = await addWorkspace()
    const reported = { acs_system_id: await addAccessSystem(actor) }
    for (const refused of [
      () => updateAccessSystem(actor, { ...reported, name: 'X' }),
      () => deleteAccessSystem(actor, reported),
      () => createEntrance(actor, { ...reported, display_name: 'X' }),
      () => createAccessGroup(actor, { ...reported, name: 'X' }),
    ]) {
      expect(await refusalOf(refused())).toMatchObject({ kind: 'conflict', type: 'acs_system_not_kept_by_hand' })
    }
  })

  test('is nobody else’s', async () => {
    const [actor, stranger] = [await addWorkspace(), await addWorkspace()]
    const { acsSystemId, lobby, acsAccessGroupId } = await addFurnished(actor)
    for (const [refused, type] of [
      [() => updateAccessSystem(stranger, { acs_system_id: acsSystemId, name: 'X' }), 'acs_system_not_found'],
      [() => deleteAccessSystem(stranger, { acs_system_id: acsSystemId }), 'acs_system_not_found'],
      [() => createEntrance(stranger, { acs_system_id: acsSystemId, display_name: 'X' }), 'acs_system_not_found'],
      [() => updateEntrance(stranger, { acs_entrance_id: lobby, display_name: 'X' }), 'acs_entrance_not_found'],
      [() => deleteEntrance(stranger, { acs_entrance_id: lobby }), 'acs_entrance_not_found'],
      [() => createAccessGroup(stranger, { acs_system_id: acsSystemId, name: 'X' }), 'acs_system_not_found'],
      [() => updateAccessGroup(stranger, { acs_access_group_id: acsAccessGroupId }), 'acs_access_group_not_found'],
      [() => deleteAccessGroup(stranger, { acs_access_group_id: acsAccessGroupId }), 'acs_access_group_not_found'],
    ] as const) {
      expect(await refusalOf(refused())).toMatchObject({ type })
    }
  })
})

describe('a door', () => {
  test('comes from a list of names; what is there already, or twice, is skipped', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    const add = (...names: string[]) => createEntrances(actor, { acs_system_id: acsSystemId, names })
    expect(await add('Lobby', ' Garage ', 'Lobby')).toEqual({ createdCount: 2, skippedCount: 1 })
    expect(await add('Gym', 'Garage')).toEqual({ createdCount: 1, skippedCount: 1 })
    const { doors } = await everythingOf(actor, acsSystemId)
    expect(doors.map(({ displayName }) => displayName).sort()).toEqual(['Garage', 'Gym', 'Lobby'])
    expect(await refusalOf(createEntrance(actor, { acs_system_id: acsSystemId, display_name: 'Gym' }))).toMatchObject({
      type: 'acs_entrance_name_taken',
    })
  })

  test('is added once by two admins at once', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    const add = () => createEntrances(actor, { acs_system_id: acsSystemId, names: ['Lobby', 'Gym'] })
    const counts = await Promise.all([add(), add()])
    expect(counts.map(({ createdCount }) => createdCount).sort()).toEqual([0, 2])
  })

  test('is renamed, and says what it unlocks with', async () => {
    const actor = await addWorkspace()
    const { lobby, acsSystemId } = await addFurnished(actor)
    await updateEntrance(actor, { acs_entrance_id: lobby, display_name: 'Front', can_unlock_with_code: true })
    expect(eventSentence(await lastEvent(actor))).toBe(
      'changed the name, unlocking with a code of the door Front in Tower A',
    )
    const { doors } = await everythingOf(actor, acsSystemId)
    expect(doors.find(({ acsEntranceId }) => acsEntranceId === lobby)).toMatchObject({
      ...{ displayName: 'Front', canUnlockWithCode: true, canUnlockWithCard: true, canUnlockWithMobileKey: false },
    })
  })

  test.each(['lobby', 'garage'] as const)('is removed and comes back with what opened it (%s)', async (which) => {
    const actor = await addWorkspace()
    const furnished = await addFurnished(actor)
    const before = await everythingOf(actor, furnished.acsSystemId)
    await deleteEntrance(actor, { acs_entrance_id: furnished[which] })
    expect((await everythingOf(actor, furnished.acsSystemId)).doors).toHaveLength(1)
    await undoLast(actor)
    expect(await everythingOf(actor, furnished.acsSystemId)).toEqual(before)
  })
})

describe('an access group', () => {
  test('comes from a list of names', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addByHand(actor)
    const counts = await createAccessGroups(actor, {
      acs_system_id: acsSystemId,
      names: ['Staff', 'Residents', 'Staff'],
    })
    expect(counts).toEqual({ createdCount: 2, skippedCount: 1 })
  })

  test('opens exactly the doors it is given', async () => {
    const actor = await addWorkspace()
    const { acsSystemId, acsAccessGroupId, garage } = await addFurnished(actor)
    await updateAccessGroup(actor, { acs_access_group_id: acsAccessGroupId, name: 'Cars', acs_entrance_ids: [garage] })
    const { opened } = await everythingOf(actor, acsSystemId)
    expect(opened).toMatchObject([{ acsEntranceId: garage }])
    expect((await lastEvent(actor)).data.changes).toEqual({
      name: { from: 'Residents', to: 'Cars' },
      acs_entrances: { from: 'Lobby', to: 'Garage' },
    })
  })

  test('opens no door of another system', async () => {
    const actor = await addWorkspace()
    const { acsAccessGroupId } = await addFurnished(actor)
    const other = await addByHand(actor, 'Tower B')
    const { acsEntranceId } = await createEntrance(actor, { acs_system_id: other, display_name: 'Roof' })
    const change = { acs_access_group_id: acsAccessGroupId, acs_entrance_ids: [acsEntranceId] }
    expect(await refusalOf(updateAccessGroup(actor, change))).toMatchObject({ type: 'acs_entrance_not_found' })
  })

  test('is removed: its ACS users leave it, and are in it again after undo', async () => {
    const actor = await addWorkspace()
    const { acsSystemId, acsAccessGroupId, acsUserId } = await addFurnished(actor)
    const before = await everythingOf(actor, acsSystemId)
    await deleteAccessGroup(actor, { acs_access_group_id: acsAccessGroupId })
    expect((await everythingOf(actor, acsSystemId)).members).toEqual([])
    await undoLast(actor)
    expect(await everythingOf(actor, acsSystemId)).toEqual(before)
    await addAcsUserToAccessGroup(actor, { acs_access_group_id: acsAccessGroupId, acs_user_id: acsUserId })
  })

  test('loses nobody silently who joins while it is removed', async () => {
    const actor = await addWorkspace()
    const { acsSystemId, acsAccessGroupId } = await addFurnished(actor)
    const { acsUserId } = await createAcsUser(actor, { acs_system_id: acsSystemId, full_name: 'Bo' })
    const [, joined] = await Promise.allSettled([
      deleteAccessGroup(actor, { acs_access_group_id: acsAccessGroupId }),
      addAcsUserToAccessGroup(actor, { acs_access_group_id: acsAccessGroupId, acs_user_id: acsUserId }),
    ])
    const connection = await database()
    const tell = async (eventType: string) =>
      (
        await connection
          .select()
          .from(events)
          .where(and(eq(events.workspaceId, actor.workspaceId), eq(events.eventType, eventType)))
      ).filter((event) => event.acsUserId === acsUserId).length
    const wasIn = joined.status === 'fulfilled' ? 1 : 0
    expect([await tell('acs_access_group.user_added'), await tell('acs_access_group.user_removed')]).toEqual([
      wasIn,
      wasIn,
    ])
  })
})
