import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { getUserIdentity, type UserIdentity } from '../identities/queries'
import type { MergingAcsUser } from './merge'

/** Two people who may be merged, with the ACS users of both by access system. */
export type MergingPair = {
  people: [UserIdentity, UserIdentity]
  acsUsers: (MergingAcsUser & { emailAddress: string | null; isSuspended: boolean; credentialCount: number })[]
}

/**
 * What a merge of two people is decided by; in three statements.
 *
 * @throws Refusal `user_identity_not_found`
 */
export async function getMergingPair(workspaceId: string, oneId: string, otherId: string): Promise<MergingPair> {
  const people = await Promise.all([getUserIdentity(workspaceId, oneId), getUserIdentity(workspaceId, otherId)])
  const connection = await database()
  const theirCredentials = and(
    eq(credentials.workspaceId, acsUsers.workspaceId),
    eq(credentials.acsUserId, acsUsers.acsUserId),
  )
  const linked = await connection
    .select({
      acsUserId: acsUsers.acsUserId,
      acsSystemId: acsUsers.acsSystemId,
      acsSystemName: accessSystems.name,
      displayName: acsUsers.displayName,
      emailAddress: acsUsers.emailAddress,
      isSuspended: acsUsers.isSuspended,
      userIdentityId: acsUsers.userIdentityId,
      credentialCount: sql<number>`(select count(*) from ${credentials} where ${theirCredentials})`.mapWith(Number),
    })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .where(and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.userIdentityId, [oneId, otherId])))
    .orderBy(asc(accessSystems.name), asc(acsUsers.acsUserId))
  return { people, acsUsers: linked }
}
