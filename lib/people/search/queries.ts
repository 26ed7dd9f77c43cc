import { and, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { userIdentities } from '@/db/schema/user-identities'
import { searchAcsUsers } from '@/lib/access/acs-users/queries'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import { identitySearch } from '../identities/list-condition'

/** Something the command palette can jump to. */
export type PaletteResult = {
  kind: 'user_identity' | 'acs_user' | 'acs_system'
  id: string
  title: string
  detail: string | null
}

const mostOfAKind = 6

/** People, ACS users and access systems that a search finds, a few of each. */
export async function searchWorkspace(workspaceId: string, search: string): Promise<PaletteResult[]> {
  const query = parseSearchQuery(search)
  if (query.kind === 'everything') return []
  const connection = await database()
  const [people, users, systems] = await Promise.all([
    connection
      .select({
        id: userIdentities.userIdentityId,
        title: userIdentities.displayName,
        detail: sql<string | null>`coalesce(${userIdentities.emailAddress}, ${userIdentities.phoneNumber})`,
      })
      .from(userIdentities)
      .where(and(eq(userIdentities.workspaceId, workspaceId), identitySearch(workspaceId, search)))
      .orderBy(sql`${userIdentities.sortName} collate "C"`, userIdentities.userIdentityId)
      .limit(mostOfAKind),
    searchAcsUsers(workspaceId, null, search, mostOfAKind),
    connection
      .select({ id: accessSystems.acsSystemId, title: accessSystems.name })
      .from(accessSystems)
      .where(
        and(
          eq(accessSystems.workspaceId, workspaceId),
          searchCondition(query, sql`search_normalize(${accessSystems.name})`, [accessSystems.acsSystemId]),
        ),
      )
      .orderBy(accessSystems.name)
      .limit(mostOfAKind),
  ])
  return [
    ...people.map((person) => ({ kind: 'user_identity' as const, ...person })),
    ...users.map((user) => ({
      kind: 'acs_user' as const,
      id: user.acsUserId,
      title: user.displayName,
      detail: user.holder ? `ACS user of ${user.holder.displayName}` : 'Unlinked ACS user',
    })),
    ...systems.map((system) => ({ kind: 'acs_system' as const, detail: null, ...system })),
  ]
}
