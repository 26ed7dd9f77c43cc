import { beforeAll, describe, expect, test } from 'vitest'
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
import { createUserIdentity } from './commands'
import { getUserIdentity } from './queries'

let admin: Actor
beforeAll(async () => {
  admin = await addWorkspace()
})

const jane = {
  full_name: 'Jane Doe',
  email_address: 'Jane.Doe@example.com',
  phone_number: '(555) 555-0110',
  user_identity_key: 'resident-1',
}

describe('creating a user identity', () => {
  test('keeps what was typed, normalised, and writes who did it into the history', async () => {
    const actor = await addWorkspace()
    const { userIdentityId } = await createUserIdentity({ ...actor, requestId: 'request 1' }, jane)
    expect(await getUserIdentity(actor.workspaceId, userIdentityId)).toMatchObject({
      displayName: 'Jane Doe',
      fullName: 'Jane Doe',
      emailAddress: 'Jane.Doe@example.com',
      phoneNumber: '+15555550110',
      userIdentityKey: 'resident-1',
      version: 1,
    })
    expect((await everythingIn(actor)).events).toMatchObject([
      {
        eventType: 'user_identity.created',
        userIdentityId,
        actorKind: 'member',
        actorId: actor.id,
        actorName: 'Dana Reyes',
        requestId: 'request 1',
        data: { user_identity_name: 'Jane Doe' },
      },
    ])
  })

  test('reads the phone number in the workspace’s country', async () => {
    const british = await addWorkspace({ defaultCountry: 'GB' })
    const { userIdentityId } = await createUserIdentity(british, { phone_number: '020 7946 0958' })
    expect(await getUserIdentity(british.workspaceId, userIdentityId)).toMatchObject({
      displayName: '+442079460958',
      phoneNumber: '+442079460958',
    })
  })

  test('leaves nothing when its event cannot be written', async () => {
    const nobody = { ...(await addWorkspace()), kind: 'nobody' as never }
    await expect(createUserIdentity(nobody, jane)).rejects.toThrow()
    expect(await everythingIn(nobody)).toMatchObject({ identities: [], events: [] })
  })

  test('in a workspace that is not there is refused', async () => {
    const nowhere = { ...admin, workspaceId: '0192f0c1-2345-7abc-8def-0123456789ab' }
    expect(await refusalOf(createUserIdentity(nowhere, jane))).toMatchObject({ type: 'workspace_not_found' })
  })
})

describe('a value that somebody has', () => {
  let holder: string
  beforeAll(async () => {
    holder = (await createUserIdentity(admin, jane)).userIdentityId
  })

  test.each([
    ['email_address', 'jane.doe@EXAMPLE.com', 'email address'],
    ['email_address', '  Jane.Doe@example.com ', 'email address'],
    ['phone_number', '+1 555-555-0110', 'phone number'],
    ['user_identity_key', 'resident-1', 'user identity key'],
  ])('is refused with who has it: %s %j', async (field, value, words) => {
    const before = await everythingIn(admin)
    const message = `“Jane Doe” already has this ${words}.`
    expect(await refusalOf(createUserIdentity(admin, { full_name: 'Other', [field]: value }))).toEqual({
      kind: 'conflict',
      type: `${field}_conflict`,
      message,
      fields: { [field]: [message] },
      data: { field, user_identity_id: holder },
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('is accepted in another workspace', async () => {
    const { userIdentityId } = await createUserIdentity(await addWorkspace(), jane)
    expect(userIdentityId).not.toBe(holder)
  })

  test('is accepted where it is no unique value: a name, or a key in other case', async () => {
    await createUserIdentity(admin, { full_name: 'Jane Doe', user_identity_key: 'RESIDENT-1' })
  })
})

describe('50 admins at once', () => {
  const inTurn = [(text: string) => text, (text: string) => text.toUpperCase(), (text: string) => ` ${text} `]

  test.each([
    ['email_address', 'race@example.com', 'email address'],
    ['phone_number', '(555) 555-0199', 'phone number'],
  ])('with one %s: one wins, and 49 read what a latecomer reads', async (field, value, words) => {
    const creating = Array.from({ length: 50 }, (_, number) =>
      createUserIdentity(admin, { full_name: 'Racer', [field]: inTurn[number % 3]?.(value) }),
    )
    const { winners, refusals } = await race(creating)
    expect(winners).toBe(1)
    expect(new Set(refusals.map(({ message }) => message))).toEqual(new Set([`“Racer” already has this ${words}.`]))
    expect(refusals[0]).toEqual(await refusalOf(createUserIdentity(admin, { [field]: value })))
  })

  test('with one key: one wins, and 49 read what a latecomer reads', async () => {
    const key = { full_name: 'Racer', user_identity_key: 'race' }
    const { winners, refusals } = await race(Array.from({ length: 50 }, () => createUserIdentity(admin, key)))
    expect(winners).toBe(1)
    const late = await refusalOf(createUserIdentity(admin, key))
    expect(late.message).toBe('“Racer” already has this user identity key.')
    for (const refusal of refusals) expect(refusal).toEqual(late)
  })
})

describe('creating with an ACS user to attach', () => {
  test('does both at once, and the history has both', async () => {
    const actor = await addWorkspace()
    const acsUserId = await addAcsUser(actor, await addAccessSystem(actor))
    const { userIdentityId } = await createUserIdentity(actor, { ...jane, acs_user_id: acsUserId })
    const { acsUsers, events } = await everythingIn(actor)
    expect(acsUsers).toMatchObject([{ acsUserId, userIdentityId, linkedBy: 'Dana Reyes' }])
    expect(events.map(({ eventType }) => eventType)).toEqual(['user_identity.created', 'user_identity.acs_user_added'])
  })

  test('does neither when somebody holds the ACS user, and says who', async () => {
    const actor = await addWorkspace()
    const holder = await addIdentity(actor, 'Holder')
    const acsUserId = await addAcsUser(actor, await addAccessSystem(actor), { userIdentityId: holder })
    const before = await everythingIn(actor)
    expect(await refusalOf(createUserIdentity(actor, { ...jane, acs_user_id: acsUserId }))).toMatchObject({
      type: 'acs_user_already_linked',
      message: '“Jane Doe” is attached to “Holder”.',
      data: { acs_user_id: acsUserId, user_identity_id: holder, user_identity_display_name: 'Holder' },
    })
    expect(await everythingIn(actor)).toEqual(before)
  })

  test('does neither when the ACS user is another workspace’s', async () => {
    const elsewhere = await addWorkspace()
    const acsUserId = await addAcsUser(elsewhere, await addAccessSystem(elsewhere))
    const before = await everythingIn(admin)
    const creating = createUserIdentity(admin, { full_name: 'New', acs_user_id: acsUserId })
    expect(await refusalOf(creating)).toMatchObject({ kind: 'not_found', type: 'acs_user_not_found' })
    expect(await everythingIn(admin)).toEqual(before)
  })
})

describe('creating with access systems', () => {
  const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'

  test('links the ACS user that matches and creates one where none does, once for each', async () => {
    const actor = await addWorkspace()
    const [house, pier] = [await addAccessSystem(actor), await addAccessSystem(actor)]
    const matching = await addAcsUser(actor, house, { emailAddress: 'jane.doe@example.com' })
    const { userIdentityId } = await createUserIdentity(actor, { ...jane, acs_system_ids: [pier, house, pier] })
    const { acsUsers, events } = await everythingIn(actor)
    expect(acsUsers).toMatchObject([
      { acsUserId: matching, acsSystemId: house, userIdentityId },
      { acsSystemId: pier, userIdentityId, fullName: 'Jane Doe', phoneNumberE164: '+15555550110' },
    ])
    expect(events.map(({ eventType }) => eventType).sort()).toEqual([
      'acs_user.created',
      'user_identity.acs_user_added',
      'user_identity.acs_user_added',
      'user_identity.created',
    ])
  })

  test('and an ACS user of one of them attaches that one', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addAccessSystem(actor)
    const acsUserId = await addAcsUser(actor, acsSystemId, { fullName: 'Somebody' })
    await createUserIdentity(actor, { ...jane, acs_user_id: acsUserId, acs_system_ids: [acsSystemId] })
    expect((await everythingIn(actor)).acsUsers).toMatchObject([{ acsUserId, fullName: 'Somebody' }])
  })

  test('does nothing at all where it cannot do all of it', async () => {
    const actor = await addWorkspace()
    const acsSystemId = await addAccessSystem(actor)
    await addAcsUser(actor, acsSystemId, { emailAddress: 'jane.doe@example.com' })
    const before = await everythingIn(actor)
    const systems = [acsSystemId, nothing]
    expect(await refusalOf(createUserIdentity(actor, { ...jane, acs_system_ids: systems }))).toMatchObject({
      type: 'acs_system_not_found',
    })
    const keyAlone = { user_identity_key: 'resident-2', acs_system_ids: [acsSystemId] }
    expect(await refusalOf(createUserIdentity(actor, keyAlone))).toMatchObject({ kind: 'invalid_input' })
    for (const wrong of ['all', [7], ['x'], Array(101).fill(acsSystemId)]) {
      expect(await refusalOf(createUserIdentity(actor, { ...jane, acs_system_ids: wrong }))).toMatchObject({
        kind: 'invalid_input',
      })
    }
    expect(await everythingIn(actor)).toEqual(before)
  })
})
