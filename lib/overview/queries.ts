import { and, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { type CountedKind, rowCounts } from '@/db/schema/row-counts'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaceInvitations, workspaceMembers } from '@/db/schema/workspaces'
import { acsUserHasProblem } from '../acs-users/problem-condition'
import { countOf } from '../pagination/count-rows'
import { keptCount } from '../pagination/kept-count'

/**
 * How many people the workspace has, and how many of them need somebody's attention; those with a problem as far as
 * lists count. And how many colleagues are its members or invited.
 */
export type PeopleCounts = { people: number; withProblem: number; linkedNowhere: number; colleagues: number }

/** Counts the workspace's user identities and its members for the overview, in one query. */
export async function countPeople(workspaceId: string): Promise<PeopleCounts> {
  const connection = await database()
  const hasProblem = sql`exists (select 1 from ${acsUsers} where ${and(
    eq(acsUsers.workspaceId, userIdentities.workspaceId),
    eq(acsUsers.userIdentityId, userIdentities.userIdentityId),
    acsUserHasProblem(),
  )})`
  const kept = (kind: CountedKind) => keptCount(eq(rowCounts.workspaceId, workspaceId), eq(rowCounts.kind, kind))
  const [row] = await connection
    .select({
      people: kept('people'),
      withProblem: countOf(userIdentities, and(eq(userIdentities.workspaceId, workspaceId), hasProblem)),
      linkedNowhere: kept('linked_nowhere'),
      colleagues: sql<number>`(select count(*) from ${workspaceMembers}
        where ${eq(workspaceMembers.workspaceId, workspaceId)}) + (select count(*) from ${workspaceInvitations}
        where ${eq(workspaceInvitations.workspaceId, workspaceId)})`.mapWith(Number),
    })
    .from(sql`(values (1)) as one`)
  return row ?? { people: 0, withProblem: 0, linkedNowhere: 0, colleagues: 0 }
}
