import { and, asc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupMembers } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { afterRow, rowsToRead, type Slice, type Sliced, toSliced } from '@/lib/platform/pagination/slice'
import { notFound } from '@/lib/platform/refusals'
import { type AcsUserTarget, isTarget, parseAcsUserTarget } from '../acs-user-rows/acs-user-target'
import { refuseUnknown } from '../links/refuse-unknown'
import { acsUserSearch } from './list-condition'

/** An ACS user with all that the contract tells of it. */
export type AcsUserRecord = {
  acsUser: typeof acsUsers.$inferSelect
  system: Pick<typeof accessSystems.$inferSelect, 'externalType' | 'vendorName' | 'connectedAccountId'>
  identity: Pick<typeof userIdentities.$inferSelect, 'fullName' | 'emailAddress' | 'phoneNumber'> | null
}

const theirSystem = and(
  eq(accessSystems.workspaceId, acsUsers.workspaceId),
  eq(accessSystems.acsSystemId, acsUsers.acsSystemId),
)
const theirIdentity = and(
  eq(userIdentities.workspaceId, acsUsers.workspaceId),
  eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
)

async function readRecords(condition: SQL | undefined, limit?: number): Promise<AcsUserRecord[]> {
  const connection = await database()
  const query = connection
    .select({
      acsUser: acsUsers,
      system: {
        externalType: accessSystems.externalType,
        vendorName: accessSystems.vendorName,
        connectedAccountId: accessSystems.connectedAccountId,
      },
      identity: {
        fullName: userIdentities.fullName,
        emailAddress: userIdentities.emailAddress,
        phoneNumber: userIdentities.phoneNumber,
      },
    })
    .from(acsUsers)
    .innerJoin(accessSystems, theirSystem)
    .leftJoin(userIdentities, theirIdentity)
    .where(condition)
    .orderBy(asc(acsUsers.acsUserId))
  return limit === undefined ? query : query.limit(limit)
}

/**
 * The ACS user that is meant by `acs_user_id`, or by `acs_system_id` and `user_identity_id` together.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function getAcsUserRecord(workspaceId: string, target: AcsUserTarget): Promise<AcsUserRecord> {
  const [record] = await readRecords(isTarget(workspaceId, parseAcsUserTarget(target)), 1)
  if (!record) throw notFound('acs_user')
  return record
}

/** The first two ACS users with an email address, of which all else that is given must be true too. */
export async function findAcsUserRecordsByEmail(
  workspaceId: string,
  emailAddress: string,
  target: AcsUserTarget,
): Promise<AcsUserRecord[]> {
  return readRecords(
    and(isTarget(workspaceId, target), sql`lower(${acsUsers.emailAddress}) = lower(${emailAddress.trim()})`),
    2,
  )
}

/** Which ACS users a list is of; all of these at once. */
export type AcsUserFilter = {
  acsSystemId?: string
  acsAccessGroupId?: string
  userIdentityId?: string
  /** Of the identity; compared without letter case. */
  identityEmailAddress?: string
  /** Of the identity, in E.164. */
  identityPhoneNumber?: string
  createdBefore?: Date
  search?: string
}

/**
 * The workspace's ACS users, oldest first.
 *
 * @param slice all of them, where none is given
 * @throws Refusal `acs_system_not_found`, `acs_access_group_not_found`, `user_identity_not_found`
 */
export async function listAcsUserRecords(
  workspaceId: string,
  filter: AcsUserFilter,
  slice?: Slice,
): Promise<Sliced<AcsUserRecord>> {
  const inGroup = and(
    eq(accessGroupMembers.workspaceId, acsUsers.workspaceId),
    eq(accessGroupMembers.acsUserId, acsUsers.acsUserId),
    filter.acsAccessGroupId === undefined
      ? undefined
      : eq(accessGroupMembers.acsAccessGroupId, filter.acsAccessGroupId),
  )
  const rows = await readRecords(
    and(
      eq(acsUsers.workspaceId, workspaceId),
      filter.acsSystemId === undefined ? undefined : eq(acsUsers.acsSystemId, filter.acsSystemId),
      filter.acsAccessGroupId === undefined
        ? undefined
        : sql`exists (select 1 from ${accessGroupMembers} where ${inGroup})`,
      filter.userIdentityId === undefined ? undefined : eq(acsUsers.userIdentityId, filter.userIdentityId),
      filter.identityEmailAddress === undefined
        ? undefined
        : sql`lower(${userIdentities.emailAddress}) = lower(${filter.identityEmailAddress.trim()})`,
      filter.identityPhoneNumber === undefined ? undefined : eq(userIdentities.phoneNumber, filter.identityPhoneNumber),
      filter.createdBefore && lt(acsUsers.createdAt, filter.createdBefore),
      filter.search === undefined ? undefined : acsUserSearch(filter.search),
      slice && afterRow(acsUsers.acsUserId, slice),
    ),
    slice && rowsToRead(slice),
  )
  if (rows.length === 0) {
    await refuseUnknown(workspaceId, {
      acs_system: filter.acsSystemId,
      acs_access_group: filter.acsAccessGroupId,
      user_identity: filter.userIdentityId,
    })
  }
  return slice ? toSliced(rows, slice) : { rows, hasMore: false }
}
