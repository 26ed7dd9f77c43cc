import { beforeEach, expect, test } from 'vitest'
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
import { alignProfiles } from './commands'

let admin: Actor
let jane: string
let inHouse: string
let atPier: string
beforeEach(async () => {
  admin = await addWorkspace()
  jane = await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
  const details = { userIdentityId: jane, fullName: 'J. Doe', emailAddress: 'old@example.com' }
  inHouse = await addAcsUser(admin, await addAccessSystem(admin, 'Harbor House'), details)
  atPier = await addAcsUser(admin, await addAccessSystem(admin, 'Pier 7'), details)
})

const align = (input: object) => alignProfiles(admin, { user_identity_id: jane, version: 1, ...input })
const both = (values: object) => [inHouse, atPier].map((acs_user_id) => ({ acs_user_id, ...values }))

async function expectRefused(input: object, refusal: object) {
  const before = await everythingIn(admin)
  expect(await refusalOf(align(input))).toMatchObject(refusal)
  expect(await everythingIn(admin)).toEqual(before)
}

test('values are written to the person and to ACS users, as one change', async () => {
  const changeId = '0192f0c1-2345-7abc-8def-0123456789ab'
  await alignProfiles(
    { ...admin, changeId },
    {
      user_identity_id: jane,
      version: (await everythingIn(admin)).identities[0]?.version,
      identity: { email_address: 'old@example.com' },
      acs_users: both({ full_name: 'Jane Doe' }),
    },
  )
  const after = await everythingIn(admin)
  expect(after.identities).toMatchObject([{ emailAddress: 'old@example.com', fullName: 'Jane Doe' }])
  expect(after.acsUsers.map(({ fullName }) => fullName)).toEqual(['Jane Doe', 'Jane Doe'])
  expect(after.events.map((event) => [event.eventType, event.changeId])).toEqual([
    ['user_identity.updated', changeId],
    ['acs_user.updated', changeId],
    ['acs_user.updated', changeId],
  ])
})

test('an email address that somebody has is refused beside its field, and nothing is written', async () => {
  await addIdentity(admin, { fullName: 'Else', emailAddress: 'old@example.com' })
  await expectRefused(
    { identity: { email_address: 'old@example.com' }, acs_users: both({ full_name: 'Jane Doe' }) },
    { type: 'email_address_conflict', fields: { email_address: [expect.any(String)] } },
  )
})

test('a value that an ACS user may not have takes back what was written to the person', async () => {
  await expectRefused(
    { identity: { full_name: 'J. Doe' }, acs_users: [{ acs_user_id: atPier, email_address: 'nonsense' }] },
    { type: 'invalid_input', fields: { email_address: [expect.any(String)] } },
  )
})

test('an older version of the person is refused, also where only ACS users are written', async () => {
  await align({ identity: { full_name: 'Jane Roe' } })
  await expectRefused({ acs_users: both({ full_name: 'Jane Doe' }) }, { type: 'user_identity_changed' })
})

test('an ACS user that is somebody else’s is not found', async () => {
  const other = await addAcsUser(admin, await addAccessSystem(admin, 'Mill'), {})
  await expectRefused({ acs_users: [{ acs_user_id: other, full_name: 'Jane Doe' }] }, { type: 'acs_user_not_found' })
})

test('what is so already changes nothing', async () => {
  const before = await everythingIn(admin)
  await align({ identity: { full_name: 'Jane Doe' }, acs_users: both({ full_name: 'J. Doe' }) })
  expect(await everythingIn(admin)).toEqual(before)
})

test('of two admins at once, the one who saw the older person is told so', async () => {
  const { winners, refusals } = await race([
    align({ identity: { full_name: 'Jane Roe' } }),
    align({ identity: { full_name: 'Jane Poe' } }),
  ])
  expect([winners, refusals.map(({ type }) => type)]).toEqual([1, ['user_identity_changed']])
})
