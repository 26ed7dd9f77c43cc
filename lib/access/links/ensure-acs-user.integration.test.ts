import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { inTransaction } from '@/lib/platform/transaction'
import {
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { ensureAcsUserForIdentity } from './ensure-acs-user'

let admin: Actor
let house: string
let jane: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, {
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
  })
})

const ensure = (userIdentityId = jane, acsSystemId = house) =>
  inTransaction((transaction) => ensureAcsUserForIdentity(transaction, admin, { userIdentityId, acsSystemId }))
const eventTypes = async () => (await everythingIn(admin)).events.map(({ eventType }) => eventType)
const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'

test('the identity’s own ACS user is given, though another matches better', async () => {
  const own = await addAcsUser(admin, house, { fullName: 'Own', userIdentityId: jane })
  await addAcsUser(admin, house, { emailAddress: 'jane@example.com' })
  expect(await ensure()).toBe(own)
  expect(await eventTypes()).toEqual([])
})

test('an unlinked one with the same email is linked before one with the same phone; of several the oldest', async () => {
  await addAcsUser(admin, house, { phoneNumber: '555-555-0110', createdAt: new Date('2020-01-01') })
  await addAcsUser(admin, house, { emailAddress: 'jane@example.com', createdAt: new Date('2022-01-01') })
  const oldest = await addAcsUser(admin, house, { emailAddress: 'JANE@example.com', createdAt: new Date('2021-01-01') })
  expect(await ensure()).toBe(oldest)
  expect((await everythingIn(admin)).acsUsers.filter((row) => row.userIdentityId)).toMatchObject([
    { acsUserId: oldest, userIdentityId: jane },
  ])
  expect(await eventTypes()).toEqual(['user_identity.acs_user_added'])
})

test('one with the same phone is linked, however it is written', async () => {
  const samePhone = await addAcsUser(admin, house, { fullName: 'J', phoneNumber: '(555) 555-0110' })
  expect(await ensure()).toBe(samePhone)
})

test('one that somebody else holds, or of another access system, is not taken: one is created', async () => {
  const john = await addIdentity(admin, 'John Roe')
  const held = await addAcsUser(admin, house, { emailAddress: 'jane@example.com', userIdentityId: john })
  const elsewhere = await addAcsUser(admin, await addAccessSystem(admin), { emailAddress: 'jane@example.com' })
  const acsUserId = await ensure()
  expect([held, elsewhere]).not.toContain(acsUserId)
  expect((await everythingIn(admin)).acsUsers).toMatchObject([
    { acsUserId: held, userIdentityId: john },
    { acsUserId: elsewhere, userIdentityId: null },
    { acsUserId, userIdentityId: jane, fullName: 'Jane Doe', phoneNumberE164: '+15555550110' },
  ])
  expect(await eventTypes()).toEqual(['acs_user.created', 'user_identity.acs_user_added'])
})

test('what an identity leaves open matches nobody', async () => {
  const john = await addIdentity(admin, 'John Roe')
  const other = await addAcsUser(admin, house, { fullName: 'John Roe' })
  expect(await ensure(john)).not.toBe(other)
})

test('an identity that has a key alone is refused', async () => {
  const keyOnly = await addIdentity(admin, { userIdentityKey: 'resident-1' })
  expect(await refusalOf(ensure(keyOnly))).toMatchObject({ kind: 'invalid_input' })
  expect((await everythingIn(admin)).acsUsers).toEqual([])
})

test('what is not there is not found', async () => {
  expect(await refusalOf(ensure(nothing))).toMatchObject({ type: 'user_identity_not_found' })
  expect(await refusalOf(ensure(jane, nothing))).toMatchObject({ type: 'acs_system_not_found' })
})

test('five at once for one identity get one ACS user', async () => {
  const acsUserIds = await Promise.all(Array.from({ length: 5 }, () => ensure()))
  expect(new Set(acsUserIds).size).toBe(1)
  expect((await everythingIn(admin)).acsUsers).toHaveLength(1)
})

test('two identities that match one ACS user at once: one gets it, the other a new one', async () => {
  const same = await addIdentity(admin, { emailAddress: 'other@example.com' })
  const free = await addAcsUser(admin, house, { emailAddress: 'other@example.com', phoneNumber: '+15555550110' })
  const { winners } = await race([ensure(), ensure(same)])
  const { acsUsers } = await everythingIn(admin)
  expect(winners).toBe(2)
  expect(acsUsers).toHaveLength(2)
  expect(acsUsers.map(({ userIdentityId }) => userIdentityId).sort()).toEqual([jane, same].sort())
  expect(acsUsers.map(({ acsUserId }) => acsUserId)).toContain(free)
})
