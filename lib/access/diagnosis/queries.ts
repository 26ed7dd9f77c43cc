import { and, asc, eq, exists, inArray, notExists, type SQL, sql } from 'drizzle-orm'
import { type Database, database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { isUuid } from '@/lib/platform/input'
import { notFound } from '@/lib/platform/refusals'
import { unlockMethods } from '../entrances/entrance'
import type { Door } from './facts'

const doorColumns = {
  acsEntranceId: entrances.acsEntranceId,
  acsSystemId: entrances.acsSystemId,
  displayName: entrances.displayName,
  withMobileKey: entrances.canUnlockWithMobileKey,
  withCard: entrances.canUnlockWithCard,
  withCode: entrances.canUnlockWithCode,
}

type DoorRow = Omit<Door, 'unlocksWith'> & { withMobileKey: boolean; withCard: boolean; withCode: boolean }

const toDoor = ({ acsEntranceId, acsSystemId, displayName, ...takes }: DoorRow): Door => ({
  acsEntranceId,
  acsSystemId,
  displayName,
  unlocksWith: unlockMethods(takes),
})

/**
 * One door of the workspace.
 *
 * @throws Refusal `acs_entrance_not_found`
 */
export async function getDoor(workspaceId: string, acsEntranceId: string): Promise<Door> {
  if (!isUuid(acsEntranceId)) throw notFound('acs_entrance')
  const connection = await database()
  const [row] = await connection
    .select(doorColumns)
    .from(entrances)
    .where(and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsEntranceId, acsEntranceId)))
  if (!row) throw notFound('acs_entrance')
  return toDoor(row)
}

/** The ACS users of a person, for a subquery of one of their columns. */
function theirAcsUsers(connection: Database, workspaceId: string, userIdentityId: string, condition?: SQL) {
  return connection
    .select({ found: sql`1` })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId), condition))
}

/** The doors of all access systems in which a person has an ACS user, whether or not they may open them. */
export async function listDoorsToCheck(workspaceId: string, userIdentityId: string): Promise<Door[]> {
  if (!isUuid(userIdentityId)) return []
  const connection = await database()
  const theirSystems = connection
    .select({ acsSystemId: acsUsers.acsSystemId })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId)))
  const rows = await connection
    .select(doorColumns)
    .from(entrances)
    .where(and(eq(entrances.workspaceId, workspaceId), inArray(entrances.acsSystemId, theirSystems)))
  const words = new Intl.Collator('en', { numeric: true })
  return rows.map(toDoor).sort((one, other) => words.compare(one.displayName, other.displayName))
}

/** How many doors there are in each access system in which a person has no ACS user. */
export async function countDoorsElsewhere(
  workspaceId: string,
  userIdentityId: string,
): Promise<{ acsSystemId: string; doors: number }[]> {
  if (!isUuid(userIdentityId)) return []
  const connection = await database()
  const here = eq(acsUsers.acsSystemId, entrances.acsSystemId)
  return connection
    .select({ acsSystemId: entrances.acsSystemId, doors: sql<number>`count(*)`.mapWith(Number) })
    .from(entrances)
    .where(
      and(
        eq(entrances.workspaceId, workspaceId),
        notExists(theirAcsUsers(connection, workspaceId, userIdentityId, here)),
      ),
    )
    .groupBy(entrances.acsSystemId)
}

/** A door offered in a picker. */
export type DoorOption = {
  acsEntranceId: string
  displayName: string
  acsSystemName: string
  /** `given`: something gives this person the door; `linked`: they have an ACS user in its access system. */
  standing: 'given' | 'linked' | 'elsewhere'
}

/**
 * The first doors of the workspace whose name or access system has all of these parts of words: those
 * that the person was given first, then those of access systems in which they have an ACS user.
 */
export async function searchDoors(
  workspaceId: string,
  userIdentityId: string,
  search: string,
  limit: number,
): Promise<DoorOption[]> {
  if (!isUuid(userIdentityId)) throw notFound('user_identity')
  const connection = await database()
  const their = (condition: SQL | undefined) => theirAcsUsers(connection, workspaceId, userIdentityId, condition)
  const given = [
    connection
      .select({ acsEntranceId: accessGroupEntrances.acsEntranceId })
      .from(accessGroupEntrances)
      .innerJoin(
        accessGroupMembers,
        and(
          eq(accessGroupMembers.workspaceId, accessGroupEntrances.workspaceId),
          eq(accessGroupMembers.acsAccessGroupId, accessGroupEntrances.acsAccessGroupId),
        ),
      )
      .where(
        and(
          eq(accessGroupEntrances.workspaceId, workspaceId),
          exists(their(eq(acsUsers.acsUserId, accessGroupMembers.acsUserId))),
        ),
      ),
    connection
      .select({ acsEntranceId: acsUserEntrances.acsEntranceId })
      .from(acsUserEntrances)
      .where(
        and(
          eq(acsUserEntrances.workspaceId, workspaceId),
          exists(their(eq(acsUsers.acsUserId, acsUserEntrances.acsUserId))),
        ),
      ),
    connection
      .select({ acsEntranceId: credentialEntrances.acsEntranceId })
      .from(credentialEntrances)
      .innerJoin(
        credentials,
        and(
          eq(credentials.workspaceId, credentialEntrances.workspaceId),
          eq(credentials.acsCredentialId, credentialEntrances.acsCredentialId),
        ),
      )
      .where(
        and(
          eq(credentialEntrances.workspaceId, workspaceId),
          exists(their(eq(acsUsers.acsUserId, credentials.acsUserId))),
        ),
      ),
  ]
  const isGiven = sql`(${sql.join(
    given.map((ways) => inArray(entrances.acsEntranceId, ways)),
    sql` or `,
  )})`
  const isLinked = exists(their(eq(acsUsers.acsSystemId, entrances.acsSystemId)))
  const standing = sql<DoorOption['standing']>`case when ${isGiven} then 'given' when ${isLinked} then 'linked'
    else 'elsewhere' end`
  const words = search.split(/\s+/).filter(Boolean).slice(0, mostWords)
  const text = sql`search_normalize(${entrances.displayName} || ' ' || ${accessSystems.name})`
  return connection
    .select({
      acsEntranceId: entrances.acsEntranceId,
      displayName: entrances.displayName,
      acsSystemName: accessSystems.name,
      standing,
    })
    .from(entrances)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, entrances.workspaceId), eq(accessSystems.acsSystemId, entrances.acsSystemId)),
    )
    .where(
      and(
        eq(entrances.workspaceId, workspaceId),
        ...words.map((word) => sql`position(search_normalize(${word}) in ${text}) > 0`),
      ),
    )
    .orderBy(
      sql`array_position(array['given', 'linked', 'elsewhere'], ${standing})`,
      asc(accessSystems.name),
      asc(entrances.displayName),
      asc(entrances.acsEntranceId),
    )
    .limit(limit)
}

const mostWords = 8

/** An access group with a door in it. */
export type GroupWithDoor = { acsAccessGroupId: string; name: string; doors: number }

/** The access groups that have a door, each with how many doors it opens; the one with the fewest first. */
export async function listGroupsWithDoor(workspaceId: string, acsEntranceId: string): Promise<GroupWithDoor[]> {
  if (!isUuid(acsEntranceId)) return []
  const connection = await database()
  const withDoor = connection
    .select({ acsAccessGroupId: accessGroupEntrances.acsAccessGroupId })
    .from(accessGroupEntrances)
    .innerJoin(
      entrances,
      and(
        eq(entrances.workspaceId, accessGroupEntrances.workspaceId),
        eq(entrances.acsSystemId, accessGroupEntrances.acsSystemId),
        eq(entrances.acsEntranceId, accessGroupEntrances.acsEntranceId),
      ),
    )
    .where(and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsEntranceId, acsEntranceId)))
  const doors = sql<number>`count(*)`.mapWith(Number)
  return connection
    .select({ acsAccessGroupId: accessGroups.acsAccessGroupId, name: accessGroups.name, doors })
    .from(accessGroups)
    .innerJoin(
      accessGroupEntrances,
      and(
        eq(accessGroupEntrances.workspaceId, accessGroups.workspaceId),
        eq(accessGroupEntrances.acsAccessGroupId, accessGroups.acsAccessGroupId),
      ),
    )
    .where(and(eq(accessGroups.workspaceId, workspaceId), inArray(accessGroups.acsAccessGroupId, withDoor)))
    .groupBy(accessGroups.acsAccessGroupId, accessGroups.name)
    .orderBy(asc(doors), asc(accessGroups.name), asc(accessGroups.acsAccessGroupId))
}
