import { expect, test } from 'vitest'
import { getAccessSystem, summarizeAccessSystems } from '@/lib/access/systems/queries'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { searchWorkspace } from './queries'

test('the palette finds people, ACS users and access systems, a few of each', async () => {
  const admin = await addWorkspace()
  const house = await addAccessSystem(admin, 'Hárbor House')
  const jane = await addIdentity(admin, { fullName: 'Jane Harbor', phoneNumber: '+15555550110' })
  const linked = await addAcsUser(admin, house, { fullName: 'Harbor, J.', userIdentityId: jane })
  const free = await addAcsUser(admin, house, { fullName: 'Harbor Guest' })
  await addIdentity(admin, 'Somebody Else')
  const find = (search: string) => searchWorkspace(admin.workspaceId, search)

  expect(await find('HARBOR')).toEqual([
    { kind: 'user_identity', id: jane, title: 'Jane Harbor', detail: '+15555550110' },
    { kind: 'acs_user', id: free, title: 'Harbor Guest', detail: 'Unlinked ACS user' },
    { kind: 'acs_user', id: linked, title: 'Harbor, J.', detail: 'ACS user of Jane Harbor' },
    { kind: 'acs_system', id: house, title: 'Hárbor House', detail: null },
  ])
  expect(await find('')).toEqual([])
  expect(await find('\u0000')).toEqual([])
  expect((await find(house)).map(({ id }) => id)).toEqual([house])
  expect((await find(linked)).map(({ id }) => id)).toEqual([jane, linked])

  for (let number = 0; number < 10; number++) await addIdentity(admin, `Crowd ${number}`)
  expect(await find('crowd')).toHaveLength(6)
})

test('access systems are summed up by name, with what is in them and how much of it is linked', async () => {
  const admin = await addWorkspace()
  const pier = await addAccessSystem(admin, 'Pier 7', { externalType: 'brivo_account' })
  const house = await addAccessSystem(admin, 'Harbor House')
  await addAcsUser(admin, house, { userIdentityId: await addIdentity(admin) })
  await addAcsUser(admin, house)
  expect(await summarizeAccessSystems(admin.workspaceId)).toMatchObject([
    {
      acsSystemId: house,
      name: 'Harbor House',
      monogram: 'SK',
      acsUserCount: 2,
      linkedCount: 1,
      waitingCount: 1,
      entranceCount: 0,
    },
    {
      acsSystemId: pier,
      name: 'Pier 7',
      monogram: 'BR',
      acsUserCount: 0,
      linkedCount: 0,
      waitingCount: 0,
      entranceCount: 0,
    },
  ])
  expect(await getAccessSystem(admin.workspaceId, house.toUpperCase())).toMatchObject({ acsUserCount: 2 })
})
