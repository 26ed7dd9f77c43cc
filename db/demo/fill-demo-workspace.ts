import type { Database } from '../client'
import { insertAll } from '../insert-all'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '../schema/access-groups'
import { accessSystems } from '../schema/access-systems'
import { acsUsers } from '../schema/acs-users'
import { credentialEntrances, credentials } from '../schema/credentials'
import { entrances } from '../schema/entrances'
import { events } from '../schema/events'
import { userIdentities } from '../schema/user-identities'
import { buildLinkedAcsUsers, buildStoryAcsUsers } from './acs-users'
import { createCalendar } from './calendar'
import { buildCredentials } from './credentials'
import type { Demo } from './demo'
import { buildGroupMembers } from './group-members'
import { buildHistory } from './history'
import { buildPeople } from './people'
import { createIds, createRandom } from './random'
import { buildSites } from './sites'
import { buildMatchingAcsUsers, buildUnknownAcsUsers, shareEmailAddresses } from './unlinked-acs-users'

const usualSeed = 1947
const peopleWithoutAttachments = 11
const waitingToBeAttached = 132
const sharedEmailAddresses = 3

/**
 * Fills an empty workspace with a property company: its people, its access systems with their users,
 * doors and credentials, and the history that led there.
 *
 * The same workspace filled from the same seed within the same hour gets the very same rows, ids
 * included. At any other time the same people, ACS users and credentials exist, only their moments differ;
 * and what did not just happen keeps its id for the day, so that a link into the demo outlives a reset.
 *
 * @param transaction takes part in the caller's transaction.
 * @param options.today what all dates are relative to.
 */
export async function fillDemoWorkspace(
  transaction: Database,
  workspaceId: string,
  { seed = usualSeed, today = new Date() }: { seed?: number; today?: Date } = {},
): Promise<void> {
  const random = createRandom(seed)
  const demo: Demo = {
    workspaceId,
    random,
    newId: createIds(workspaceId, seed),
    calendar: createCalendar(today, random),
  }
  const { sites, groups, ...rows } = buildSites(demo)
  const people = buildPeople(demo)

  const pairs = random.shuffled(people.flatMap((person) => person.systems.map((system) => ({ person, system }))))
  // New arrivals have not been attached at all yet; of the others, some have been overlooked.
  const newcomers = new Set(people.filter((person) => !person.isStory).slice(-peopleWithoutAttachments))
  const ofNewcomers = pairs.filter(({ person }) => newcomers.has(person))
  const ofOthers = pairs.filter(({ person }) => !newcomers.has(person))
  const overlooked = ofOthers.slice(0, waitingToBeAttached - ofNewcomers.length)
  const linked = buildLinkedAcsUsers(demo, sites, ofOthers.slice(overlooked.length))
  const matching = buildMatchingAcsUsers(demo, sites, [...ofNewcomers, ...overlooked])
  const everyAcsUser = [
    ...linked,
    ...matching,
    ...buildUnknownAcsUsers(demo, sites, people),
    ...buildStoryAcsUsers(demo, sites, people),
  ]
  shareEmailAddresses(linked, everyAcsUser, sharedEmailAddresses)
  shareEmailAddresses(matching, everyAcsUser, sharedEmailAddresses)
  const everyCredential = buildCredentials(demo, sites, everyAcsUser)

  await insertAll(transaction, accessSystems, rows.systemRows)
  await insertAll(transaction, entrances, rows.entranceRows)
  await insertAll(transaction, accessGroups, rows.groupRows)
  await insertAll(transaction, accessGroupEntrances, rows.groupEntranceRows)
  await insertAll(
    transaction,
    userIdentities,
    people.map((person) => person.identity),
  )
  await insertAll(
    transaction,
    acsUsers,
    everyAcsUser.map((acsUser) => acsUser.row),
  )
  await insertAll(transaction, accessGroupMembers, buildGroupMembers(demo, groups, everyAcsUser))
  await insertAll(
    transaction,
    credentials,
    everyCredential.map((credential) => credential.row),
  )
  await insertAll(
    transaction,
    credentialEntrances,
    everyCredential.flatMap((credential) => credential.entranceRows),
  )
  const world = { people, acsUsers: everyAcsUser, credentials: everyCredential }
  await insertAll(transaction, events, buildHistory(demo, sites, world))
}
