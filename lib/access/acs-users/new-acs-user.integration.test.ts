import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  refusalOf,
} from '@/lib/testing/test-data'
import { createAcsUser } from './commands'
import { getAcsUser } from './queries'

let admin: Actor
let house: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
})

const create = (input: object) => createAcsUser(admin, { acs_system_id: house, full_name: 'Jane Doe', ...input })
const created = async (input: object) => getAcsUser(admin.workspaceId, (await create(input)).acsUserId)
const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'

async function expectRefused(input: object, refusal: object) {
  const before = await everythingIn(admin)
  expect(await refusalOf(create(input))).toMatchObject(refusal)
  expect(await everythingIn(admin)).toEqual(before)
}

describe('creating an ACS user', () => {
  test('keeps what was given, and the history says so', async () => {
    const acsUser = await created({ email_address: 'Jane@example.com', phone_number: '(555) 555-0110' })
    expect(acsUser).toMatchObject({
      acsSystemId: house,
      fullName: 'Jane Doe',
      emailAddress: 'Jane@example.com',
      phoneNumber: '(555) 555-0110',
      phoneNumberE164: '+15555550110',
      accessStartsAt: null,
      accessEndsAt: null,
      identity: null,
    })
    expect((await everythingIn(admin)).events).toMatchObject([
      {
        eventType: 'acs_user.created',
        acsUserId: acsUser.acsUserId,
        acsSystemId: house,
        userIdentityId: null,
        data: { acs_user_name: 'Jane Doe', acs_system_name: 'Harbor House' },
      },
    ])
  })

  test('keeps a phone number that is none as it is written', async () => {
    expect(await created({ phone_number: 'ask at desk' })).toMatchObject({
      phoneNumber: 'ask at desk',
      phoneNumberE164: null,
    })
  })

  test('reads the phone number in the workspace’s country', async () => {
    admin = await addWorkspace({ defaultCountry: 'GB' })
    house = await addAccessSystem(admin)
    expect(await created({ phone_number: '020 7946 0958' })).toMatchObject({ phoneNumberE164: '+442079460958' })
  })

  test('knows the older name of the email address', async () => {
    expect(await created({ email: 'jane@example.com' })).toMatchObject({ emailAddress: 'jane@example.com' })
    const both = { email: 'jane@example.com', email_address: 'jane@example.com' }
    expect(await created(both)).toMatchObject({ emailAddress: 'jane@example.com' })
  })

  test('with access groups and an identity does all of it', async () => {
    const userIdentityId = await addIdentity(admin, 'Jane Doe')
    const groups = [await addAccessGroup(admin, house, 'Residents'), await addAccessGroup(admin, house, 'Gym')]
    const given = { acs_access_group_ids: [...groups, groups[0]], user_identity_id: userIdentityId }
    expect(await created(given)).toMatchObject({
      identity: { userIdentityId },
      accessGroups: [{ name: 'Gym' }, { name: 'Residents' }],
    })
    expect((await everythingIn(admin)).events.map(({ eventType }) => eventType)).toEqual([
      'acs_user.created',
      'acs_access_group.user_added',
      'acs_access_group.user_added',
      'user_identity.acs_user_added',
    ])
  })
})

describe('a schedule', () => {
  const [start, end] = ['2026-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z']

  test('is kept', async () => {
    const schedule = { starts_at: '2026-01-01T01:00:00+01:00', ends_at: end }
    expect(await created({ access_schedule: schedule })).toMatchObject({ accessStartsAt: start, accessEndsAt: end })
  })

  test('that does not say when it starts, starts now', async () => {
    const from = Date.now()
    const acsUser = await created({ access_schedule: { ends_at: end } })
    expect(acsUser.accessEndsAt).toBe(end)
    expect(Date.parse(acsUser.accessStartsAt ?? '')).toBeGreaterThanOrEqual(from)
    expect(Date.parse(acsUser.accessStartsAt ?? '')).toBeLessThanOrEqual(Date.now())
  })

  test('without an end goes on', async () => {
    const schedule = { starts_at: start, ends_at: null }
    expect(await created({ access_schedule: schedule })).toMatchObject({ accessStartsAt: start, accessEndsAt: null })
  })

  test.each([{ starts_at: end, ends_at: start }, { starts_at: start, ends_at: start }, { ends_at: start }])(
    'that does not end after its start is refused beside its end: %j',
    async (schedule) => {
      await expectRefused(
        { access_schedule: schedule },
        { kind: 'invalid_input', fields: { 'access_schedule.ends_at': [expect.any(String)] } },
      )
    },
  )
})

describe('creating is refused, and nothing is written', () => {
  test.each([
    ['a blank name', { full_name: ' ' }, 'full_name'],
    ['no name', { full_name: undefined }, 'full_name'],
    ['a name of two lines', { full_name: 'a\nb' }, 'full_name'],
    ['an email address that is none', { email_address: 'jane' }, 'email_address'],
    ['an old email address that is none', { email: 'jane' }, 'email'],
    ['two email addresses', { email: 'a@example.com', email_address: 'b@example.com' }, 'email'],
    ['a phone with control characters', { phone_number: '555\u0000' }, 'phone_number'],
    ['an endless phone', { phone_number: '5'.repeat(41) }, 'phone_number'],
    ['an id that is none', { acs_system_id: 'x' }, 'acs_system_id'],
    ['a date that is none', { access_schedule: { starts_at: '2026-02-30T00:00:00Z' } }, 'access_schedule.starts_at'],
    ['the year 0', { access_schedule: { starts_at: '0000-01-01T00:00:00Z' } }, 'access_schedule.starts_at'],
    ['groups that are none', { acs_access_group_ids: 'all' }, 'acs_access_group_ids'],
  ])('for %s', async (_what, input, field) => {
    await expectRefused(input, { kind: 'invalid_input', fields: { [field]: expect.any(Array) } })
  })

  test('for what is not there', async () => {
    await expectRefused({ acs_system_id: nothing }, { type: 'acs_system_not_found' })
    await expectRefused({ acs_access_group_ids: [nothing] }, { type: 'acs_access_group_not_found' })
    await expectRefused({ user_identity_id: nothing }, { type: 'user_identity_not_found' })
  })

  test('for a group of another access system', async () => {
    const elsewhere = await addAccessGroup(admin, await addAccessSystem(admin))
    const groups = [await addAccessGroup(admin, house), elsewhere]
    await expectRefused({ acs_access_group_ids: groups }, { type: 'acs_access_group_not_found' })
  })

  test('for an identity that has an ACS user there', async () => {
    const userIdentityId = await addIdentity(admin)
    const present = await addAcsUser(admin, house, { userIdentityId })
    await expectRefused(
      { user_identity_id: userIdentityId },
      { type: 'acs_system_already_linked', data: { acs_user_id: present } },
    )
  })
})
