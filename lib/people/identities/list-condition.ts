import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { type CountedKind, rowCounts } from '@/db/schema/row-counts'
import { unlinkedIdentities } from '@/db/schema/unlinked-identities'
import { userIdentities } from '@/db/schema/user-identities'
import { acsUserHasProblem } from '@/lib/access/acs-users/problem-condition'
import { isUuid } from '@/lib/platform/input'
import { countRows } from '@/lib/platform/pagination/count-rows'
import { keptCount, readKeptCount } from '@/lib/platform/pagination/kept-count'
import type { KeysetOrder } from '@/lib/platform/pagination/page'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import { everySystem, type IdentityListParameters } from './list-parameters'

/**
 * An identity's ACS users, for a subquery. A condition of its own, because in the columns of a query
 * on one table Drizzle writes bare column names, which a subquery would take for its own.
 */
export const theirAcsUsers = and(
  eq(acsUsers.workspaceId, userIdentities.workspaceId),
  eq(acsUsers.userIdentityId, userIdentities.userIdentityId),
)

const linkedAcsUser = (condition: SQL) => sql`exists (select 1 from ${acsUsers} where ${and(theirAcsUsers, condition)})`

/** That no access system has an ACS user of theirs: the database keeps a list of those people. */
const isLinkedNowhere = sql`exists (select 1 from ${unlinkedIdentities} where ${and(
  eq(unlinkedIdentities.workspaceId, userIdentities.workspaceId),
  eq(unlinkedIdentities.userIdentityId, userIdentities.userIdentityId),
)})`

/**
 * The condition under which a search finds an identity. A pasted id may be its own, that of an ACS
 * user it holds, or a key that happens to be a UUID; each is looked up in its index.
 */
export function identitySearch(workspaceId: string, search: string): SQL | undefined {
  return searchCondition(
    parseSearchQuery(search),
    userIdentities.searchText,
    [userIdentities.userIdentityId],
    (ids) => [
      inArray(userIdentities.userIdentityKey, [...ids, ...ids.map((id) => id.toUpperCase())]),
      sql`${userIdentities.userIdentityId} = any(array(select ${acsUsers.userIdentityId} from ${acsUsers} where ${and(
        eq(acsUsers.workspaceId, workspaceId),
        inArray(acsUsers.acsUserId, ids),
      )}))`,
    ],
  )
}

/** What of the list a search and filters leave. */
export function listCondition(workspaceId: string, parameters: IdentityListParameters): SQL | undefined {
  const { linkedIn, missingFrom, hasProblem } = parameters
  // An id that is none belongs to no access system: nothing is linked in it, everything is missing.
  const inSystem = (acsSystemId: string) =>
    isUuid(acsSystemId) ? linkedAcsUser(eq(acsUsers.acsSystemId, acsSystemId)) : sql`false`
  return and(
    eq(userIdentities.workspaceId, workspaceId),
    identitySearch(workspaceId, parameters.search),
    linkedIn ? inSystem(linkedIn) : undefined,
    missingFrom === everySystem ? isLinkedNowhere : missingFrom ? sql`not ${inSystem(missingFrom)}` : undefined,
    hasProblem ? linkedAcsUser(acsUserHasProblem()) : undefined,
    parameters.moving === 'planned' ? sql`${userIdentities.movesOutAt} > now()` : undefined,
    parameters.moving === 'out' ? sql`${userIdentities.movesOutAt} <= now()` : undefined,
  )
}

/** How many a search and filters leave: exactly where the database keeps the count, else as far as lists count. */
export function countListed(workspaceId: string, parameters: IdentityListParameters): Promise<number> {
  const kept = keptTotal(workspaceId, parameters)
  return kept ? readKeptCount(kept) : countRows(userIdentities, listCondition(workspaceId, parameters))
}

/** All of them, and those whom one filter by links leaves, need not be looked up to be counted. */
function keptTotal(workspaceId: string, parameters: IdentityListParameters): SQL<number> | null {
  const { search, missingFrom, linkedIn, hasProblem, moving } = parameters
  if (hasProblem || moving || (linkedIn && missingFrom) || identitySearch(workspaceId, search)) return null
  const kept = (kind: CountedKind, ...conditions: SQL[]) =>
    keptCount(eq(rowCounts.workspaceId, workspaceId), eq(rowCounts.kind, kind), ...conditions)
  // Each has one ACS user there at most: so many are linked, so many people are.
  const linked = (acsSystemId: string) =>
    isUuid(acsSystemId) ? kept('linked', eq(rowCounts.acsSystemId, acsSystemId)) : sql<number>`0`.mapWith(Number)
  if (linkedIn) return linked(linkedIn)
  if (missingFrom === everySystem) return kept('linked_nowhere')
  return missingFrom ? sql`${kept('people')} - ${linked(missingFrom)}`.mapWith(Number) : kept('people')
}

/** How the list is sorted: by name, or by creation. */
export function listOrder(sort: IdentityListParameters['sort']): KeysetOrder {
  const byName = sort === 'name' || sort === 'name-desc'
  return {
    column: byName ? sql`${userIdentities.sortName} collate "C"` : null,
    id: userIdentities.userIdentityId,
    descending: sort === 'newest' || sort === 'name-desc',
  }
}
