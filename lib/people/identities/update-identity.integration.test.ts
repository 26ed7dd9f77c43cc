import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { addIdentity, addWorkspace, everythingIn, race, refusalOf } from '@/lib/testing/test-data'
import { updateUserIdentity } from './commands'
import { identityNeedsCharacteristic } from './identity'
import { getUserIdentity } from './queries'

let admin: Actor
let id: string
beforeEach(async () => {
  admin = await addWorkspace()
  id = await addIdentity(admin, {
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
    userIdentityKey: 'resident-1',
  })
})

const change = (changes: object) => updateUserIdentity(admin, { user_identity_id: id, ...changes })
const stored = () => getUserIdentity(admin.workspaceId, id)
const updates = async () => (await everythingIn(admin)).events

describe('changing a user identity', () => {
  test('changes what is given, keeps what is left out, clears what is null or blank', async () => {
    await change({ full_name: 'Jane van Doe', email_address: null, user_identity_key: ' ' })
    expect(await stored()).toMatchObject({
      displayName: 'Jane van Doe',
      fullName: 'Jane van Doe',
      emailAddress: null,
      phoneNumber: '+15555550110',
      userIdentityKey: null,
      version: 2,
    })
  })

  test('writes who changed what, before and after, into the history', async () => {
    await change({ full_name: 'Jane van Doe', phone_number: '(555) 555-0110', user_identity_key: null })
    expect(await updates()).toMatchObject([
      {
        eventType: 'user_identity.updated',
        userIdentityId: id,
        actorName: 'Dana Reyes',
        data: {
          user_identity_name: 'Jane van Doe',
          changes: {
            full_name: { from: 'Jane Doe', to: 'Jane van Doe' },
            user_identity_key: { from: 'resident-1', to: null },
          },
        },
      },
    ])
  })

  test('to what it is already writes nothing, not even an event', async () => {
    const before = await everythingIn(admin)
    await change({ full_name: ' Jane Doe ', phone_number: '555.555.0110', version: 1 })
    await change({})
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('of the case of its own email address is a change like any other', async () => {
    await change({ email_address: 'Jane@Example.com' })
    expect(await stored()).toMatchObject({ emailAddress: 'Jane@Example.com', version: 2 })
  })

  test('leaves everything as it was when its event cannot be written', async () => {
    const before = await everythingIn(admin)
    const nobody = { ...admin, kind: 'nobody' as never }
    await expect(updateUserIdentity(nobody, { user_identity_id: id, full_name: 'New' })).rejects.toThrow()
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('that clears the last characteristic is refused', async () => {
    const nameless = await addIdentity(admin, 'Only A Name')
    const before = await everythingIn(admin)
    expect(await refusalOf(updateUserIdentity(admin, { user_identity_id: nameless, full_name: '' }))).toMatchObject({
      kind: 'invalid_input',
      fields: { full_name: [identityNeedsCharacteristic] },
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('may replace the last characteristic by another', async () => {
    const other = await addIdentity(admin, 'Only A Name')
    await updateUserIdentity(admin, { user_identity_id: other, full_name: null, user_identity_key: 'k' })
    expect(await getUserIdentity(admin.workspaceId, other)).toMatchObject({ displayName: 'k', fullName: null })
  })
})

describe('a change that cannot be', () => {
  test.each([
    ['email_address', 'JOHN@example.com', 'email address'],
    ['phone_number', '555 555 0111', 'phone number'],
    ['user_identity_key', 'resident-2', 'user identity key'],
  ])('is refused with who has the %s', async (field, value, words) => {
    const holder = await addIdentity(admin, {
      fullName: 'John Roe',
      emailAddress: 'john@example.com',
      phoneNumber: '+15555550111',
      userIdentityKey: 'resident-2',
    })
    const before = await everythingIn(admin)
    expect(await refusalOf(change({ full_name: 'New', [field]: value }))).toMatchObject({
      kind: 'conflict',
      type: `${field}_conflict`,
      message: `“John Roe” already has this ${words}.`,
      fields: { [field]: [`“John Roe” already has this ${words}.`] },
      data: { field, user_identity_id: holder },
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('is refused when somebody saved since', async () => {
    await change({ full_name: 'First', version: 1 })
    expect(await refusalOf(change({ full_name: 'Second', version: '1' }))).toMatchObject({
      kind: 'conflict',
      type: 'user_identity_changed',
    })
    expect(await stored()).toMatchObject({ fullName: 'First', version: 2 })
  })

  test('is refused for an identity that is not there', async () => {
    const nobody = '0192f0c1-2345-7abc-8def-0123456789ab'
    const changing = updateUserIdentity(admin, { user_identity_id: nobody, full_name: 'New' })
    expect(await refusalOf(changing)).toMatchObject({ kind: 'not_found', type: 'user_identity_not_found' })
  })
})

describe('several admins at once', () => {
  test('who edited the same version: one wins, the others are told', async () => {
    const editors = ['Ann', 'Bob', 'Cid', 'Dee', 'Eve']
    const { winners, refusals } = await race(editors.map((name) => change({ full_name: name, version: 1 })))
    expect(winners).toBe(1)
    expect(refusals.map(({ type }) => type)).toEqual(Array(4).fill('user_identity_changed'))
    expect(await updates()).toHaveLength(1)
  })

  test('who give two people one email address: one wins, the other reads who', async () => {
    const other = await addIdentity(admin, 'John Roe')
    const email = { email_address: 'shared@example.com' }
    const { winners, refusals } = await race([
      change(email),
      updateUserIdentity(admin, { user_identity_id: other, ...email }),
    ])
    expect(winners).toBe(1)
    expect(refusals).toMatchObject([{ type: 'email_address_conflict', data: { field: 'email_address' } }])
  })

  test('who swap two people’s email addresses crosswise are both refused, and nobody waits for ever', async () => {
    const other = await addIdentity(admin, { fullName: 'John Roe', emailAddress: 'john@example.com' })
    const { refusals } = await race([
      change({ email_address: 'john@example.com' }),
      updateUserIdentity(admin, { user_identity_id: other, email_address: 'jane@example.com' }),
    ])
    expect(refusals.map(({ type }) => type)).toEqual(['email_address_conflict', 'email_address_conflict'])
  })
})
