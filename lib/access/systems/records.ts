import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { rowCounts } from '@/db/schema/row-counts'
import { keptCount } from '@/lib/platform/pagination/kept-count'
import { notFound } from '@/lib/platform/refusals'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import { refuseUnknown } from '../links/refuse-unknown'

/** An access system with all that the contract tells of it. */
export type AccessSystemRecord = {
  system: typeof accessSystems.$inferSelect
  acsUserCount: number
  accessGroupCount: number
}

const acsUserCount = keptCount(
  eq(rowCounts.workspaceId, accessSystems.workspaceId),
  eq(rowCounts.acsSystemId, accessSystems.acsSystemId),
)
const accessGroupCount = sql<number>`(select count(*) from ${accessGroups} where ${and(
  eq(accessGroups.workspaceId, accessSystems.workspaceId),
  eq(accessGroups.acsSystemId, accessSystems.acsSystemId),
)})`.mapWith(Number)

async function readRecords(condition: SQL | undefined): Promise<AccessSystemRecord[]> {
  const connection = await database()
  return connection
    .select({ system: accessSystems, acsUserCount, accessGroupCount })
    .from(accessSystems)
    .where(condition)
    .orderBy(asc(accessSystems.acsSystemId))
}

/**
 * One access system.
 *
 * @throws Refusal `acs_system_not_found`
 */
export async function getAccessSystemRecord(workspaceId: string, acsSystemId: string): Promise<AccessSystemRecord> {
  const [record] = await readRecords(
    and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.acsSystemId, acsSystemId)),
  )
  if (!record) throw notFound('acs_system')
  return record
}

/**
 * The workspace's access systems, oldest first: all, those of one connected account, those in which
 * a user identity has an ACS user, or those that a search finds.
 *
 * @throws Refusal `user_identity_not_found`
 */
export async function listAccessSystemRecords(
  workspaceId: string,
  filter: { connectedAccountId?: string; userIdentityId?: string; search?: string } = {},
): Promise<AccessSystemRecord[]> {
  const { connectedAccountId, userIdentityId, search } = filter
  const linked = and(
    eq(acsUsers.workspaceId, accessSystems.workspaceId),
    eq(acsUsers.acsSystemId, accessSystems.acsSystemId),
    userIdentityId === undefined ? undefined : eq(acsUsers.userIdentityId, userIdentityId),
  )
  const records = await readRecords(
    and(
      eq(accessSystems.workspaceId, workspaceId),
      connectedAccountId === undefined ? undefined : eq(accessSystems.connectedAccountId, connectedAccountId),
      userIdentityId === undefined ? undefined : sql`exists (select 1 from ${acsUsers} where ${linked})`,
      search === undefined
        ? undefined
        : searchCondition(parseSearchQuery(search), sql`search_normalize(${accessSystems.name})`, [
            accessSystems.acsSystemId,
          ]),
    ),
  )
  if (records.length === 0) await refuseUnknown(workspaceId, { user_identity: userIdentityId })
  return records
}
