import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { afterRow, rowsToRead, type Slice, type Sliced, toSliced } from '@/lib/platform/pagination/slice'
import { notFound } from '@/lib/platform/refusals'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import { refuseUnknown } from '../links/refuse-unknown'

/** An entrance with all that the contract tells of it. */
export type EntranceRecord = {
  entrance: typeof entrances.$inferSelect
  connectedAccountId: string
}

/** Whom entrances open for. */
type EntranceUser = { acsUserId: string } | { acsCredentialId: string } | { acsAccessGroupId: string }

/** Which entrances a list is of; all of these at once. */
export type EntranceFilter = {
  acsSystemId?: string
  acsEntranceIds?: string[]
  connectedAccountId?: string
  accessibleTo?: EntranceUser
  search?: string
}

const isThisEntrance = (table: typeof accessGroupEntrances | typeof acsUserEntrances | typeof credentialEntrances) =>
  and(
    eq(table.workspaceId, entrances.workspaceId),
    eq(table.acsSystemId, entrances.acsSystemId),
    eq(table.acsEntranceId, entrances.acsEntranceId),
  )

/** Members of the access groups that open an entrance. */
const groupMembers = sql`${accessGroupEntrances}
  join ${accessGroupMembers} on ${accessGroupMembers.workspaceId} = ${accessGroupEntrances.workspaceId}
    and ${accessGroupMembers.acsAccessGroupId} = ${accessGroupEntrances.acsAccessGroupId}`

/** Entrances of the access groups of an ACS user, or granted to it by themselves. */
const openToAcsUser = (acsUserId: SQL | string) => sql`(
  exists (select 1 from ${groupMembers}
    where ${isThisEntrance(accessGroupEntrances)} and ${accessGroupMembers.acsUserId} = ${acsUserId})
  or exists (select 1 from ${acsUserEntrances}
    where ${isThisEntrance(acsUserEntrances)} and ${acsUserEntrances.acsUserId} = ${acsUserId}))`

/**
 * A credential opens the entrances it was issued for and those of its ACS user; an ACS user may open
 * those of its access groups, those granted to it, and those its credentials were issued for.
 */
function isAccessibleTo(user: EntranceUser): SQL {
  if ('acsAccessGroupId' in user) {
    const ofGroup = and(
      isThisEntrance(accessGroupEntrances),
      eq(accessGroupEntrances.acsAccessGroupId, user.acsAccessGroupId),
    )
    return sql`exists (select 1 from ${accessGroupEntrances} where ${ofGroup})`
  }
  const theirCredential =
    'acsUserId' in user
      ? eq(credentials.acsUserId, user.acsUserId)
      : eq(credentials.acsCredentialId, user.acsCredentialId)
  const issuedFor = sql`exists (select 1 from ${credentialEntrances}
    join ${credentials} on ${credentials.workspaceId} = ${credentialEntrances.workspaceId}
      and ${credentials.acsCredentialId} = ${credentialEntrances.acsCredentialId}
    where ${and(isThisEntrance(credentialEntrances), theirCredential)})`
  const acsUserId =
    'acsUserId' in user
      ? user.acsUserId
      : sql`(select ${credentials.acsUserId} from ${credentials}
          where ${credentials.workspaceId} = ${entrances.workspaceId} and ${theirCredential})`
  return sql`(${issuedFor} or ${openToAcsUser(acsUserId)})`
}

/** Credentials that open an entrance, as a condition on `credentials`: the same rule seen from the door. */
export function opensEntrance(workspaceId: string, acsEntranceId: string): SQL {
  const isOfEntrance = (table: typeof accessGroupEntrances | typeof acsUserEntrances | typeof credentialEntrances) =>
    and(eq(table.workspaceId, workspaceId), eq(table.acsEntranceId, acsEntranceId))
  const held = alias(credentials, 'held')
  // One set of ids, not three conditions with "or" between them, for which every credential would be read.
  return sql`${credentials.acsCredentialId} in (
    select ${credentialEntrances.acsCredentialId} from ${credentialEntrances} where ${isOfEntrance(credentialEntrances)}
    union
    select ${held.acsCredentialId} from ${credentials} as ${sql.identifier('held')}
    where ${eq(held.workspaceId, workspaceId)} and ${held.acsUserId} in (
      select ${acsUserEntrances.acsUserId} from ${acsUserEntrances} where ${isOfEntrance(acsUserEntrances)}
      union
      select ${accessGroupMembers.acsUserId} from ${groupMembers} where ${isOfEntrance(accessGroupEntrances)}))`
}

async function readRecords(condition: SQL | undefined, limit?: number): Promise<EntranceRecord[]> {
  const connection = await database()
  const query = connection
    .select({ entrance: entrances, connectedAccountId: accessSystems.connectedAccountId })
    .from(entrances)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, entrances.workspaceId), eq(accessSystems.acsSystemId, entrances.acsSystemId)),
    )
    .where(condition)
    .orderBy(asc(entrances.acsEntranceId))
  return limit === undefined ? query : query.limit(limit)
}

/**
 * One entrance.
 *
 * @throws Refusal `acs_entrance_not_found`
 */
export async function getEntranceRecord(workspaceId: string, acsEntranceId: string): Promise<EntranceRecord> {
  const [record] = await readRecords(
    and(eq(entrances.workspaceId, workspaceId), eq(entrances.acsEntranceId, acsEntranceId)),
  )
  if (!record) throw notFound('acs_entrance')
  return record
}

/**
 * The workspace's entrances, oldest first.
 *
 * @param slice all of them, where none is given
 * @throws Refusal `…_not_found` for an access system, ACS user, credential or access group
 */
export async function listEntranceRecords(
  workspaceId: string,
  filter: EntranceFilter,
  slice?: Slice,
): Promise<Sliced<EntranceRecord>> {
  const { acsSystemId, acsEntranceIds, connectedAccountId, accessibleTo, search } = filter
  const rows = await readRecords(
    and(
      eq(entrances.workspaceId, workspaceId),
      acsSystemId === undefined ? undefined : eq(entrances.acsSystemId, acsSystemId),
      acsEntranceIds && inArray(entrances.acsEntranceId, acsEntranceIds),
      connectedAccountId === undefined ? undefined : eq(accessSystems.connectedAccountId, connectedAccountId),
      accessibleTo && isAccessibleTo(accessibleTo),
      search === undefined
        ? undefined
        : searchCondition(parseSearchQuery(search), sql`search_normalize(${entrances.displayName})`, [
            entrances.acsEntranceId,
            entrances.acsSystemId,
          ]),
      slice && afterRow(entrances.acsEntranceId, slice),
    ),
    slice && rowsToRead(slice),
  )
  if (rows.length === 0) {
    await refuseUnknown(workspaceId, {
      acs_system: acsSystemId,
      ...(accessibleTo && {
        acs_user: 'acsUserId' in accessibleTo ? accessibleTo.acsUserId : undefined,
        acs_credential: 'acsCredentialId' in accessibleTo ? accessibleTo.acsCredentialId : undefined,
        acs_access_group: 'acsAccessGroupId' in accessibleTo ? accessibleTo.acsAccessGroupId : undefined,
      }),
    })
  }
  return slice ? toSliced(rows, slice) : { rows, hasMore: false }
}
