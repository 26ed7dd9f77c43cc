import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addEntrance,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { grantAccessToEntrance } from './commands'

let admin: Actor
let house: string
let jane: string
let acsUserId: string
let acsEntranceId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, 'Jane Doe')
  acsUserId = await addAcsUser(admin, house, { fullName: 'Doe, J.', userIdentityId: jane })
  acsEntranceId = await addEntrance(admin, house, 'Front door')
})

const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'
const grant = (input: object) => grantAccessToEntrance(admin, { acs_entrance_id: acsEntranceId, ...input })

test.each<[string, () => object]>([
  ['an ACS user', () => ({ acs_user_id: acsUserId })],
  ['an identity’s ACS user', () => ({ user_identity_id: jane })],
])('%s is granted access, once, and the history says so', async (_who, member) => {
  await grant(member())
  const before = await everythingIn(admin)
  expect(before.acsUserEntrances).toMatchObject([{ acsUserId, acsEntranceId, acsSystemId: house }])
  expect(before.events).toMatchObject([
    {
      eventType: 'acs_user.access_granted',
      acsEntranceId,
      acsUserId,
      acsSystemId: house,
      userIdentityId: jane,
      data: {
        acs_user_name: 'Doe, J.',
        acs_system_name: 'Harbor House',
        acs_entrance_name: 'Front door',
        user_identity_name: 'Jane Doe',
      },
    },
  ])
  await grant(member())
  expect(await everythingIn(admin)).toEqual(before)
})

test('it is refused for nobody, for somebody of another access system, and for what is not there', async () => {
  const stranger = await addAcsUser(admin, await addAccessSystem(admin))
  const john = await addIdentity(admin, 'John Roe')
  const before = await everythingIn(admin)
  expect(await refusalOf(grant({}))).toMatchObject({ kind: 'invalid_input' })
  expect(await refusalOf(grant({ acs_user_id: acsUserId, acs_entrance_id: 'x' }))).toMatchObject({
    kind: 'invalid_input',
  })
  expect(await refusalOf(grant({ acs_user_id: stranger }))).toMatchObject({
    kind: 'invalid_input',
    message: 'The ACS user and the entrance are not of the same access system.',
  })
  expect(await refusalOf(grant({ user_identity_id: john }))).toMatchObject({ type: 'acs_user_not_found' })
  expect(await refusalOf(grant({ acs_user_id: nothing }))).toMatchObject({ type: 'acs_user_not_found' })
  expect(await refusalOf(grant({ acs_user_id: acsUserId, acs_entrance_id: nothing }))).toMatchObject({
    type: 'acs_entrance_not_found',
  })
  expect(await everythingIn(admin)).toEqual(before)
})

test('five times at once happens once', async () => {
  const { winners } = await race(Array.from({ length: 5 }, () => grant({ acs_user_id: acsUserId })))
  const { acsUserEntrances, events } = await everythingIn(admin)
  expect([winners, acsUserEntrances.length, events.length]).toEqual([5, 1, 1])
})
