import { beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { accessGroupEntrances } from '@/db/schema/access-groups'
import { credentialEntrances } from '@/db/schema/credentials'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addIdentity,
  addWorkspace,
} from '@/lib/testing/test-data'
import { addAcsUserToAccessGroup } from '../groups/commands'
import { grantAccessToEntrance } from './commands'
import { listAccessibleEntrances } from './queries'

let admin: Actor
let jane: string
let residents: string
let key: string

beforeAll(async () => {
  admin = await addWorkspace()
  const { workspaceId } = admin
  const connection = await database()
  jane = await addIdentity(admin, 'Jane Doe')
  const [harbor, pier] = [await addAccessSystem(admin, 'Harbor House'), await addAccessSystem(admin, 'Pier 7')]
  const inHarbor = await addAcsUser(admin, harbor, { userIdentityId: jane })
  const inPier = await addAcsUser(admin, pier, { userIdentityId: jane })
  const stranger = await addAcsUser(admin, harbor, { fullName: 'Somebody Else' })
  const [lobby, gym, roof] = [
    await addEntrance(admin, harbor, 'Lobby'),
    await addEntrance(admin, harbor, 'Gym 10'),
    await addEntrance(admin, harbor, 'Gym 9'),
  ]
  const gate = await addEntrance(admin, pier, 'Gate')
  residents = await addAccessGroup(admin, harbor, 'Residents')
  for (const acsEntranceId of [lobby, gym]) {
    await connection
      .insert(accessGroupEntrances)
      .values({ workspaceId, acsSystemId: harbor, acsAccessGroupId: residents, acsEntranceId })
  }
  await addAcsUserToAccessGroup(admin, { acs_access_group_id: residents, acs_user_id: inHarbor })
  await grantAccessToEntrance(admin, { acs_entrance_id: gym, acs_user_id: inHarbor })
  await grantAccessToEntrance(admin, { acs_entrance_id: roof, acs_user_id: stranger })
  key = await addCredential(admin, { acsSystemId: pier, acsUserId: inPier })
  await connection
    .insert(credentialEntrances)
    .values({ workspaceId, acsSystemId: pier, acsCredentialId: key, acsEntranceId: gate })
})

test('are those of all linked ACS users, once each, by access system and name, with every reason', async () => {
  const entrances = await listAccessibleEntrances(admin.workspaceId, jane)
  expect(entrances.map(({ acsSystemName, displayName, reasons }) => [acsSystemName, displayName, reasons])).toEqual([
    [
      'Harbor House',
      'Gym 10',
      [
        { kind: 'access_group', id: residents, name: 'Residents' },
        { kind: 'grant', id: null, name: null },
      ],
    ],
    ['Harbor House', 'Lobby', [{ kind: 'access_group', id: residents, name: 'Residents' }]],
    ['Pier 7', 'Gate', [{ kind: 'credential', id: key, name: 'Mobile key' }]],
  ])
})

test('are none for somebody without ACS users, in another workspace, or for what is no id', async () => {
  expect(await listAccessibleEntrances(admin.workspaceId, await addIdentity(admin, 'Nobody'))).toEqual([])
  expect(await listAccessibleEntrances((await addWorkspace()).workspaceId, jane)).toEqual([])
  expect(await listAccessibleEntrances(admin.workspaceId, 'no id')).toEqual([])
})
