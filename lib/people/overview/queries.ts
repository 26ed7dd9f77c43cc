import { and, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { type CountedKind, rowCounts } from '@/db/schema/row-counts'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaceInvitations, workspaceMembers } from '@/db/schema/workspaces'
import { acsUserHasProblem } from '@/lib/access/acs-users/problem-condition'
import { isKeptByHand } from '@/lib/access/system-rows/vendor'
import { openTasksOfSystem } from '@/lib/access/tasks/queries'
import { countOf } from '@/lib/platform/pagination/count-rows'
import { keptCount } from '@/lib/platform/pagination/kept-count'

/**
 * How many people the workspace has, and how many of them need somebody's attention; those with a problem as far as
 * lists count. And how many colleagues are its members or invited.
 */
export type PeopleCounts = { people: number; withProblem: number; linkedNowhere: number; colleagues: number }

/** What waits for somebody: ACS users without a person, and tasks; null of tasks where no access system is kept by hand. */
export type WaitingWork = { acsUsers: number; tasks: number | null }

/** Counts what waits in the workspace, in one query, for the margin of every page. */
export async function countWaitingWork(workspaceId: string): Promise<WaitingWork> {
  const connection = await database()
  const rows = await connection
    .select({
      externalType: accessSystems.externalType,
      acsUsers: keptCount(
        eq(rowCounts.workspaceId, accessSystems.workspaceId),
        eq(rowCounts.acsSystemId, accessSystems.acsSystemId),
        eq(rowCounts.kind, 'waiting'),
      ),
      tasks: openTasksOfSystem(),
    })
    .from(accessSystems)
    .where(eq(accessSystems.workspaceId, workspaceId))
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  const byHand = rows.filter(isKeptByHand)
  return {
    acsUsers: sum(rows.map((row) => row.acsUsers)),
    tasks: byHand.length === 0 ? null : sum(byHand.map((row) => row.tasks)),
  }
}

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
