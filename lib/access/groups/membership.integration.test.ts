import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup } from './commands'

let admin: Actor
let house: string
let jane: string
let acsUserId: string
let acsAccessGroupId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, 'Jane Doe')
  acsUserId = await addAcsUser(admin, house, { fullName: 'Doe, J.', userIdentityId: jane })
  acsAccessGroupId = await addAccessGroup(admin, house, 'Residents')
})

const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'
const add = (input: object) => addAcsUserToAccessGroup(admin, { acs_access_group_id: acsAccessGroupId, ...input })
const remove = (input: object) =>
  removeAcsUserFromAccessGroup(admin, { acs_access_group_id: acsAccessGroupId, ...input })
const members = async () => (await everythingIn(admin)).groupMembers

test('an ACS user is added and removed, by its id or its identity’s, and the history says so', async () => {
  const other = await addAcsUser(admin, house, { fullName: 'Other' })
  await add({ acs_user_id: other })
  await add({ user_identity_id: jane })
  expect((await members()).map((member) => member.acsUserId).sort()).toEqual([acsUserId, other].sort())
  await remove({ user_identity_id: jane })
  expect(await members()).toMatchObject([{ acsUserId: other, acsAccessGroupId, acsSystemId: house }])
  await add({ acs_user_id: acsUserId, user_identity_id: jane })
  await remove({ acs_user_id: acsUserId })
  const about = {
    acsAccessGroupId,
    acsSystemId: house,
    acsUserId,
    userIdentityId: jane,
    data: {
      acs_user_name: 'Doe, J.',
      acs_system_name: 'Harbor House',
      acs_access_group_name: 'Residents',
      user_identity_name: 'Jane Doe',
    },
  }
  expect((await everythingIn(admin)).events.slice(1)).toMatchObject([
    { eventType: 'acs_access_group.user_added', ...about },
    { eventType: 'acs_access_group.user_removed', ...about },
    { eventType: 'acs_access_group.user_added', ...about },
    { eventType: 'acs_access_group.user_removed', ...about },
  ])
})

test('who is in it already stays, and who is not in it stays out, without any event', async () => {
  let before = await everythingIn(admin)
  await remove({ acs_user_id: acsUserId })
  expect(await everythingIn(admin)).toEqual(before)
  await add({ acs_user_id: acsUserId })
  before = await everythingIn(admin)
  await add({ acs_user_id: acsUserId })
  expect(await everythingIn(admin)).toEqual(before)
})

test('both are refused for nobody, for somebody of another access system, and for what is not there', async () => {
  const pier = await addAccessSystem(admin, 'Pier 7')
  const stranger = await addAcsUser(admin, pier)
  const john = await addIdentity(admin, 'John Roe')
  await addAcsUser(admin, pier, { userIdentityId: john })
  const before = await everythingIn(admin)
  for (const command of [add, remove]) {
    expect(await refusalOf(command({}))).toMatchObject({
      kind: 'invalid_input',
      message: 'Send acs_user_id or user_identity_id.',
    })
    expect(await refusalOf(command({ acs_user_id: 'x' }))).toMatchObject({ kind: 'invalid_input' })
    expect(await refusalOf(command({ acs_user_id: stranger }))).toMatchObject({
      kind: 'invalid_input',
      message: 'The ACS user and the access group are not of the same access system.',
    })
    expect(await refusalOf(command({ user_identity_id: john }))).toMatchObject({ type: 'acs_user_not_found' })
    expect(await refusalOf(command({ acs_user_id: nothing }))).toMatchObject({ type: 'acs_user_not_found' })
    expect(await refusalOf(command({ acs_user_id: acsUserId, user_identity_id: john }))).toMatchObject({
      type: 'acs_user_not_found',
    })
    expect(await refusalOf(command({ acs_user_id: acsUserId, acs_access_group_id: nothing }))).toMatchObject({
      type: 'acs_access_group_not_found',
    })
  }
  expect(await everythingIn(admin)).toEqual(before)
})

test('five times at once happens once', async () => {
  const times = <Result>(run: () => Promise<Result>) => race(Array.from({ length: 5 }, run))
  expect((await times(() => add({ acs_user_id: acsUserId }))).winners).toBe(5)
  expect((await times(() => remove({ acs_user_id: acsUserId }))).winners).toBe(5)
  expect((await everythingIn(admin)).events.map(({ eventType }) => eventType)).toEqual([
    'acs_access_group.user_added',
    'acs_access_group.user_removed',
  ])
})
