import { expect, test } from 'vitest'
import { listRecentEvents } from '@/lib/history/events/queries'
import {
  addAccessSystem,
  addAcsUser,
  addCredential,
  addIdentity,
  addWorkspace,
  everythingIn,
  refusalOf,
} from '@/lib/testing/test-data'
import { deleteUserIdentity } from './commands'

/** Two people in two access systems, a mobile key each and one ACS user of nobody, with a key too. */
async function fillWorkspace() {
  const admin = await addWorkspace()
  const systems = [await addAccessSystem(admin, 'Harbor House'), await addAccessSystem(admin, 'Pier 7')]
  const [jane, john] = [await addIdentity(admin, 'Jane Doe'), await addIdentity(admin, 'John Roe')]
  for (const userIdentityId of [jane, john, null]) {
    for (const acsSystemId of systems) {
      const acsUserId = await addAcsUser(admin, acsSystemId, { userIdentityId, fullName: 'Somebody' })
      await addCredential(admin, { acsSystemId, acsUserId })
    }
  }
  return { admin, jane, john }
}

test('deleting an identity deletes its ACS users and their credentials, and nobody else’s', async () => {
  const { admin, jane, john } = await fillWorkspace()
  const before = await everythingIn(admin)
  await deleteUserIdentity(admin, jane)
  const { identities, acsUsers, credentials } = await everythingIn(admin)
  const hers = before.acsUsers.filter((row) => row.userIdentityId === jane).map((row) => row.acsUserId)
  expect(hers).toHaveLength(2)
  expect(identities).toEqual(before.identities.filter((row) => row.userIdentityId === john))
  expect(acsUsers).toEqual(before.acsUsers.filter((row) => row.userIdentityId !== jane))
  expect(credentials).toEqual(before.credentials.filter((row) => !hers.includes(row.acsUserId ?? '')))
})

test('the history stays, and tells what went, counted and named', async () => {
  const { admin, jane } = await fillWorkspace()
  await deleteUserIdentity(admin, jane)
  const history = await listRecentEvents(admin.workspaceId, { userIdentityId: jane }, 50)
  expect(history.map(({ eventType }) => eventType)).toEqual([
    'user_identity.deleted',
    'acs_user.deleted',
    'acs_user.deleted',
    'acs_credential.deleted',
    'acs_credential.deleted',
  ])
  expect(history[0]).toMatchObject({
    actorName: 'Dana Reyes',
    data: { user_identity_name: 'Jane Doe', deleted: { acs_users: 2, acs_credentials: 2 } },
  })
  expect(
    history
      .slice(1)
      .map(({ data }) => data.acs_system_name)
      .sort(),
  ).toEqual(['Harbor House', 'Harbor House', 'Pier 7', 'Pier 7'])
})

test('deleting an identity that is linked nowhere deletes it alone', async () => {
  const admin = await addWorkspace()
  await deleteUserIdentity(admin, await addIdentity(admin, 'Jane Doe'))
  const { identities, events } = await everythingIn(admin)
  expect(identities).toEqual([])
  expect(events).toMatchObject([
    { eventType: 'user_identity.deleted', data: { deleted: { acs_users: 0, acs_credentials: 0 } } },
  ])
})

test('deleting leaves everything when its event cannot be written', async () => {
  const { admin, jane } = await fillWorkspace()
  const before = await everythingIn(admin)
  await expect(deleteUserIdentity({ ...admin, kind: 'nobody' as never }, jane)).rejects.toThrow()
  expect(await everythingIn(admin)).toEqual(before)
})

test('deleting twice finds nothing the second time', async () => {
  const { admin, jane } = await fillWorkspace()
  await deleteUserIdentity(admin, jane)
  expect(await refusalOf(deleteUserIdentity(admin, jane))).toMatchObject({
    kind: 'not_found',
    type: 'user_identity_not_found',
  })
})
