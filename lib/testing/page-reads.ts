import { v7 as uuidv7 } from 'uuid'
import { readAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import { listAcsUsers, listLinkedAcsUsers } from '@/lib/access/acs-users/queries'
import { listCredentials } from '@/lib/access/credentials/queries'
import {
  countDoorsElsewhere,
  getDoor,
  listDoorsToCheck,
  listGroupsWithDoor,
  searchDoors,
} from '@/lib/access/diagnosis/queries'
import { listAccessSystems, summarizeAccessSystems } from '@/lib/access/systems/queries'
import { countOpenTasks, listTasks } from '@/lib/access/tasks/queries'
import { findPersonName, listActorNames, listEvents, listRecentEvents } from '@/lib/history/events/queries'
import { getImport, getRememberedMapping, listImportRows, listImports } from '@/lib/imports/queries'
import { listDuplicates } from '@/lib/people/duplicates/queries'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { countDependents, getUserIdentity, listSelectable, listUserIdentities } from '@/lib/people/identities/queries'
import { suggestAcsUsers } from '@/lib/people/matching/queries'
import { getMergingPair } from '@/lib/people/merges/queries'
import { countPeople, countWaitingWork } from '@/lib/people/overview/queries'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import {
  countQueue,
  listCertainMatches,
  listCertainMatchesOf,
  listHandled,
  listQueue,
} from '@/lib/people/reconcile/queries'

/** The workspace that is read, with one of each thing that has a page. */
export type ReadWorkspace = {
  workspaceId: string
  importId: string
  acsEntranceId: string
  acsSystemId: string
  userIdentityId: string
}

type PageRead = { statements: number; read: (workspace: ReadWorkspace) => Promise<unknown>[] }

/** What pages, and what they ask for later, read of a workspace, and in how many statements. */
export const pageReads: Record<string, PageRead> = {
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
  tasks: {
    statements: 2,
    read: ({ workspaceId, acsSystemId }) => [
      listTasks(workspaceId, { acsSystemId, acsUserId: null, isDone: false }, { cursor: uuidv7(), limit: 100 }),
      countOpenTasks(workspaceId),
    ],
  },
  'what waits, in the margin of every page': {
    statements: 1,
    read: ({ workspaceId }) => [countWaitingWork(workspaceId)],
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
