/* Whatever is asked or ordered with ids of another workspace: nothing is found, and nothing is written. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createAcsUser,
  createAcsUserForIdentity,
  deleteAcsUser,
  markAPerson,
  markNotAPerson,
  revokeAccessToAllEntrances,
  suspendAcsUser,
  unsuspendAcsUser,
  updateAcsUser,
} from '@/lib/access/acs-users/commands'
import { acsUsersTable } from '@/lib/access/acs-users/export'
import { readAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import {
  getAcsUser,
  listAcsUsers,
  listLinkedAcsUsers,
  resolveAcsUserTarget,
  searchAcsUsers,
} from '@/lib/access/acs-users/queries'
import {
  assignCredential,
  createCredential,
  deleteCredential,
  unassignCredential,
  updateCredential,
} from '@/lib/access/credentials/commands'
import { listCredentials, listIssueOptions } from '@/lib/access/credentials/queries'
import {
  countDoorsElsewhere,
  getDoor,
  listDoorsToCheck,
  listGroupsWithDoor,
  searchDoors,
} from '@/lib/access/diagnosis/queries'
import { grantAccessToEntrance } from '@/lib/access/entrances/commands'
import { createEntrance, deleteEntrance, updateEntrance } from '@/lib/access/entrances/manage-entrances'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup, setAccessGroups } from '@/lib/access/groups/commands'
import { createAccessGroup, deleteAccessGroup, updateAccessGroup } from '@/lib/access/groups/manage-access-groups'
import { listAccessGroupOptions } from '@/lib/access/groups/queries'
import { createAccessSystem, deleteAccessSystem, updateAccessSystem } from '@/lib/access/systems/commands'
import { getAccessSystem, listAccessSystems, summarizeAccessSystems } from '@/lib/access/systems/queries'
import { completeTask, reopenTask } from '@/lib/access/tasks/commands'
import { countOpenTasks, listTasks } from '@/lib/access/tasks/queries'
import { listInvitations, listMembers } from '@/lib/accounts/members/queries'
import { getLatestJob } from '@/lib/background/jobs/queries'
import {
  findPersonName,
  getLatestEvent,
  listActorNames,
  listEvents,
  listRecentEvents,
} from '@/lib/history/events/queries'
import { createApiKey, revokeApiKey } from '@/lib/http-api/api-keys/commands'
import { listApiKeys } from '@/lib/http-api/api-keys/queries'
import {
  applyImport,
  checkImport,
  discardImport,
  receiveFile,
  resumeImport,
  stopImport,
  undoImport,
} from '@/lib/imports/commands'
import { getImport, getRememberedMapping, listImportRows, listImports } from '@/lib/imports/queries'
import { importReport } from '@/lib/imports/report'
import { dismissDuplicate } from '@/lib/people/duplicates/commands'
import {
  addAcsUserToUserIdentity,
  alignProfiles,
  attachAcsUser,
  createUserIdentity,
  createUserIdentityFromAcsUser,
  deleteUserIdentity,
  detachAcsUser,
  updateUserIdentity,
} from '@/lib/people/identities/commands'
import { identitiesTable } from '@/lib/people/identities/export'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import {
  countDependents,
  findSimilarIdentities,
  getUserIdentity,
  listSelectable,
  listUserIdentities,
  searchIdentityOptions,
} from '@/lib/people/identities/queries'
import { suggestAcsUsers, suggestIdentities } from '@/lib/people/matching/queries'
import { mergeUserIdentities } from '@/lib/people/merges/commands'
import { getMergingPair } from '@/lib/people/merges/queries'
import { cancelMoveOut, moveIn, moveOut } from '@/lib/people/moves/commands'
import { listMovingPeople } from '@/lib/people/moves/queries'
import { countPeople, countWaitingWork } from '@/lib/people/overview/queries'
import {
  countQueue,
  listCertainMatches,
  listCertainMatchesOf,
  listHandled,
  listQueue,
} from '@/lib/people/reconcile/queries'
import { searchWorkspace } from '@/lib/people/search/queries'
import type { Actor } from '@/lib/platform/actor'
import type { Table } from '@/lib/platform/tables/table'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addWorkspace,
  everythingIn,
  refusalOf,
} from './test-data'

const person = {
  full_name: 'Jane Doe',
  email_address: 'jane@example.com',
  phone_number: '+15555550110',
  user_identity_key: 'resident-1',
}
const known = { fullName: 'Jane Doe', emailAddress: 'jane@example.com', phoneNumber: '+15555550110' }

const allTasks = { acsSystemId: null, acsUserId: null, isDone: false }

/** A workspace with Jane, linked in one access system, and free ACS users that match her in both. */
async function fillWorkspace() {
  const admin = await addWorkspace()
  const house = await addAccessSystem(admin, 'Harbor House')
  const pier = await addAccessSystem(admin, 'Pier 7')
  const linked = await addAcsUser(admin, house, { fullName: 'Jane Doe' })
  const free = await addAcsUser(admin, pier, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
  const key = await addCredential(admin, { acsSystemId: house, acsUserId: linked })
  const card = await addCredential(admin, { acsSystemId: house, acsUserId: null })
  const door = await addEntrance(admin, house)
  const group = await addAccessGroup(admin, house)
  const { acsSystemId: byHand } = await createAccessSystem(admin, { name: 'Garden House' })
  const { acsEntranceId: gate } = await createEntrance(admin, { acs_system_id: byHand, display_name: 'Gate' })
  const gardeners = { acs_system_id: byHand, name: 'Gardeners', acs_entrance_ids: [gate] }
  const { acsAccessGroupId: gardenGroup } = await createAccessGroup(admin, gardeners)
  const { userIdentityId: jane } = await createUserIdentity(admin, { ...person, acs_user_id: linked })
  const { acsUserId: programmed } = await createAcsUser(admin, { acs_system_id: byHand, full_name: 'Ann Bell' })
  await markNotAPerson(admin, { acs_user_id: programmed })
  const taskId = (await listTasks(admin.workspaceId, allTasks, { cursor: null, limit: 1 })).tasks[0]?.eventId
  const { apiKey } = await createApiKey(admin, { name: 'Resident app' })
  const { importId } = await receiveFile(
    admin,
    { name: 'people.csv', chunks: [Buffer.from('Key\nK1\n')] },
    { kind: 'user_identities' },
  )
  await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0 } })
  const keptByHand = { byHand, gate, gardenGroup, taskId }
  const reported = { house, pier, linked, free, key, card, door, group }
  return { admin, ...reported, ...keptByHand, jane, apiKeyId: apiKey.apiKeyId, importId }
}

let ours: Awaited<ReturnType<typeof fillWorkspace>>
let theirs: Awaited<ReturnType<typeof fillWorkspace>>
let empty: Actor
beforeAll(async () => {
  ours = await fillWorkspace()
  theirs = await fillWorkspace()
  empty = await addWorkspace()
})

const list = (more: object) => ({ ...readIdentityListParameters(new URLSearchParams()), ...more })
/** The rows of a table. */
async function rowsOf({ batches }: Table): Promise<string[][]> {
  const rows: string[][] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}
const acsUserList = readAcsUserListParameters(new URLSearchParams())

describe('asking one workspace', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['an identity', () => getUserIdentity(ours.admin.workspaceId, theirs.jane), 'user_identity_not_found'],
    ['an ACS user', () => getAcsUser(ours.admin.workspaceId, theirs.linked), 'acs_user_not_found'],
    [
      'the ACS user that is meant',
      () => resolveAcsUserTarget(ours.admin.workspaceId, { acs_user_id: theirs.linked }),
      'acs_user_not_found',
    ],
    [
      'the ACS user of an identity',
      () =>
        resolveAcsUserTarget(ours.admin.workspaceId, { acs_system_id: theirs.house, user_identity_id: theirs.jane }),
      'acs_user_not_found',
    ],
    [
      'the access groups of an ACS user',
      () => listAccessGroupOptions(ours.admin.workspaceId, theirs.linked, null),
      'acs_user_not_found',
    ],
    ['an access system', () => getAccessSystem(ours.admin.workspaceId, theirs.house), 'acs_system_not_found'],
    ['two to merge', () => getMergingPair(ours.admin.workspaceId, ours.jane, theirs.jane), 'user_identity_not_found'],
    ['an import', () => getImport(ours.admin.workspaceId, theirs.importId), 'import_not_found'],
    ['the report of an import', () => importReport(ours.admin.workspaceId, theirs.importId), 'import_not_found'],
    ['a door', () => getDoor(ours.admin.workspaceId, theirs.door), 'acs_entrance_not_found'],
  ])('for %s of another is refused as not found', async (_what, ask, type) => {
    expect(await refusalOf(ask())).toMatchObject({ kind: 'not_found', type })
  })

  test.each<[string, () => Promise<unknown>]>([
    ['ACS users', async () => (await listAcsUsers(ours.admin.workspaceId, theirs.house, acsUserList)).items],
    ['linked ACS users', () => listLinkedAcsUsers(ours.admin.workspaceId, theirs.jane)],
    ['ACS users to pick', () => searchAcsUsers(ours.admin.workspaceId, theirs.pier, '', 50)],
    ['suggested ACS users', () => suggestAcsUsers(ours.admin.workspaceId, known, theirs.pier)],
    ['an identity’s credentials', () => listCredentials(ours.admin.workspaceId, { userIdentityId: theirs.jane })],
    ['an ACS user’s credentials', () => listCredentials(ours.admin.workspaceId, { acsUserId: theirs.linked })],
    ['an identity’s events', () => listRecentEvents(ours.admin.workspaceId, { userIdentityId: theirs.jane }, 50)],
    ['an ACS user’s events', () => listRecentEvents(ours.admin.workspaceId, { acsUserId: theirs.linked }, 50)],
    ['people to move', () => listMovingPeople(ours.admin.workspaceId, [theirs.jane])],
    [
      'an identity’s history',
      async () => {
        const filter = { userIdentityId: theirs.jane }
        const newest = { cursor: null, limit: 50 }
        return (await listEvents(ours.admin.workspaceId, filter, () => true, newest)).entries
      },
    ],
    [
      'for whom a credential can be issued',
      () => listIssueOptions(ours.admin.workspaceId, { userIdentityId: theirs.jane }),
    ],
    ['rows of an import', async () => (await listImportRows(ours.admin.workspaceId, theirs.importId, {}, 0)).rows],
    ['ACS users to export', async () => rowsOf(acsUsersTable(ours.admin.workspaceId, theirs.house, acsUserList))],
    ['what is certain', async () => (await listCertainMatchesOf(ours.admin.workspaceId, [theirs.jane])).certain],
    ['people to export', async () => rowsOf(identitiesTable(ours.admin.workspaceId, list({}), [theirs.jane]))],
    ['doors to check', () => listDoorsToCheck(ours.admin.workspaceId, theirs.jane)],
    ['groups with a door', () => listGroupsWithDoor(ours.admin.workspaceId, theirs.door)],
    ['a pasted id of an identity', () => searchWorkspace(ours.admin.workspaceId, theirs.jane)],
    ['a pasted id of an ACS user', () => searchWorkspace(ours.admin.workspaceId, theirs.linked)],
    ['a pasted id of an access system', () => searchWorkspace(ours.admin.workspaceId, theirs.house)],
    [
      'people by an id',
      async () => (await listUserIdentities(ours.admin.workspaceId, list({ search: theirs.linked }))).items,
    ],
    [
      'people linked in',
      async () => (await listUserIdentities(ours.admin.workspaceId, list({ linkedIn: theirs.house }))).items,
    ],
  ])('for %s of another finds nothing', async (_what, ask) => {
    expect(await ask()).toEqual([])
  })

  test('that is empty finds nothing that the others have', async () => {
    const { workspaceId } = empty
    const acsUser = {
      ...known,
      acsUserId: ours.free,
      acsSystemId: ours.pier,
      phoneNumberE164: known.phoneNumber,
      accessGroups: [],
    }
    expect((await listUserIdentities(workspaceId, list({}))).total).toBe(0)
    expect((await listSelectable(workspaceId, list({}))).people).toEqual([])
    expect(await countDependents(workspaceId, [ours.jane])).toMatchObject({ people: 0, acsUsers: 0 })
    expect(await listAccessSystems(workspaceId)).toEqual([])
    expect(await listApiKeys(workspaceId)).toEqual([])
    expect(await listMembers(workspaceId)).toEqual([])
    expect(await listInvitations(workspaceId)).toEqual([])
    expect((await listImports(workspaceId, null)).total).toBe(0)
    expect(await getRememberedMapping(workspaceId, 'user_identities')).toBeNull()
    expect(await getLatestJob(workspaceId, ours.importId)).toBeNull()
    expect(await summarizeAccessSystems(workspaceId)).toEqual([])
    expect(await searchAcsUsers(workspaceId, null, 'jane', 50)).toEqual([])
    expect(await suggestAcsUsers(workspaceId, known)).toEqual([])
    expect(await findSimilarIdentities(workspaceId, { ...known, userIdentityKey: 'resident-1' })).toEqual([])
    expect(await suggestIdentities(workspaceId, acsUser)).toEqual([])
    expect(await searchIdentityOptions(workspaceId, ours.pier, 'jane', 50)).toEqual([])
    expect(await listRecentEvents(workspaceId, {}, 50)).toEqual([])
    const newest = { cursor: null, limit: 50 }
    expect(await listEvents(workspaceId, {}, () => true, newest)).toEqual({ entries: [], nextCursor: null })
    expect(await listActorNames(workspaceId)).toEqual([])
    expect(await listQueue(workspaceId, { search: '', acsSystemId: ours.pier, confidence: null })).toEqual({
      rows: [],
      nextCursor: null,
    })
    expect(await countQueue(workspaceId)).toEqual([])
    expect(await listTasks(workspaceId, { ...allTasks, acsSystemId: ours.byHand }, newest)).toEqual({
      tasks: [],
      nextCursor: null,
    })
    expect(await countOpenTasks(workspaceId)).toEqual([])
    expect(await countWaitingWork(workspaceId)).toEqual({ acsUsers: 0, tasks: null })
    expect(await listHandled(workspaceId, [ours.linked])).toEqual([{ acsUserId: ours.linked, state: 'deleted' }])
    expect((await listCertainMatches(workspaceId, { search: '', acsSystemId: ours.pier })).certain).toEqual([])
    expect(await findPersonName(workspaceId, ours.jane)).toBeNull()
    expect(await searchDoors(workspaceId, ours.jane, '', 50)).toEqual([])
    expect(await countDoorsElsewhere(workspaceId, ours.jane)).toEqual([])
    expect(await searchWorkspace(workspaceId, 'jane')).toEqual([])
    expect(await getLatestEvent(workspaceId, ours.jane)).toBe(null)
    expect(await countPeople(workspaceId)).toMatchObject({ people: 0 })
  })

  test('finds its own alone, though both have the same', async () => {
    const { workspaceId } = ours.admin
    expect((await listUserIdentities(workspaceId, list({ search: 'jane' }))).items).toMatchObject([
      { userIdentityId: ours.jane, links: [{ acsUserId: ours.linked }] },
    ])
    expect((await suggestAcsUsers(workspaceId, known)).map(({ acsUserId }) => acsUserId)).toEqual([ours.free])
    const queue = await listQueue(workspaceId, { search: '', acsSystemId: null, confidence: null })
    expect(queue.rows.map(({ acsUser }) => acsUser.acsUserId)).toEqual([ours.free])
    expect(queue.rows.flatMap(({ proposals }) => proposals.map((one) => one.userIdentityId))).not.toContain(theirs.jane)
    expect(await countQueue(workspaceId)).toMatchObject([{ count: 1 }])
    expect(await listCredentials(workspaceId, { userIdentityId: ours.jane })).toHaveLength(1)
    const doors = await searchDoors(workspaceId, ours.jane, '', 50)
    expect(doors.map(({ acsEntranceId }) => acsEntranceId).sort()).toEqual([ours.door, ours.gate].sort())
    expect((await searchDoors(workspaceId, theirs.jane, '', 50)).map(({ standing }) => standing)).toEqual([
      'elsewhere',
      'elsewhere',
    ])
    expect((await summarizeAccessSystems(workspaceId)).map((system) => system.acsUserCount).sort()).toEqual([1, 1, 1])
    expect((await searchWorkspace(workspaceId, 'jane')).map(({ id }) => id).sort()).toEqual(
      [ours.jane, ours.linked, ours.free].sort(),
    )
  })
})

describe('ordering in one workspace', () => {
  test.each<[string, () => Promise<unknown>]>([
    [
      'the check of an import',
      () => checkImport(ours.admin, { import_id: theirs.importId, mapping: { user_identity_key: 0 } }),
    ],
    [
      'an import',
      () => applyImport(ours.admin, { import_id: theirs.importId, conflict_choice: 'skip', applies_removals: true }),
    ],
    ...[discardImport, resumeImport, stopImport, undoImport].map((command): [string, () => Promise<unknown>] => [
      `${command.name}`,
      () => command(ours.admin, theirs.importId),
    ]),
    ['changes to an identity', () => updateUserIdentity(ours.admin, { user_identity_id: theirs.jane, full_name: 'X' })],
    ['ticking a task off', () => completeTask(ours.admin, { event_id: theirs.taskId })],
    ['reopening a task', () => reopenTask(ours.admin, { event_id: theirs.taskId })],
    ['the deletion of an identity', () => deleteUserIdentity(ours.admin, theirs.jane)],
    [
      'a new identity for an ACS user',
      () => createUserIdentity(ours.admin, { full_name: 'X', acs_user_id: theirs.free }),
    ],
    [
      'attaching to an identity',
      () => attachAcsUser(ours.admin, { userIdentityId: theirs.jane, acsUserId: ours.free }),
    ],
    [
      'attaching of an ACS user',
      () => attachAcsUser(ours.admin, { userIdentityId: ours.jane, acsUserId: theirs.free }),
    ],
    ['attaching of both', () => attachAcsUser(ours.admin, { userIdentityId: theirs.jane, acsUserId: theirs.free })],
    [
      'moving an ACS user',
      () => attachAcsUser(ours.admin, { userIdentityId: ours.jane, acsUserId: theirs.linked, moveFrom: theirs.jane }),
    ],
    ['detaching', () => detachAcsUser(ours.admin, { userIdentityId: theirs.jane, acsUserId: theirs.linked })],
    [
      'an ACS user in an access system',
      () => createAcsUserForIdentity(ours.admin, { userIdentityId: ours.jane, acsSystemId: theirs.pier }),
    ],
    [
      'an ACS user for an identity',
      () => createAcsUserForIdentity(ours.admin, { userIdentityId: theirs.jane, acsSystemId: ours.pier }),
    ],
    [
      'a new identity’s access system',
      () => createUserIdentity(ours.admin, { full_name: 'X', acs_system_ids: [theirs.house] }),
    ],
    [
      'adding to an identity',
      () => addAcsUserToUserIdentity(ours.admin, { acs_user_id: ours.free, user_identity_id: theirs.jane }),
    ],
    [
      'adding of an ACS user',
      () => addAcsUserToUserIdentity(ours.admin, { acs_user_id: theirs.free, user_identity_id: ours.jane }),
    ],
    [
      'adding of an ACS user by a new key',
      () => addAcsUserToUserIdentity(ours.admin, { acs_user_id: theirs.free, user_identity_key: 'new' }),
    ],
    [
      'a new ACS user in an access system',
      () => createAcsUser(ours.admin, { acs_system_id: theirs.house, full_name: 'X' }),
    ],
    [
      'a file of ACS users',
      () => {
        const file = { name: 'acs-users.csv', chunks: [Buffer.from('Email\nann@example.com\n')] }
        return receiveFile(ours.admin, file, { kind: 'acs_users', acs_system_id: theirs.house })
      },
    ],
    [
      'a new ACS user for an identity',
      () => createAcsUser(ours.admin, { acs_system_id: ours.pier, full_name: 'X', user_identity_id: theirs.jane }),
    ],
    [
      'a new ACS user in an access group',
      () =>
        createAcsUser(ours.admin, { acs_system_id: ours.house, full_name: 'X', acs_access_group_ids: [theirs.group] }),
    ],
    ['changes to an ACS user', () => updateAcsUser(ours.admin, { acs_user_id: theirs.linked, full_name: 'X' })],
    [
      'changes to an identity’s ACS user',
      () => updateAcsUser(ours.admin, { acs_system_id: theirs.house, user_identity_id: theirs.jane, full_name: 'X' }),
    ],
    ['the deletion of an ACS user', () => deleteAcsUser(ours.admin, { acs_user_id: theirs.linked })],
    ['the suspension of an ACS user', () => suspendAcsUser(ours.admin, { acs_user_id: theirs.linked })],
    ['the end of a suspension', () => unsuspendAcsUser(ours.admin, { acs_user_id: theirs.linked })],
    ['the access of an ACS user', () => revokeAccessToAllEntrances(ours.admin, { acs_user_id: theirs.linked })],
    ...[addAcsUserToAccessGroup, removeAcsUserFromAccessGroup].flatMap(
      (command): [string, () => Promise<unknown>][] => [
        ['an access group', () => command(ours.admin, { acs_access_group_id: theirs.group, acs_user_id: ours.linked })],
        [
          'a member of an access group',
          () => command(ours.admin, { acs_access_group_id: ours.group, acs_user_id: theirs.linked }),
        ],
        [
          'an identity in an access group',
          () => command(ours.admin, { acs_access_group_id: ours.group, user_identity_id: theirs.jane }),
        ],
      ],
    ),
    [
      'access to an entrance',
      () => grantAccessToEntrance(ours.admin, { acs_entrance_id: theirs.door, acs_user_id: ours.linked }),
    ],
    [
      'access for an ACS user',
      () => grantAccessToEntrance(ours.admin, { acs_entrance_id: ours.door, acs_user_id: theirs.linked }),
    ],
    [
      'access for an identity',
      () => grantAccessToEntrance(ours.admin, { acs_entrance_id: ours.door, user_identity_id: theirs.jane }),
    ],
    [
      'a credential for an ACS user',
      () => createCredential(ours.admin, { access_method: 'card', acs_user_id: theirs.linked }),
    ],
    [
      'a credential for an identity',
      () =>
        createCredential(ours.admin, {
          access_method: 'card',
          acs_system_id: ours.pier,
          user_identity_id: theirs.jane,
        }),
    ],
    [
      'a credential in an access system',
      () => createCredential(ours.admin, { access_method: 'card', acs_system_id: theirs.house }),
    ],
    [
      'a credential for an entrance',
      () =>
        createCredential(ours.admin, {
          access_method: 'card',
          acs_user_id: ours.linked,
          allowed_acs_entrance_ids: [theirs.door],
        }),
    ],
    [
      'changes to a credential',
      () => updateCredential(ours.admin, { acs_credential_id: theirs.key, ends_at: '2100-01-01T00:00:00Z' }),
    ],
    [
      'a credential to assign',
      () => assignCredential(ours.admin, { acs_credential_id: theirs.card, acs_user_id: ours.linked }),
    ],
    [
      'an ACS user to assign to',
      () => assignCredential(ours.admin, { acs_credential_id: ours.card, acs_user_id: theirs.linked }),
    ],
    [
      'an identity to assign to',
      () => assignCredential(ours.admin, { acs_credential_id: ours.card, user_identity_id: theirs.jane }),
    ],
    [
      'a credential to unassign',
      () => unassignCredential(ours.admin, { acs_credential_id: theirs.key, acs_user_id: theirs.linked }),
    ],
    [
      'an ACS user to unassign from',
      () => unassignCredential(ours.admin, { acs_credential_id: ours.key, acs_user_id: theirs.linked }),
    ],
    [
      'the access groups of an ACS user',
      () => setAccessGroups(ours.admin, { acs_user_id: theirs.linked, acs_access_group_ids: [] }),
    ],
    [
      'an access group for one of ours',
      () => setAccessGroups(ours.admin, { acs_user_id: ours.linked, acs_access_group_ids: [theirs.group] }),
    ],
    ['the profile of a person', () => alignProfiles(ours.admin, { user_identity_id: theirs.jane, version: 1 })],
    [
      'the profile of an ACS user',
      () =>
        alignProfiles(ours.admin, {
          user_identity_id: ours.jane,
          version: 1,
          acs_users: [{ acs_user_id: theirs.linked, full_name: 'Jane Roe' }],
        }),
    ],
    ['the deletion of a credential', () => deleteCredential(ours.admin, { acs_credential_id: theirs.key })],
    [
      'merging into somebody',
      () => mergeUserIdentities(ours.admin, { survivor_id: theirs.jane, merged_id: ours.jane }),
    ],
    [
      'merging somebody away',
      () => mergeUserIdentities(ours.admin, { survivor_id: ours.jane, merged_id: theirs.jane }),
    ],
    [
      'saying that two are two people',
      () => dismissDuplicate(ours.admin, { one_id: ours.jane, other_id: theirs.jane }),
    ],
    ...[moveOut, moveIn, cancelMoveOut].map((command): [string, () => Promise<unknown>] => [
      'a move',
      () =>
        command(ours.admin, {
          user_identity_id: theirs.jane,
          manner: 'suspend',
          revoke_mobile_credentials: true,
          lift_suspensions: true,
        }),
    ]),
    ['an ACS user that is no person', () => markNotAPerson(ours.admin, { acs_user_id: theirs.free })],
    ['an ACS user that is a person again', () => markAPerson(ours.admin, { acs_user_id: theirs.free })],
    ['an identity made of an ACS user', () => createUserIdentityFromAcsUser(ours.admin, { acs_user_id: theirs.free })],
    ['changes to an access system', () => updateAccessSystem(ours.admin, { acs_system_id: theirs.byHand, name: 'X' })],
    ['the deletion of an access system', () => deleteAccessSystem(ours.admin, { acs_system_id: theirs.byHand })],
    ['a new door', () => createEntrance(ours.admin, { acs_system_id: theirs.byHand, display_name: 'X' })],
    ['changes to a door', () => updateEntrance(ours.admin, { acs_entrance_id: theirs.gate, display_name: 'X' })],
    ['the deletion of a door', () => deleteEntrance(ours.admin, { acs_entrance_id: theirs.gate })],
    ['a new access group', () => createAccessGroup(ours.admin, { acs_system_id: theirs.byHand, name: 'X' })],
    [
      'a door for a new access group',
      () => createAccessGroup(ours.admin, { acs_system_id: ours.byHand, name: 'X', acs_entrance_ids: [theirs.gate] }),
    ],
    [
      'changes to an access group',
      () => updateAccessGroup(ours.admin, { acs_access_group_id: theirs.gardenGroup, name: 'X' }),
    ],
    [
      'a door for an access group',
      () => updateAccessGroup(ours.admin, { acs_access_group_id: ours.gardenGroup, acs_entrance_ids: [theirs.gate] }),
    ],
    [
      'the deletion of an access group',
      () => deleteAccessGroup(ours.admin, { acs_access_group_id: theirs.gardenGroup }),
    ],
    ['the revocation of an API key', () => revokeApiKey(ours.admin, theirs.apiKeyId)],
  ])('%s of another is refused as not found, and nothing is written in either', async (_what, order) => {
    const before = [await everythingIn(ours.admin), await everythingIn(theirs.admin)]
    expect(await refusalOf(order())).toMatchObject({ kind: 'not_found' })
    expect([await everythingIn(ours.admin), await everythingIn(theirs.admin)]).toEqual(before)
  })
})
