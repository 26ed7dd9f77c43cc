import { and, asc, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { acsUsers } from '@/db/schema/acs-users'
import { isUuid } from '@/lib/platform/input'
import { notFound } from '@/lib/platform/refusals'

/** An access group that an ACS user can be in. */
export type AccessGroupOption = {
  acsAccessGroupId: string
  name: string
  entranceCount: number
  isMember: boolean
  /** Whether it opens the entrance that was asked about. */
  opensEntrance: boolean
}

/** An access group as its system's page lists it. */
export type AccessGroupListItem = {
  acsAccessGroupId: string
  name: string
  /** The ids of the entrances that it opens. */
  acsEntranceIds: string[]
  memberCount: number
  /** The names of its first ACS users. */
  memberNames: string[]
}

const mostListed = 1000
const membersNamed = 5

/** The access groups of an access system by name: at most 1,000. */
export async function listAccessGroups(workspaceId: string, acsSystemId: string): Promise<AccessGroupListItem[]> {
  const connection = await database()
  const members = and(
    eq(accessGroupMembers.workspaceId, accessGroups.workspaceId),
    eq(accessGroupMembers.acsAccessGroupId, accessGroups.acsAccessGroupId),
  )
  // Queries of their own: in a selection from one table, Drizzle would leave the names of tables out.
  const opened = sql`select ${accessGroupEntrances.acsEntranceId} from ${accessGroupEntrances}
    where ${and(
      eq(accessGroupEntrances.workspaceId, accessGroups.workspaceId),
      eq(accessGroupEntrances.acsAccessGroupId, accessGroups.acsAccessGroupId),
    )}`
  const memberNames = sql`select ${acsUsers.displayName} from ${accessGroupMembers} join ${acsUsers}
    on ${acsUsers.workspaceId} = ${accessGroupMembers.workspaceId}
    and ${acsUsers.acsUserId} = ${accessGroupMembers.acsUserId}
    where ${members} order by ${accessGroupMembers.acsUserId} limit ${membersNamed}`
  return connection
    .select({
      acsAccessGroupId: accessGroups.acsAccessGroupId,
      name: accessGroups.name,
      acsEntranceIds: sql<string[]>`array(${opened})`,
      memberCount: sql<number>`(select count(*) from ${accessGroupMembers} where ${members})`.mapWith(Number),
      memberNames: sql<string[]>`array(${memberNames})`,
    })
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsSystemId)))
    .orderBy(asc(accessGroups.name), asc(accessGroups.acsAccessGroupId))
    .limit(mostListed)
}

/**
 * The access groups of an ACS user's access system by name, each with how many entrances it opens and
 * whether the ACS user is in it.
 *
 * @param acsEntranceId an entrance to tell the groups that open it.
 * @throws Refusal `acs_user_not_found`
 */
export async function listAccessGroupOptions(
  workspaceId: string,
  acsUserId: string,
  acsEntranceId: string | null,
): Promise<AccessGroupOption[]> {
  if (!isUuid(acsUserId)) throw notFound('acs_user')
  const connection = await database()
  const [acsUser] = await connection
    .select({ acsSystemId: acsUsers.acsSystemId })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, acsUserId)))
  if (!acsUser) throw notFound('acs_user')
  const doors = and(
    eq(accessGroupEntrances.workspaceId, accessGroups.workspaceId),
    eq(accessGroupEntrances.acsAccessGroupId, accessGroups.acsAccessGroupId),
  )
  const opens = acsEntranceId !== null && isUuid(acsEntranceId) ? acsEntranceId : null
  return connection
    .select({
      acsAccessGroupId: accessGroups.acsAccessGroupId,
      name: accessGroups.name,
      entranceCount: sql<number>`(select count(*) from ${accessGroupEntrances} where ${doors})`.mapWith(Number),
      isMember: sql<boolean>`exists (select 1 from ${accessGroupMembers} where ${and(
        eq(accessGroupMembers.workspaceId, accessGroups.workspaceId),
        eq(accessGroupMembers.acsAccessGroupId, accessGroups.acsAccessGroupId),
        eq(accessGroupMembers.acsUserId, acsUserId),
      )})`,
      opensEntrance: opens
        ? sql<boolean>`exists (select 1 from ${accessGroupEntrances} where ${and(
            doors,
            eq(accessGroupEntrances.acsEntranceId, opens),
          )})`
        : sql<boolean>`false`,
    })
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsUser.acsSystemId)))
    .orderBy(asc(accessGroups.name), asc(accessGroups.acsAccessGroupId))
}
