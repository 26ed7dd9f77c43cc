import { and, asc, eq, inArray } from 'drizzle-orm'
import { type Database, database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { userIdentities } from '@/db/schema/user-identities'
import { isUuid } from '@/lib/platform/input'
import { type MovingAcsUser, mostPeopleAtOnce } from './move'

/** Somebody who moves, with their ACS users by access system. */
export type MovingPerson = {
  userIdentityId: string
  displayName: string
  movesOutAt: string | null
  acsUsers: MovingAcsUser[]
}

/** What a move concerns of people, by name; who is not of the workspace is left out. In three statements. */
export async function listMovingPeople(workspaceId: string, userIdentityIds: string[]): Promise<MovingPerson[]> {
  const ids = userIdentityIds.filter(isUuid).slice(0, mostPeopleAtOnce)
  if (ids.length === 0) return []
  return readMovingPeople(await database(), workspaceId, ids)
}

/** The same inside a command's own transaction. */
export async function readMovingPeople(
  connection: Database,
  workspaceId: string,
  ids: string[],
): Promise<MovingPerson[]> {
  const people = await connection
    .select({
      userIdentityId: userIdentities.userIdentityId,
      displayName: userIdentities.displayName,
      movesOutAt: userIdentities.movesOutAt,
    })
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), inArray(userIdentities.userIdentityId, ids)))
    .orderBy(asc(userIdentities.sortName), asc(userIdentities.userIdentityId))
  const theirs = and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.userIdentityId, ids))
  const linked = await connection
    .select({
      userIdentityId: acsUsers.userIdentityId,
      acsUserId: acsUsers.acsUserId,
      displayName: acsUsers.displayName,
      acsSystemName: accessSystems.name,
      isSuspended: acsUsers.isSuspended,
      accessStartsAt: acsUsers.accessStartsAt,
      accessEndsAt: acsUsers.accessEndsAt,
    })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .where(theirs)
    .orderBy(asc(accessSystems.name), asc(acsUsers.acsUserId))
  const keys = await connection
    .select({
      acsUserId: credentials.acsUserId,
      acsCredentialId: credentials.acsCredentialId,
      displayName: credentials.displayName,
      accessMethod: credentials.accessMethod,
      startsAt: credentials.startsAt,
      endsAt: credentials.endsAt,
    })
    .from(credentials)
    .innerJoin(
      acsUsers,
      and(eq(acsUsers.workspaceId, credentials.workspaceId), eq(acsUsers.acsUserId, credentials.acsUserId)),
    )
    .where(theirs)
    .orderBy(asc(credentials.acsCredentialId))
  return people.map((person) => ({
    ...person,
    movesOutAt: person.movesOutAt?.toISOString() ?? null,
    acsUsers: linked
      .filter(({ userIdentityId }) => userIdentityId === person.userIdentityId)
      .map(({ userIdentityId: _, accessStartsAt, accessEndsAt, ...acsUser }) => ({
        ...acsUser,
        accessStartsAt: accessStartsAt?.toISOString() ?? null,
        accessEndsAt: accessEndsAt?.toISOString() ?? null,
        credentials: keys
          .filter(({ acsUserId }) => acsUserId === acsUser.acsUserId)
          .map(({ acsUserId: _holder, startsAt, endsAt, ...credential }) => ({
            ...credential,
            startsAt: startsAt?.toISOString() ?? null,
            endsAt: endsAt?.toISOString() ?? null,
          })),
      })),
  }))
}
