import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { type Database, database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { isUuid } from '@/lib/platform/input'
import { type AccessibleEntrance, type Door, type EntranceReason, unlockMethods } from './entrance'

/**
 * The entrances that a person's ACS users may open, by access system and name, each with all that
 * opens it: access groups, grants, and credentials that were issued for it.
 */
export async function listAccessibleEntrances(
  workspaceId: string,
  userIdentityId: string,
): Promise<AccessibleEntrance[]> {
  if (!isUuid(userIdentityId)) return []
  const connection = await database()
  const theirs = and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId))
  const rows = await unionAll(
    reasons(connection, 'access_group', sql`${accessGroups.acsAccessGroupId}`, sql`${accessGroups.name}`)
      .innerJoin(accessGroupMembers, ofAcsUser(accessGroupMembers))
      .innerJoin(
        accessGroups,
        and(
          eq(accessGroups.workspaceId, accessGroupMembers.workspaceId),
          eq(accessGroups.acsAccessGroupId, accessGroupMembers.acsAccessGroupId),
        ),
      )
      .innerJoin(
        accessGroupEntrances,
        and(
          eq(accessGroupEntrances.workspaceId, accessGroups.workspaceId),
          eq(accessGroupEntrances.acsAccessGroupId, accessGroups.acsAccessGroupId),
        ),
      )
      .innerJoin(entrances, isEntrance(accessGroupEntrances))
      .where(theirs),
    reasons(connection, 'grant', sql`null::uuid`, sql`null`)
      .innerJoin(acsUserEntrances, ofAcsUser(acsUserEntrances))
      .innerJoin(entrances, isEntrance(acsUserEntrances))
      .where(theirs),
    reasons(connection, 'credential', sql`${credentials.acsCredentialId}`, sql`${credentials.displayName}`)
      .innerJoin(credentials, ofAcsUser(credentials))
      .innerJoin(
        credentialEntrances,
        and(
          eq(credentialEntrances.workspaceId, credentials.workspaceId),
          eq(credentialEntrances.acsCredentialId, credentials.acsCredentialId),
        ),
      )
      .innerJoin(entrances, isEntrance(credentialEntrances))
      .where(theirs),
  )
  return merged(rows)
}

/** How many doors, or access groups, of a system one page shows at most; one that's kept by hand has no more. */
const mostListed = 1000

/** The names of an access system's doors, by name: at most `mostListed`. */
export async function listDoorNames(
  workspaceId: string,
  acsSystemId: string,
): Promise<{ acsEntranceId: string; displayName: string }[]> {
  const connection = await database()
  return connection
    .select({ acsEntranceId: entrances.acsEntranceId, displayName: entrances.displayName })
    .from(entrances)
    .where(and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsSystemId, acsSystemId)))
    .orderBy(asc(entrances.displayName), asc(entrances.acsEntranceId))
    .limit(mostListed)
}

/** The doors of an access system by name, each with the access groups that open it: at most `mostListed`. */
export async function listDoors(workspaceId: string, acsSystemId: string): Promise<Door[]> {
  const connection = await database()
  const opening = and(
    eq(accessGroupEntrances.workspaceId, entrances.workspaceId),
    eq(accessGroupEntrances.acsSystemId, entrances.acsSystemId),
    eq(accessGroupEntrances.acsEntranceId, entrances.acsEntranceId),
  )
  // A query of its own: in a selection from one table, Drizzle would leave the names of tables out.
  const groupNames = sql`select ${accessGroups.name} from ${accessGroupEntrances} join ${accessGroups}
    on ${accessGroups.workspaceId} = ${accessGroupEntrances.workspaceId}
    and ${accessGroups.acsAccessGroupId} = ${accessGroupEntrances.acsAccessGroupId}
    where ${opening} order by ${accessGroups.name}`
  const granted = and(
    eq(acsUserEntrances.workspaceId, entrances.workspaceId),
    eq(acsUserEntrances.acsSystemId, entrances.acsSystemId),
    eq(acsUserEntrances.acsEntranceId, entrances.acsEntranceId),
  )
  const rows = await connection
    .select({
      acsEntranceId: entrances.acsEntranceId,
      displayName: entrances.displayName,
      withMobileKey: entrances.canUnlockWithMobileKey,
      withCard: entrances.canUnlockWithCard,
      withCode: entrances.canUnlockWithCode,
      groupNames: sql<string[]>`array(${groupNames})`,
      grantedCount: sql<number>`(select count(*) from ${acsUserEntrances} where ${granted})`.mapWith(Number),
    })
    .from(entrances)
    .where(and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsSystemId, acsSystemId)))
    .orderBy(asc(entrances.displayName), asc(entrances.acsEntranceId))
    .limit(mostListed)
  return rows.map(({ withMobileKey, withCard, withCode, ...door }) => ({
    ...door,
    unlocksWith: unlockMethods({ withMobileKey, withCard, withCode }),
  }))
}

const ofAcsUser = (table: typeof accessGroupMembers | typeof acsUserEntrances | typeof credentials) =>
  and(eq(table.workspaceId, acsUsers.workspaceId), eq(table.acsUserId, acsUsers.acsUserId))

const isEntrance = (table: typeof accessGroupEntrances | typeof acsUserEntrances | typeof credentialEntrances) =>
  and(eq(entrances.workspaceId, table.workspaceId), eq(entrances.acsEntranceId, table.acsEntranceId))

function reasons(connection: Database, kind: EntranceReason['kind'], id: SQL, name: SQL) {
  return connection
    .select({
      kind: sql<EntranceReason['kind']>`${sql.raw(`'${kind}'`)}`.as('kind'),
      id: sql<string | null>`${id}`.as('reason_id'),
      name: sql<string | null>`${name}`.as('reason_name'),
      acsEntranceId: entrances.acsEntranceId,
      displayName: entrances.displayName,
      acsSystemId: acsUsers.acsSystemId,
      acsSystemName: sql<string>`${accessSystems.name}`.as('acs_system_name'),
      acsUserId: acsUsers.acsUserId,
      withMobileKey: entrances.canUnlockWithMobileKey,
      withCard: entrances.canUnlockWithCard,
      withCode: entrances.canUnlockWithCode,
    })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .$dynamic()
}

type Row = Omit<AccessibleEntrance, 'unlocksWith' | 'reasons'> & {
  kind: EntranceReason['kind']
  id: string | null
  name: string | null
  withMobileKey: boolean
  withCard: boolean
  withCode: boolean
}

/** One entry for each entrance, with all of its reasons. */
function merged(rows: Row[]): AccessibleEntrance[] {
  const byEntrance = new Map<string, AccessibleEntrance>()
  for (const { kind, id, name, withMobileKey, withCard, withCode, ...entrance } of rows) {
    const entry = byEntrance.get(entrance.acsEntranceId) ?? {
      ...entrance,
      unlocksWith: unlockMethods({ withMobileKey, withCard, withCode }),
      reasons: [],
    }
    entry.reasons.push({ kind, id, name })
    byEntrance.set(entrance.acsEntranceId, entry)
  }
  const words = new Intl.Collator('en', { numeric: true })
  return [...byEntrance.values()].sort(
    (one, other) =>
      words.compare(one.acsSystemName, other.acsSystemName) || words.compare(one.displayName, other.displayName),
  )
}
