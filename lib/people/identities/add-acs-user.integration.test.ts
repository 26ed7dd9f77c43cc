import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { addAcsUserToUserIdentity } from './commands'

let admin: Actor
let house: string
let acsUserId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  acsUserId = await addAcsUser(admin, house, {
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '(555) 555-0110',
  })
})

const key = 'resident-1'
const add = (input: object) => addAcsUserToUserIdentity(admin, { acs_user_id: acsUserId, ...input })
const eventTypes = async () => (await everythingIn(admin)).events.map(({ eventType }) => eventType)
const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'

async function expectRefused(input: object, refusal: object) {
  const before = await everythingIn(admin)
  expect(await refusalOf(add(input))).toMatchObject(refusal)
  expect(await everythingIn(admin)).toEqual(before)
}

describe('adding an ACS user', () => {
  test('by an identity’s id or key attaches it, and again changes nothing', async () => {
    const jane = await addIdentity(admin, { fullName: 'Jane', userIdentityKey: key })
    await add({ user_identity_id: jane })
    expect((await everythingIn(admin)).acsUsers).toMatchObject([{ acsUserId, userIdentityId: jane }])
    const before = await everythingIn(admin)
    await add({ user_identity_key: key })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('by a key that is somebody’s attaches it to them', async () => {
    const jane = await addIdentity(admin, { fullName: 'Jane', userIdentityKey: key })
    await add({ user_identity_key: ` ${key} ` })
    expect((await everythingIn(admin)).acsUsers).toMatchObject([{ acsUserId, userIdentityId: jane }])
  })

  test('by a key that is nobody’s creates the identity from the ACS user’s details', async () => {
    await add({ user_identity_key: key })
    const { identities, acsUsers } = await everythingIn(admin)
    expect(identities).toMatchObject([
      { fullName: 'Jane Doe', emailAddress: 'jane@example.com', phoneNumber: '+15555550110', userIdentityKey: key },
    ])
    expect(acsUsers).toMatchObject([{ acsUserId, userIdentityId: identities[0]?.userIdentityId }])
    expect(await eventTypes()).toEqual(['user_identity.created', 'user_identity.acs_user_added'])
  })

  test('leaves out what the access system holds in place of an email address or a phone number', async () => {
    const strange = { fullName: 'J', emailAddress: 'no mail', phoneNumber: 'ask at desk' }
    const other = await addAcsUser(admin, house, strange)
    await add({ acs_user_id: other, user_identity_key: key })
    expect((await everythingIn(admin)).identities).toMatchObject([
      { fullName: 'J', emailAddress: null, phoneNumber: null, userIdentityKey: key },
    ])
  })
})

describe('adding is refused, and nothing is written', () => {
  test('for both or neither of id and key, and for what can be none', async () => {
    const message = 'Send either user_identity_id or user_identity_key.'
    await expectRefused({}, { kind: 'invalid_input', message })
    await expectRefused({ user_identity_id: nothing, user_identity_key: key }, { kind: 'invalid_input', message })
    await expectRefused({ user_identity_key: ' ' }, { kind: 'invalid_input' })
    await expectRefused({ acs_user_id: 'x', user_identity_key: key }, { kind: 'invalid_input' })
  })

  test('for what is not there', async () => {
    await expectRefused({ user_identity_id: nothing }, { type: 'user_identity_not_found' })
    await expectRefused({ acs_user_id: nothing, user_identity_key: key }, { type: 'acs_user_not_found' })
  })

  test('for an ACS user that another holds, who is named, by key as by id', async () => {
    const holder = await addIdentity(admin, { fullName: 'Holder', emailAddress: 'jane@example.com' })
    acsUserId = await addAcsUser(admin, house, { emailAddress: 'jane@example.com', userIdentityId: holder })
    const john = await addIdentity(admin, 'John Roe')
    const refusal = { type: 'acs_user_already_linked', data: { user_identity_id: holder } }
    await expectRefused({ user_identity_id: john }, refusal)
    await expectRefused({ user_identity_key: key }, refusal)
  })

  test('for a new key when another identity has the email address or the phone number', async () => {
    const holder = await addIdentity(admin, { phoneNumber: '+15555550110' })
    const refusal = { type: 'phone_number_conflict', data: { user_identity_id: holder } }
    await expectRefused({ user_identity_key: key }, refusal)
  })
})

describe('one new key at once', () => {
  test('for one ACS user: all succeed, and there is one identity', async () => {
    const { refusals } = await race(Array.from({ length: 5 }, () => add({ user_identity_key: key })))
    expect(refusals).toEqual([])
    expect((await everythingIn(admin)).identities).toHaveLength(1)
    expect(await eventTypes()).toEqual(['user_identity.created', 'user_identity.acs_user_added'])
  })

  test('for ACS users of two access systems: one identity gets both', async () => {
    const other = await addAcsUser(admin, await addAccessSystem(admin), { emailAddress: 'jane@example.com' })
    const { refusals } = await race([
      add({ user_identity_key: key }),
      add({ acs_user_id: other, user_identity_key: key }),
    ])
    const { identities, acsUsers } = await everythingIn(admin)
    expect(refusals).toEqual([])
    expect(identities).toHaveLength(1)
    expect(acsUsers.map(({ userIdentityId }) => userIdentityId)).toEqual(Array(2).fill(identities[0]?.userIdentityId))
  })
})
