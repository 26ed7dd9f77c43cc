/* A page sends a fixed number of statements, whatever the data's size. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { events } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import { listAccessSystems, summarizeAccessSystems } from './access-systems/queries'
import { readAcsUserListParameters } from './acs-users/list-parameters'
import { listAcsUsers, listLinkedAcsUsers } from './acs-users/queries'
import { listCredentials } from './credentials/queries'
import { countDoorsElsewhere, getDoor, listDoorsToCheck, listGroupsWithDoor, searchDoors } from './diagnosis/queries'
import { listDuplicates } from './duplicates/queries'
import { findPersonName, listActorNames, listEvents, listRecentEvents } from './events/queries'
import { readIdentityListParameters } from './identities/list-parameters'
import { countDependents, getUserIdentity, listSelectable, listUserIdentities } from './identities/queries'
import { receiveFile } from './import/commands'
import { getImport, getRememberedMapping, listImportRows, listImports } from './import/queries'
import { suggestAcsUsers } from './matching/queries'
import { getMergingPair } from './merges/queries'
import { countPeople } from './overview/queries'
import { readQueueParameters } from './reconcile/list-parameters'
import { countQueue, listCertainMatches, listCertainMatchesOf, listHandled, listQueue } from './reconcile/queries'
import { addAccessSystem, addAcsUser, addWorkspace } from './testing/test-data'

/** A workspace of so many people, each with an ACS user and a mobile key in each of three access systems. */
async function fillWorkspace(people: number) {
  const admin = await addWorkspace()
  const { workspaceId } = admin
  const connection = await database()
  const systems = [
    await addAccessSystem(admin, 'A'),
    await addAccessSystem(admin, 'B'),
    await addAccessSystem(admin, 'C'),
  ]
  const identities = Array.from({ length: people }, (_, number) => ({
    workspaceId,
    userIdentityId: uuidv7(),
    fullName: `Person ${number}`,
  }))
  const users = identities.flatMap(({ userIdentityId, fullName }) =>
    systems.map((acsSystemId) => ({
      workspaceId,
      acsSystemId,
      acsUserId: uuidv7(),
      userIdentityId,
      fullName,
      linkedAt: sql`now()`,
    })),
  )
  const keys = users.map(({ acsSystemId, acsUserId }) => ({
    workspaceId,
    acsSystemId,
    acsUserId,
    acsCredentialId: uuidv7(),
    accessMethod: 'mobile_key' as const,
    displayName: 'Mobile key',
  }))
  await connection.insert(userIdentities).values(identities)
  await connection.insert(acsUsers).values(users)
  await connection.insert(credentials).values(keys)
  await connection.insert(events).values(
    identities.map(({ userIdentityId }) => ({
      ...{ workspaceId, userIdentityId, eventId: uuidv7(), changeId: uuidv7() },
      ...{ eventType: 'user_identity.created', actorKind: 'system' as const, actorName: 'Import' },
    })),
  )
  const doors = Array.from({ length: people }, (_, number) => ({
    workspaceId,
    acsSystemId: systems[number % systems.length] ?? '',
    acsEntranceId: uuidv7(),
    displayName: `Door ${number}`,
  }))
  await connection.insert(entrances).values(doors)
  // More than one answer looks at, of whom some match and some do not.
  for (let number = 0; number < 30; number++) {
    await addAcsUser(admin, systems[0] ?? '', { fullName: number % 2 ? 'Perso 1' : `Stranger ${number}` })
  }
  const acsEntranceId = doors[0]?.acsEntranceId ?? ''
  const bytes = Buffer.from(`Key\n${doors.map(({ displayName }) => displayName).join('\n')}\n`)
  const { importId } = await receiveFile(admin, { name: 'people.csv', bytes }, { kind: 'user_identities' })
  return {
    workspaceId,
    importId,
    acsEntranceId,
    acsSystemId: systems[0] ?? '',
    userIdentityId: identities[0]?.userIdentityId ?? '',
  }
}

type Filled = Awaited<ReturnType<typeof fillWorkspace>>

const pages: Record<string, { statements: number; read: (workspace: Filled) => Promise<unknown>[] }> = {
  'the list of people': {
    statements: 3,
    read: ({ workspaceId }) => [
      listUserIdentities(workspaceId, readIdentityListParameters(new URLSearchParams())),
      listAccessSystems(workspaceId),
    ],
  },
  'the list of people, searched, filtered and sorted': {
    statements: 3,
    read: ({ workspaceId, acsSystemId }) => [
      listUserIdentities(
        workspaceId,
        readIdentityListParameters(new URLSearchParams({ q: 'person', linked: acsSystemId, sort: 'name' })),
      ),
      listAccessSystems(workspaceId),
    ],
  },
  'an identity': {
    statements: 8,
    read: ({ workspaceId, userIdentityId }) => [
      getUserIdentity(workspaceId, userIdentityId),
      listLinkedAcsUsers(workspaceId, userIdentityId),
      listAccessSystems(workspaceId),
      listCredentials(workspaceId, { userIdentityId }),
      listEvents(workspaceId, { userIdentityId }, () => true, { cursor: null, limit: 12 }),
      suggestAcsUsers(workspaceId, {
        fullName: 'Person 1',
        emailAddress: 'p@example.com',
        phoneNumber: '+15555550110',
      }),
    ],
  },
  imports: {
    statements: 3,
    read: ({ workspaceId }) => [listImports(workspaceId, null), listAccessSystems(workspaceId)],
  },
  'an import': {
    statements: 4,
    read: ({ workspaceId, importId }) => [
      getImport(workspaceId, importId),
      getRememberedMapping(workspaceId, 'user_identities'),
      listImportRows(workspaceId, importId, {}, 0),
    ],
  },
  'why a door does not open': {
    statements: 2,
    read: ({ workspaceId, acsEntranceId }) => [
      getDoor(workspaceId, acsEntranceId),
      listGroupsWithDoor(workspaceId, acsEntranceId),
    ],
  },
  'why doors do not open, all of them': {
    statements: 2,
    read: ({ workspaceId, userIdentityId }) => [
      listDoorsToCheck(workspaceId, userIdentityId),
      countDoorsElsewhere(workspaceId, userIdentityId),
    ],
  },
  'doors to choose from': {
    statements: 1,
    read: ({ workspaceId, userIdentityId }) => [searchDoors(workspaceId, userIdentityId, 'door', 20)],
  },
  'the ACS users of an access system': {
    statements: 2,
    read: ({ workspaceId, acsSystemId }) => [
      listAcsUsers(workspaceId, acsSystemId, readAcsUserListParameters(new URLSearchParams())),
    ],
  },
  'an ACS user’s latest': {
    statements: 1,
    read: ({ workspaceId }) => [listRecentEvents(workspaceId, { acsUserId: uuidv7() }, 12)],
  },
  'the events of the workspace, about one person': {
    statements: 5,
    read: ({ workspaceId, userIdentityId }) => [
      listEvents(workspaceId, { userIdentityId }, () => true, { cursor: null, limit: 50 }),
      listActorNames(workspaceId),
      findPersonName(workspaceId, userIdentityId),
    ],
  },
  'likely duplicates': {
    statements: 1,
    read: ({ workspaceId }) => [listDuplicates(workspaceId, { cursor: null, limit: 20 })],
  },
  'two people to merge': {
    statements: 3,
    read: ({ workspaceId, userIdentityId }) => [getMergingPair(workspaceId, userIdentityId, userIdentityId)],
  },
  'the queue of ACS users to reconcile': {
    statements: 5,
    read: ({ workspaceId }) => [
      listQueue(workspaceId, readQueueParameters(new URLSearchParams())),
      countQueue(workspaceId),
      listAccessSystems(workspaceId),
    ],
  },
  'how the queue stands': {
    statements: 2,
    read: ({ workspaceId }) => [countQueue(workspaceId), listHandled(workspaceId, [uuidv7()])],
  },
  'what is certain in the queue': {
    statements: 2,
    read: ({ workspaceId }) => [listCertainMatches(workspaceId, readQueueParameters(new URLSearchParams()))],
  },
  'all that match, to be selected': {
    statements: 1,
    read: ({ workspaceId }) => [listSelectable(workspaceId, readIdentityListParameters(new URLSearchParams()))],
  },
  'what goes with people': {
    statements: 2,
    read: ({ workspaceId, userIdentityId }) => [countDependents(workspaceId, [userIdentityId])],
  },
  'what is certain about people': {
    statements: 1,
    read: ({ workspaceId, userIdentityId }) => [listCertainMatchesOf(workspaceId, [userIdentityId])],
  },
  'the overview': {
    statements: 3,
    read: ({ workspaceId }) => [
      countPeople(workspaceId),
      summarizeAccessSystems(workspaceId),
      listRecentEvents(workspaceId, {}, 10),
    ],
  },
}

test.each([10, 500])(
  'with %i people every page sends as many statements as ever',
  async (people) => {
    const workspace = await fillWorkspace(people)
    for (const [page, { statements, read }] of Object.entries(pages)) {
      const sent: string[] = []
      listenToQueries((statement) => sent.push(statement))
      await Promise.all(read(workspace)).finally(() => listenToQueries(undefined))
      expect(sent.length, page).toBe(statements)
    }
  },
  120_000,
)
