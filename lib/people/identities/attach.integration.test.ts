import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  refusalOf,
} from '@/lib/testing/test-data'
import { attachAcsUser, detachAcsUser } from './commands'

let admin: Actor
let system: string
let jane: string
let john: string
let acsUserId: string

beforeEach(async () => {
  admin = await addWorkspace()
  system = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, 'Jane Doe')
  john = await addIdentity(admin, 'John Roe')
  acsUserId = await addAcsUser(admin, system, { fullName: 'Doe, J.' })
})

const attach = (userIdentityId: string, moveFrom?: string | null) =>
  attachAcsUser(admin, { userIdentityId, acsUserId, moveFrom })
const detach = (userIdentityId: string) => detachAcsUser(admin, { userIdentityId, acsUserId })
const holder = async () => (await everythingIn(admin)).acsUsers.find((row) => row.acsUserId === acsUserId)
const history = async () =>
  (await everythingIn(admin)).events.map(({ eventType, userIdentityId }) => [eventType, userIdentityId])

describe('attaching an ACS user', () => {
  test('links it, dated and signed, and writes it into the history with the names of today', async () => {
    await attach(jane)
    expect(await holder()).toMatchObject({ userIdentityId: jane, linkedAt: expect.any(Date), linkedBy: 'Dana Reyes' })
    expect((await everythingIn(admin)).events).toMatchObject([
      {
        eventType: 'user_identity.acs_user_added',
        userIdentityId: jane,
        acsUserId,
        acsSystemId: system,
        data: { user_identity_name: 'Jane Doe', acs_user_name: 'Doe, J.', acs_system_name: 'Harbor House' },
      },
    ])
  })

  test('that is attached already succeeds and changes nothing', async () => {
    await attach(jane)
    const before = await everythingIn(admin)
    await attach(jane)
    await attach(jane, john)
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('that somebody else holds is refused with who it is', async () => {
    await attach(jane)
    const before = await everythingIn(admin)
    expect(await refusalOf(attach(john))).toEqual({
      kind: 'conflict',
      type: 'acs_user_already_linked',
      message: '“Doe, J.” is attached to “Jane Doe”.',
      data: { acs_user_id: acsUserId, user_identity_id: jane, user_identity_display_name: 'Jane Doe' },
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('to somebody who has one in that access system is refused with which it is', async () => {
    const present = await addAcsUser(admin, system, { fullName: 'Present', userIdentityId: jane })
    const before = await everythingIn(admin)
    expect(await refusalOf(attach(jane))).toEqual({
      kind: 'conflict',
      type: 'acs_system_already_linked',
      message: 'This user identity already has “Present” in this access system. Detach that ACS user first.',
      data: { user_identity_id: jane, acs_system_id: system, acs_user_id: present },
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('to somebody who has one in another access system is fine', async () => {
    await addAcsUser(admin, await addAccessSystem(admin, 'Pier 7'), { userIdentityId: jane })
    await attach(jane)
    expect(await holder()).toMatchObject({ userIdentityId: jane })
  })

  test('leaves it free when the event cannot be written', async () => {
    const nobody = { ...admin, kind: 'nobody' as never }
    await expect(attachAcsUser(nobody, { userIdentityId: jane, acsUserId })).rejects.toThrow()
    expect(await holder()).toMatchObject({ userIdentityId: null })
  })
})

describe('moving an ACS user', () => {
  beforeEach(() => attach(jane))

  test('from who is known to hold it takes it from the one and gives it to the other', async () => {
    await attach(john, jane)
    expect(await holder()).toMatchObject({ userIdentityId: john })
    expect((await history()).slice(1)).toEqual([
      ['user_identity.acs_user_removed', jane],
      ['user_identity.acs_user_added', john],
    ])
  })

  test('is refused when the holder changed meanwhile', async () => {
    const third = await addIdentity(admin, 'Third')
    await attach(third, jane)
    expect(await refusalOf(attach(john, jane))).toMatchObject({
      type: 'acs_user_already_linked',
      data: { user_identity_id: third },
    })
    expect(await holder()).toMatchObject({ userIdentityId: third })
  })

  test('that nobody holds any more attaches it', async () => {
    await detach(jane)
    await attach(john, jane)
    expect(await holder()).toMatchObject({ userIdentityId: john })
    expect((await history()).filter(([, id]) => id === john)).toEqual([['user_identity.acs_user_added', john]])
  })

  test('to somebody who has one in that access system leaves it where it was', async () => {
    const present = await addAcsUser(admin, system, { fullName: 'Present', userIdentityId: john })
    expect(await refusalOf(attach(john, jane))).toMatchObject({
      type: 'acs_system_already_linked',
      data: { acs_user_id: present },
    })
    expect(await holder()).toMatchObject({ userIdentityId: jane })
  })
})

describe('detaching an ACS user', () => {
  test('frees it and keeps it in its access system', async () => {
    await attach(jane)
    await detach(jane)
    expect(await holder()).toMatchObject({ userIdentityId: null, linkedAt: null, linkedBy: null, fullName: 'Doe, J.' })
    expect((await everythingIn(admin)).events.at(-1)).toMatchObject({
      eventType: 'user_identity.acs_user_removed',
      userIdentityId: jane,
      acsUserId,
      acsSystemId: system,
      data: { user_identity_name: 'Jane Doe', acs_user_name: 'Doe, J.', acs_system_name: 'Harbor House' },
    })
  })

  test('that is not attached, or to somebody else, changes nothing', async () => {
    await detach(jane)
    await attach(john)
    const before = await everythingIn(admin)
    await detach(jane)
    expect(await everythingIn(admin)).toEqual(before)
  })
})

describe('what is not there', () => {
  const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'

  test('is not found, neither to attach nor to detach', async () => {
    for (const command of [attachAcsUser, detachAcsUser]) {
      expect(await refusalOf(command(admin, { userIdentityId: nothing, acsUserId }))).toMatchObject({
        kind: 'not_found',
        type: 'user_identity_not_found',
      })
      expect(await refusalOf(command(admin, { userIdentityId: jane, acsUserId: nothing }))).toMatchObject({
        kind: 'not_found',
        type: 'acs_user_not_found',
      })
    }
  })

  test('an id of a user identity is no id of an ACS user', async () => {
    expect(await refusalOf(attachAcsUser(admin, { userIdentityId: acsUserId, acsUserId: jane }))).toMatchObject({
      type: 'user_identity_not_found',
    })
  })
})
