import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  refusalOf,
} from '@/lib/testing/test-data'
import { createAcsUserForIdentity } from './commands'
import { getAcsUser } from './queries'

let admin: Actor
let acsSystemId: string
beforeEach(async () => {
  admin = await addWorkspace()
  acsSystemId = await addAccessSystem(admin, 'Harbor House')
})

const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'

test('an ACS user is made of the identity’s details, attached to it, and both are in the history', async () => {
  const userIdentityId = await addIdentity(admin, {
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
    userIdentityKey: 'resident-1',
  })
  const { acsUserId } = await createAcsUserForIdentity(admin, { userIdentityId, acsSystemId })
  expect(await getAcsUser(admin.workspaceId, acsUserId)).toMatchObject({
    acsSystemId,
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
    phoneNumberE164: '+15555550110',
    identity: { userIdentityId },
    linkedBy: 'Dana Reyes',
  })
  const names = { user_identity_name: 'Jane Doe', acs_user_name: 'Jane Doe', acs_system_name: 'Harbor House' }
  expect((await everythingIn(admin)).events).toMatchObject([
    { eventType: 'acs_user.created', userIdentityId, acsUserId, acsSystemId, data: names },
    { eventType: 'user_identity.acs_user_added', userIdentityId, acsUserId, acsSystemId, data: names },
  ])
})

test('an identity that is known by its phone alone is enough, one known by its key alone is not', async () => {
  const reachable = await addIdentity(admin, { phoneNumber: '+15555550110' })
  const { acsUserId } = await createAcsUserForIdentity(admin, { userIdentityId: reachable, acsSystemId })
  expect(await getAcsUser(admin.workspaceId, acsUserId)).toMatchObject({ displayName: '+15555550110' })

  const before = await everythingIn(admin)
  const keyOnly = await addIdentity(admin, { userIdentityKey: 'resident-2' })
  const creating = createAcsUserForIdentity(admin, { userIdentityId: keyOnly, acsSystemId })
  expect(await refusalOf(creating)).toMatchObject({ kind: 'invalid_input' })
  expect((await everythingIn(admin)).acsUsers).toEqual(before.acsUsers)
})

test('an identity that has an ACS user there gets no second, and reads which it has', async () => {
  const userIdentityId = await addIdentity(admin)
  const present = await addAcsUser(admin, acsSystemId, { fullName: 'Present', userIdentityId })
  const before = await everythingIn(admin)
  expect(await refusalOf(createAcsUserForIdentity(admin, { userIdentityId, acsSystemId }))).toMatchObject({
    type: 'acs_system_already_linked',
    data: { acs_user_id: present },
  })
  expect(await everythingIn(admin)).toEqual(before)
})

test('what is not there is not found', async () => {
  const userIdentityId = await addIdentity(admin)
  expect(await refusalOf(createAcsUserForIdentity(admin, { userIdentityId: nothing, acsSystemId }))).toMatchObject({
    type: 'user_identity_not_found',
  })
  expect(await refusalOf(createAcsUserForIdentity(admin, { userIdentityId, acsSystemId: nothing }))).toMatchObject({
    type: 'acs_system_not_found',
  })
})
