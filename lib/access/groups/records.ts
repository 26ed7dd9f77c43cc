import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { notFound } from '@/lib/platform/refusals'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import { refuseUnknown } from '../links/refuse-unknown'

/** An access group with all that the contract tells of it. */
export type AccessGroupRecord = {
  group: typeof accessGroups.$inferSelect
  system: Pick<typeof accessSystems.$inferSelect, 'externalType' | 'vendorName' | 'connectedAccountId'>
}

async function readRecords(condition: SQL | undefined): Promise<AccessGroupRecord[]> {
  const connection = await database()
  return connection
    .select({
      group: accessGroups,
      system: {
        externalType: accessSystems.externalType,
        vendorName: accessSystems.vendorName,
        connectedAccountId: accessSystems.connectedAccountId,
      },
    })
    .from(accessGroups)
    .innerJoin(
      accessSystems,
      and(
        eq(accessSystems.workspaceId, accessGroups.workspaceId),
        eq(accessSystems.acsSystemId, accessGroups.acsSystemId),
      ),
    )
    .where(condition)
    .orderBy(asc(accessGroups.acsAccessGroupId))
}

/**
 * One access group.
 *
 * @throws Refusal `acs_access_group_not_found`
 */
export async function getAccessGroupRecord(workspaceId: string, acsAccessGroupId: string): Promise<AccessGroupRecord> {
  const [record] = await readRecords(
    and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsAccessGroupId, acsAccessGroupId)),
  )
  if (!record) throw notFound('acs_access_group')
  return record
}

/**
 * The workspace's access groups, oldest first: all, those of an access system, those that an ACS
 * user or a user identity's ACS users are in, or those that a search finds.
 *
 * @throws Refusal `acs_system_not_found`, `acs_user_not_found`, `user_identity_not_found`
 */
export async function listAccessGroupRecords(
  workspaceId: string,
  filter: { acsSystemId?: string; acsUserId?: string; userIdentityId?: string; search?: string },
): Promise<AccessGroupRecord[]> {
  const { acsSystemId, acsUserId, userIdentityId, search } = filter
  const isMember = (member: SQL | undefined) => sql`exists (select 1 from ${accessGroupMembers}
    join ${acsUsers} on ${acsUsers.workspaceId} = ${accessGroupMembers.workspaceId}
      and ${acsUsers.acsUserId} = ${accessGroupMembers.acsUserId}
    where ${and(
      eq(accessGroupMembers.workspaceId, accessGroups.workspaceId),
      eq(accessGroupMembers.acsAccessGroupId, accessGroups.acsAccessGroupId),
      member,
    )})`
  const records = await readRecords(
    and(
      eq(accessGroups.workspaceId, workspaceId),
      acsSystemId === undefined ? undefined : eq(accessGroups.acsSystemId, acsSystemId),
      acsUserId === undefined ? undefined : isMember(eq(acsUsers.acsUserId, acsUserId)),
      userIdentityId === undefined ? undefined : isMember(eq(acsUsers.userIdentityId, userIdentityId)),
      search === undefined
        ? undefined
        : searchCondition(parseSearchQuery(search), sql`search_normalize(${accessGroups.name})`, [
            accessGroups.acsAccessGroupId,
            accessGroups.acsSystemId,
          ]),
    ),
  )
  if (records.length === 0) {
    await refuseUnknown(workspaceId, { acs_system: acsSystemId, acs_user: acsUserId, user_identity: userIdentityId })
  }
  return records
}
