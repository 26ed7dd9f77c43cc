import { and, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { acsUserHasProblem } from '../acs-users/problem-condition'
import { countOf } from '../pagination/count-rows'

/** How many people the workspace has, and how many of them need somebody's attention, these as far as lists count. */
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
  const ofWorkspace = eq(userIdentities.workspaceId, workspaceId)
  const [row] = await connection
    .select({
      people: sql`(select count(*) from ${userIdentities} where ${ofWorkspace})`.mapWith(Number),
      withProblem: countOf(userIdentities, and(ofWorkspace, linked(acsUserHasProblem()))),
      linkedNowhere: countOf(userIdentities, and(ofWorkspace, sql`not ${linked()}`)),
    })
    .from(sql`(values (1)) as one`)
  return row ?? { people: 0, withProblem: 0, linkedNowhere: 0 }
}
