import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addEntrance,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { setAccessGroups } from './commands'
import { listAccessGroupOptions } from './queries'

let admin: Actor
let house: string
let jane: string
let groups: string[]
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin)
  jane = await addAcsUser(admin, house)
  groups = [
    await addAccessGroup(admin, house, 'Gym'),
    await addAccessGroup(admin, house, 'Pool'),
    await addAccessGroup(admin, house, 'Roof'),
  ]
})

const set = (ids: (string | undefined)[], actor = admin) =>
  setAccessGroups(actor, { acs_user_id: jane, acs_access_group_ids: ids })
const memberships = async () =>
  (await everythingIn(admin)).groupMembers.map(({ acsAccessGroupId }) => acsAccessGroupId).sort()

test('only what differs is joined and left, each with its event, as one change', async () => {
  const [gym, pool, roof] = groups
  await set([gym, pool])
  const before = (await everythingIn(admin)).events.length
  await set([pool, roof, roof])
  expect(await memberships()).toEqual([pool, roof].sort())
  const events = (await everythingIn(admin)).events.slice(before)
  expect(events.map(({ eventType, acsAccessGroupId }) => [eventType, acsAccessGroupId])).toEqual([
    ['acs_access_group.user_added', roof],
    ['acs_access_group.user_removed', gym],
  ])
  expect(events[1]?.data).toMatchObject({ acs_access_group_name: 'Gym', acs_user_name: 'Jane Doe' })
})

test('all of one action is one change', async () => {
  const [gym, pool] = groups
  await set([gym])
  const changeId = '0192f0c1-2345-7abc-8def-0123456789ab'
  await set([pool], { ...admin, changeId })
  const { events } = await everythingIn(admin)
  expect(events.filter((event) => event.changeId === changeId)).toHaveLength(2)
})

test('the same groups again change nothing, and none takes all away', async () => {
  await set(groups)
  const before = await everythingIn(admin)
  await set([...groups].reverse())
  expect(await everythingIn(admin)).toEqual(before)
  await set([])
  expect(await memberships()).toEqual([])
})

test('a group of another access system is refused, and nothing is written', async () => {
  const elsewhere = await addAccessGroup(admin, await addAccessSystem(admin, 'Pier 7'))
  await set([groups[0]])
  const before = await everythingIn(admin)
  expect(await refusalOf(set([groups[1], elsewhere]))).toMatchObject({ type: 'acs_access_group_not_found' })
  expect(await everythingIn(admin)).toEqual(before)
})

test('of two admins at once, the later has what they set, and no group twice', async () => {
  const [gym, pool, roof] = groups
  expect(await race([set([gym, pool]), set([pool, roof])])).toMatchObject({ winners: 2 })
  const after = await memberships()
  expect([[gym, pool].sort(), [pool, roof].sort()]).toContainEqual(after)
  const { events } = await everythingIn(admin)
  const balance = new Map<string | null, number>()
  for (const { eventType, acsAccessGroupId } of events) {
    const step = eventType === 'acs_access_group.user_added' ? 1 : -1
    balance.set(acsAccessGroupId, (balance.get(acsAccessGroupId) ?? 0) + step)
  }
  // The history adds up to what is.
  expect([...balance].flatMap(([id, number]) => (number === 0 ? [] : [[id, number]])).sort()).toEqual(
    after.map((id) => [id, 1]).sort(),
  )
})

test('the options are those of the ACS user’s access system, with its own marked', async () => {
  await addAccessGroup(admin, await addAccessSystem(admin, 'Pier 7'), 'Elsewhere')
  const door = await addEntrance(admin, house)
  await set([groups[1]])
  expect(await listAccessGroupOptions(admin.workspaceId, jane, door)).toEqual(
    ['Gym', 'Pool', 'Roof'].map((name, index) => ({
      acsAccessGroupId: groups[index],
      name,
      entranceCount: 0,
      isMember: name === 'Pool',
      opensEntrance: false,
    })),
  )
})
