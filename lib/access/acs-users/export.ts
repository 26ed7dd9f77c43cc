import { and, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { readInBatches } from '@/lib/platform/pagination/batches'
import type { Table } from '@/lib/platform/tables/table'
import { acsUserProblems } from './acs-user'
import { standingOf } from './acs-user-standing'
import { listCondition, listOrder } from './list-condition'
import type { AcsUserListParameters } from './list-parameters'

const columns = [
  'acs_user_id',
  'full_name',
  'email_address',
  'phone_number',
  'access_starts_at',
  'access_ends_at',
  'is_suspended',
  'access_groups',
  'user_identity_key',
  'user_identity_id',
  'user_identity_name',
  'problems',
  'created_at',
]

type Row = Awaited<ReturnType<typeof read>>[number]

/**
 * The ACS users of an access system that a search and filters leave, in the list's order, read batch
 * by batch as fast as it is taken.
 */
export function acsUsersTable(workspaceId: string, acsSystemId: string, parameters: AcsUserListParameters): Table {
  const condition = listCondition(workspaceId, acsSystemId, parameters)
  const order = listOrder(parameters.sort)
  const batches = readInBatches(
    order,
    (where, orderBy, limit) => read(and(condition, where), orderBy, limit),
    ({ acsUser }) => ({ value: order.column ? acsUser.sortName : '', id: acsUser.acsUserId }),
  )
  return { headers: columns, batches: lines(batches) }
}

async function* lines(batches: AsyncIterable<Row[]>): AsyncGenerator<string[][]> {
  for await (const rows of batches) {
    const now = new Date()
    yield rows.map((row) => lineOf(row, now))
  }
}

function lineOf({ acsUser, groups, identity }: Row, now: Date): string[] {
  const standing = standingOf(acsUser)
  return [
    acsUser.acsUserId,
    acsUser.fullName ?? '',
    acsUser.emailAddress ?? '',
    acsUser.phoneNumber ?? '',
    standing.accessStartsAt ?? '',
    standing.accessEndsAt ?? '',
    String(acsUser.isSuspended),
    groups.join('; '),
    identity?.key ?? '',
    acsUser.userIdentityId ?? '',
    identity?.name ?? '',
    acsUserProblems(standing, now)
      .map(({ label }) => label)
      .join('; '),
    acsUser.createdAt.toISOString(),
  ]
}

async function read(condition: SQL | undefined, orderBy: SQL[], limit: number) {
  const connection = await database()
  return connection
    .select({
      acsUser: acsUsers,
      identity: { name: userIdentities.displayName, key: userIdentities.userIdentityKey },
      groups: sql<string[]>`array(
        select ${accessGroups.name}
        from ${accessGroupMembers}
        join ${accessGroups} on ${and(
          eq(accessGroups.workspaceId, accessGroupMembers.workspaceId),
          eq(accessGroups.acsAccessGroupId, accessGroupMembers.acsAccessGroupId),
        )}
        where ${and(
          eq(accessGroupMembers.workspaceId, acsUsers.workspaceId),
          eq(accessGroupMembers.acsSystemId, acsUsers.acsSystemId),
          eq(accessGroupMembers.acsUserId, acsUsers.acsUserId),
        )}
        order by ${accessGroups.name})`,
    })
    .from(acsUsers)
    .leftJoin(
      userIdentities,
      and(
        eq(userIdentities.workspaceId, acsUsers.workspaceId),
        eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
      ),
    )
    .where(condition)
    .orderBy(...orderBy)
    .limit(limit)
}
