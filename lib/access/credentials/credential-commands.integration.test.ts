import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { assignCredential, createCredential, deleteCredential, unassignCredential, updateCredential } from './commands'

let admin: Actor
let house: string
let jane: string
let acsUserId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
  acsUserId = await addAcsUser(admin, house, { fullName: 'Doe, J.', userIdentityId: jane })
})

const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'
const names = { acs_user_name: 'Doe, J.', acs_system_name: 'Harbor House', user_identity_name: 'Jane Doe' }
const [start, end] = ['2026-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z']
const credentialsOf = async () => (await everythingIn(admin)).credentials
const eventTypes = async () => (await everythingIn(admin)).events.map(({ eventType }) => eventType)

async function expectRefused(attempt: () => Promise<unknown>, refusal: object) {
  const before = await everythingIn(admin)
  expect(await refusalOf(attempt())).toMatchObject(refusal)
  expect(await everythingIn(admin)).toEqual(before)
}

async function expectUnchanged(run: () => Promise<unknown>) {
  const before = await everythingIn(admin)
  await run()
  expect(await everythingIn(admin)).toEqual(before)
}

describe('creating a credential', () => {
  const create = (input: object) => createCredential(admin, { access_method: 'mobile_key', ...input })

  test('for an ACS user keeps what was given, and it is issued', async () => {
    const acsEntranceId = await addEntrance(admin, house)
    const { acsCredentialId } = await create({
      acs_user_id: acsUserId,
      access_method: 'code',
      code: '1234',
      starts_at: start,
      ends_at: end,
      allowed_acs_entrance_ids: [acsEntranceId, acsEntranceId],
    })
    expect(await everythingIn(admin)).toMatchObject({
      credentials: [
        {
          acsCredentialId,
          acsSystemId: house,
          acsUserId,
          accessMethod: 'code',
          displayName: 'Door code – Doe, J.',
          code: '1234',
          startsAt: new Date(start),
          endsAt: new Date(end),
          isIssued: true,
          issuedAt: expect.any(Date),
        },
      ],
      credentialEntrances: [{ acsCredentialId, acsEntranceId, acsSystemId: house }],
      events: [
        {
          eventType: 'acs_credential.issued',
          acsCredentialId,
          acsUserId,
          acsSystemId: house,
          userIdentityId: jane,
          data: names,
        },
      ],
    })
  })

  test('for an identity uses its ACS user in the access system, or makes one', async () => {
    const pier = await addAccessSystem(admin, 'Pier 7')
    await create({ user_identity_id: jane, acs_system_id: house })
    await create({ user_identity_id: jane, acs_system_id: pier, access_method: 'card' })
    const made = (await everythingIn(admin)).acsUsers.find((row) => row.acsSystemId === pier)
    expect(made).toMatchObject({ userIdentityId: jane })
    expect(await credentialsOf()).toMatchObject([
      { acsUserId, acsSystemId: house, displayName: 'Mobile key – Doe, J.' },
      { acsUserId: made?.acsUserId, acsSystemId: pier, displayName: 'Card – Jane Doe' },
    ])
  })

  test('for nobody yet is fine in an access system', async () => {
    await create({ acs_system_id: house })
    expect(await credentialsOf()).toMatchObject([{ acsUserId: null, acsSystemId: house, displayName: 'Mobile key' }])
    expect((await everythingIn(admin)).events).toMatchObject([
      {
        eventType: 'acs_credential.issued',
        acsUserId: null,
        acsSystemId: house,
        data: { acs_system_name: 'Harbor House' },
      },
    ])
  })

  test.each<[string, object, string]>([
    ['an unknown method', { access_method: 'fingerprint' }, 'access_method'],
    ['a code of a card', { access_method: 'card', code: '1234' }, 'code'],
    ['an empty code', { access_method: 'code', code: '' }, 'code'],
    ['a code of other characters', { access_method: 'code', code: '12-34' }, 'code'],
    ['an endless code', { access_method: 'code', code: '1'.repeat(31) }, 'code'],
    ['an end before the start', { starts_at: end, ends_at: start }, 'ends_at'],
    ['a date that is none', { starts_at: 'today' }, 'starts_at'],
    ['entrances that are none', { allowed_acs_entrance_ids: ['x'] }, 'allowed_acs_entrance_ids.0'],
  ])('is refused for %s', async (_what, input, field) => {
    const refusal = { kind: 'invalid_input', fields: { [field]: expect.any(Array) } }
    await expectRefused(() => create({ acs_user_id: acsUserId, ...input }), refusal)
  })

  test('is refused where it is not said for whom or where', async () => {
    await expectRefused(() => create({}), { kind: 'invalid_input' })
    await expectRefused(() => create({ user_identity_id: jane }), { kind: 'invalid_input' })
  })

  test('is refused for what is not there, or not of this access system', async () => {
    const pier = await addAccessSystem(admin, 'Pier 7')
    const elsewhere = await addEntrance(admin, pier)
    const target = { acs_user_id: acsUserId }
    await expectRefused(() => create({ acs_user_id: nothing }), { type: 'acs_user_not_found' })
    await expectRefused(() => create({ ...target, acs_system_id: pier }), { type: 'acs_user_not_found' })
    await expectRefused(() => create({ ...target, user_identity_id: nothing }), { type: 'acs_user_not_found' })
    await expectRefused(() => create({ acs_system_id: nothing }), { type: 'acs_system_not_found' })
    await expectRefused(() => create({ acs_system_id: house, user_identity_id: nothing }), {
      type: 'user_identity_not_found',
    })
    await expectRefused(() => create({ ...target, allowed_acs_entrance_ids: [elsewhere] }), {
      type: 'acs_entrance_not_found',
    })
    // The ACS user that would have been made goes too.
    await expectRefused(
      () => create({ acs_system_id: pier, user_identity_id: jane, allowed_acs_entrance_ids: [nothing] }),
      { type: 'acs_entrance_not_found' },
    )
  })
})

describe('changing a credential', () => {
  let acsCredentialId: string
  beforeEach(async () => {
    const details = { accessMethod: 'code', code: '1234', startsAt: new Date(start) } as const
    acsCredentialId = await addCredential(admin, { acsSystemId: house, acsUserId }, details)
  })
  const update = (input: object) => updateCredential(admin, { acs_credential_id: acsCredentialId, ...input })

  test('writes what was given; the history hides the code', async () => {
    await update({ code: '5678', ends_at: end })
    expect(await credentialsOf()).toMatchObject([{ code: '5678', startsAt: new Date(start), endsAt: new Date(end) }])
    const { events } = await everythingIn(admin)
    expect(events).toMatchObject([
      {
        eventType: 'acs_credential.updated',
        acsCredentialId,
        acsUserId,
        userIdentityId: jane,
        data: { ...names, changes: { code: { from: '••••', to: '••••' }, ends_at: { from: null, to: end } } },
      },
    ])
    expect(JSON.stringify(events)).not.toMatch(/1234"|5678"/)
  })

  test('to what it is already changes nothing', async () => {
    await update({ ends_at: end })
    await expectUnchanged(() => update({}))
    await expectUnchanged(() => update({ code: '1234', ends_at: end }))
  })

  test('is refused where it cannot be', async () => {
    const card = await addCredential(admin, { acsSystemId: house, acsUserId }, { accessMethod: 'card' })
    const refusedBeside = (field: string) => ({ kind: 'invalid_input', fields: { [field]: expect.any(Array) } })
    await expectRefused(() => update({ ends_at: start }), refusedBeside('ends_at'))
    await expectRefused(() => update({ code: '' }), refusedBeside('code'))
    await expectRefused(() => update({ acs_credential_id: card, code: '1' }), refusedBeside('code'))
    await expectRefused(() => update({ acs_credential_id: 'x' }), refusedBeside('acs_credential_id'))
    await expectRefused(() => update({ acs_credential_id: nothing }), { type: 'acs_credential_not_found' })
  })
})

describe('whose a credential is', () => {
  let free: string
  beforeEach(async () => {
    free = await addCredential(admin, { acsSystemId: house, acsUserId: null })
  })
  const assign = (input: object) => assignCredential(admin, { acs_credential_id: free, ...input })
  const unassign = (input: object) => unassignCredential(admin, { acs_credential_id: free, ...input })

  test.each<[string, () => object]>([
    ['ACS user', () => ({ acs_user_id: acsUserId })],
    ['identity', () => ({ user_identity_id: jane })],
  ])('changes by %s, and its name and the history follow', async (_by, member) => {
    await assign(member())
    expect(await credentialsOf()).toMatchObject([{ acsUserId, displayName: 'Mobile key – Doe, J.' }])
    await expectUnchanged(() => assign(member()))
    await unassign(member())
    expect(await credentialsOf()).toMatchObject([{ acsUserId: null, displayName: 'Mobile key' }])
    await expectUnchanged(() => unassign(member()))
    const about = { acsCredentialId: free, acsUserId, acsSystemId: house, userIdentityId: jane, data: names }
    expect((await everythingIn(admin)).events).toMatchObject([
      { eventType: 'acs_credential.assigned', ...about },
      { eventType: 'acs_credential.unassigned', ...about },
    ])
  })

  test('changes, and a name of its own stays', async () => {
    free = await addCredential(admin, { acsSystemId: house, acsUserId: null }, { displayName: 'Blue card' })
    await assign({ acs_user_id: acsUserId })
    expect((await credentialsOf()).find((row) => row.acsCredentialId === free)).toMatchObject({
      acsUserId,
      displayName: 'Blue card',
    })
  })

  test('is not changed by assigning what is another’s, who is named', async () => {
    const other = await addAcsUser(admin, house, { fullName: 'Other' })
    await assign({ acs_user_id: other })
    await expectRefused(() => assign({ acs_user_id: acsUserId }), {
      kind: 'conflict',
      type: 'acs_credential_already_assigned',
      message: 'This credential belongs to “Other”. Unassign it first.',
      data: { acs_credential_id: free, acs_user_id: other },
    })
    await expectRefused(() => unassign({ user_identity_id: jane }), {
      kind: 'invalid_input',
      message: 'This credential is not assigned to “Doe, J.”.',
    })
  })

  test('is not changed for nobody, for another access system’s, or for what is not there', async () => {
    const stranger = await addAcsUser(admin, await addAccessSystem(admin))
    const john = await addIdentity(admin, 'John Roe')
    for (const command of [assign, unassign]) {
      await expectRefused(() => command({}), { kind: 'invalid_input' })
      await expectRefused(() => command({ acs_user_id: stranger }), {
        kind: 'invalid_input',
        message: 'The ACS user and the credential are not of the same access system.',
      })
      await expectRefused(() => command({ user_identity_id: john }), { type: 'acs_user_not_found' })
      await expectRefused(() => command({ acs_user_id: nothing }), { type: 'acs_user_not_found' })
      await expectRefused(() => command({ acs_user_id: acsUserId, acs_credential_id: nothing }), {
        type: 'acs_credential_not_found',
      })
    }
  })

  test('in a race for it one wins, and the others read who', async () => {
    const others = await Promise.all(
      [1, 2, 3].map((number) => addAcsUser(admin, house, { fullName: `Other ${number}` })),
    )
    const { winners, refusals } = await race(others.map((other) => assign({ acs_user_id: other })))
    const winner = (await credentialsOf())[0]?.acsUserId
    expect(winners).toBe(1)
    expect(refusals.map(({ data }) => data?.acs_user_id)).toEqual([winner, winner])
    expect(await eventTypes()).toEqual(['acs_credential.assigned'])
  })
})

describe('deleting a credential', () => {
  test('leaves the ACS user, and a line in the history', async () => {
    const acsCredentialId = await addCredential(admin, { acsSystemId: house, acsUserId })
    await deleteCredential(admin, { acs_credential_id: acsCredentialId })
    expect(await everythingIn(admin)).toMatchObject({
      credentials: [],
      acsUsers: [{ acsUserId }],
      events: [{ eventType: 'acs_credential.deleted', acsCredentialId, acsUserId, userIdentityId: jane, data: names }],
    })
  })

  test('is refused for what is none or not there, and twice at once it happens once', async () => {
    await expectRefused(() => deleteCredential(admin, { acs_credential_id: 'x' }), { kind: 'invalid_input' })
    await expectRefused(() => deleteCredential(admin, { acs_credential_id: nothing }), {
      type: 'acs_credential_not_found',
    })
    const acsCredentialId = await addCredential(admin, { acsSystemId: house, acsUserId: null })
    const { refusals } = await race([1, 2].map(() => deleteCredential(admin, { acs_credential_id: acsCredentialId })))
    expect(refusals).toMatchObject([{ type: 'acs_credential_not_found' }])
    expect(await eventTypes()).toEqual(['acs_credential.deleted'])
  })
})
