import { beforeAll, describe, expect, test } from 'vitest'
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
  refusalOf,
} from '@/lib/testing/test-data'
import { grantAccessToEntrance } from '../entrances/commands'
import { addAcsUserToAccessGroup } from '../groups/commands'
import { countDoorsElsewhere, getDoor, listDoorsToCheck, listGroupsWithDoor, searchDoors } from './queries'

let admin: Actor
let harbor: string
let pier: string
let jane: string
let lobby: string
let residents: string
let staff: string
beforeAll(async () => {
  admin = await addWorkspace()
  const { workspaceId } = admin
  const connection = await database()
  jane = await addIdentity(admin, 'Jane Doe')
  harbor = await addAccessSystem(admin, 'Harbor House')
  pier = await addAccessSystem(admin, 'Pier 7')
  const inHarbor = await addAcsUser(admin, harbor, { userIdentityId: jane })
  const stranger = await addAcsUser(admin, pier, { fullName: 'Somebody Else' })
  lobby = await addEntrance(admin, harbor, 'Zur Lobby')
  const [gym, roof, garage] = [
    await addEntrance(admin, harbor, 'Gym 10'),
    await addEntrance(admin, harbor, 'Gym 9'),
    await addEntrance(admin, harbor, 'Tür Garage'),
  ]
  const gate = await addEntrance(admin, pier, 'Gate')
  residents = await addAccessGroup(admin, harbor, 'Residents')
  staff = await addAccessGroup(admin, harbor, 'Staff')
  const groupDoors = [
    [residents, lobby],
    [staff, lobby],
    [staff, roof],
    [staff, garage],
  ] as const
  for (const [acsAccessGroupId, acsEntranceId] of groupDoors) {
    await connection
      .insert(accessGroupEntrances)
      .values({ workspaceId, acsSystemId: harbor, acsAccessGroupId, acsEntranceId })
  }
  await addAcsUserToAccessGroup(admin, { acs_access_group_id: residents, acs_user_id: inHarbor })
  await grantAccessToEntrance(admin, { acs_entrance_id: roof, acs_user_id: inHarbor })
  await grantAccessToEntrance(admin, { acs_entrance_id: gate, acs_user_id: stranger })
  const key = await addCredential(admin, { acsSystemId: harbor, acsUserId: inHarbor })
  await connection
    .insert(credentialEntrances)
    .values({ workspaceId, acsSystemId: harbor, acsCredentialId: key, acsEntranceId: gym })
})

const found = async (search: string, limit = 20) =>
  (await searchDoors(admin.workspaceId, jane, search, limit)).map(({ displayName, standing }) => [
    displayName,
    standing,
  ])

describe('the search for a door', () => {
  test('has what the person was given by any means first, then their access systems, then the others', async () => {
    expect(await found('')).toEqual([
      ['Gym 10', 'given'],
      ['Gym 9', 'given'],
      ['Zur Lobby', 'given'],
      ['Tür Garage', 'linked'],
      ['Gate', 'elsewhere'],
    ])
    expect(await found('', 2)).toHaveLength(2)
  })

  test.each([
    ['gym', ['Gym 10', 'Gym 9']],
    ['LOB', ['Zur Lobby']],
    ['harbor gym 9', ['Gym 9']],
    ['tur', ['Tür Garage']],
    ['pier', ['Gate']],
    ['%', []],
    ['nothing', []],
  ])('“%s” finds %j', async (search, names) => {
    expect((await found(search)).map(([name]) => name)).toEqual(names)
  })
})

test('the doors to check are those of the person’s access systems, the others are counted', async () => {
  const doors = await listDoorsToCheck(admin.workspaceId, jane)
  expect(doors.map(({ displayName }) => displayName)).toEqual(['Gym 9', 'Gym 10', 'Tür Garage', 'Zur Lobby'])
  expect(await countDoorsElsewhere(admin.workspaceId, jane)).toEqual([{ acsSystemId: pier, doors: 1 }])
})

test('the groups with a door say how many doors each opens, the smallest first', async () => {
  expect(await listGroupsWithDoor(admin.workspaceId, lobby)).toEqual([
    { acsAccessGroupId: residents, name: 'Residents', doors: 1 },
    { acsAccessGroupId: staff, name: 'Staff', doors: 3 },
  ])
})

test('another workspace, and what is no id, find nothing', async () => {
  const { workspaceId } = await addWorkspace()
  expect(await getDoor(admin.workspaceId, lobby)).toMatchObject({ displayName: 'Zur Lobby', acsSystemId: harbor })
  expect(await refusalOf(getDoor(workspaceId, lobby))).toMatchObject({ type: 'acs_entrance_not_found' })
  expect(await refusalOf(getDoor(workspaceId, 'lobby'))).toMatchObject({ type: 'acs_entrance_not_found' })
  expect(await searchDoors(workspaceId, jane, '', 20)).toEqual([])
  expect(await refusalOf(searchDoors(workspaceId, 'jane', '', 20))).toMatchObject({ type: 'user_identity_not_found' })
  for (const id of [jane, 'no id']) {
    expect(await listDoorsToCheck(workspaceId, id)).toEqual([])
    expect(await countDoorsElsewhere(workspaceId, id)).toEqual([])
  }
  for (const id of [lobby, 'no id']) expect(await listGroupsWithDoor(workspaceId, id)).toEqual([])
})
