import { and, eq, type SQL, sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import type { KeysetOrder } from '@/lib/platform/pagination/page'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import type { AcsUserListParameters } from './list-parameters'
import { acsUserHasProblem } from './problem-condition'
import { waitsForIdentity } from './waiting-condition'

/** The ACS users of one access system. */
export const ofSystem = (workspaceId: string, acsSystemId: string) =>
  and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsSystemId, acsSystemId))

/** The condition under which a search finds an ACS user; a pasted id may also be its identity's. */
export function acsUserSearch(search: string): SQL | undefined {
  return searchCondition(parseSearchQuery(search), acsUsers.searchText, [acsUsers.acsUserId, acsUsers.userIdentityId])
}

/** What of an access system's list a search and filters leave. */
export function listCondition(
  workspaceId: string,
  acsSystemId: string,
  parameters: AcsUserListParameters,
): SQL | undefined {
  return and(
    ofSystem(workspaceId, acsSystemId),
    acsUserSearch(parameters.search),
    parameters.linked === 'linked' ? sql`${acsUsers.userIdentityId} is not null` : undefined,
    parameters.linked === 'unlinked' ? waitsForIdentity() : undefined,
    parameters.linked === 'not_a_person' ? sql`${acsUsers.notAPersonAt} is not null` : undefined,
    parameters.hasProblem ? acsUserHasProblem() : undefined,
  )
}

/** How the list is sorted: by name, or by creation. */
export function listOrder(sort: AcsUserListParameters['sort']): KeysetOrder {
  const byName = sort === 'name' || sort === 'name-desc'
  return {
    column: byName ? sql`${acsUsers.sortName} collate "C"` : null,
    id: acsUsers.acsUserId,
    descending: sort === 'name-desc' || sort === 'newest',
  }
}
