import { and, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { acsUserHasProblem } from '../acs-users/problem-condition'

/** How many people the workspace has, and how many of them need somebody's attention. */
export type PeopleCounts = { people: number; withProblem: number; linkedNowhere: number }

/** Counts the workspace's user identities for the overview, in one query. */
export async function countPeople(workspaceId: string): Promise<PeopleCounts> {
  const connection = await database()
  const linked = (condition?: SQL) =>
    sql`exists (select 1 from ${acsUsers} where ${and(
      eq(acsUsers.workspaceId, userIdentities.workspaceId),
      eq(acsUsers.userIdentityId, userIdentities.userIdentityId),
      condition,
    )})`
  const [row] = await connection
    .select({
      people: sql`count(*)`.mapWith(Number),
      withProblem: sql`count(*) filter (where ${linked(acsUserHasProblem())})`.mapWith(Number),
      linkedNowhere: sql`count(*) filter (where not ${linked()})`.mapWith(Number),
    })
    .from(userIdentities)
    .where(eq(userIdentities.workspaceId, workspaceId))
  return row ?? { people: 0, withProblem: 0, linkedNowhere: 0 }
}
