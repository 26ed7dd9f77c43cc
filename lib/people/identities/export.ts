import { and, eq, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { isOneOf } from '@/db/is-one-of'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { type AcsUserStanding, acsUserProblems } from '@/lib/access/acs-users/acs-user'
import { readInBatches } from '@/lib/platform/pagination/batches'
import type { Table } from '@/lib/platform/tables/table'
import { listCondition, listOrder, theirAcsUsers } from './list-condition'
import type { IdentityListParameters } from './list-parameters'

// The first four are called as the import knows them, so that an edited export can be imported.
const columns = [
  'user_identity_key',
  'email_address',
  'phone_number',
  'full_name',
  'user_identity_id',
  'created_at',
  'moves_out_at',
  'access_systems',
  'problems',
]

type LinkedAcsUser = AcsUserStanding & { acsSystemName: string }
type Row = Awaited<ReturnType<typeof read>>[number]

/**
 * The people that a search and filters leave, in the list's order, read batch by batch as fast as it is taken.
 *
 * @param ids where given, only those of them.
 */
export function identitiesTable(
  workspaceId: string,
  parameters: IdentityListParameters,
  ids: string[] | null = null,
): Table {
  const condition = and(
    listCondition(workspaceId, parameters),
    ids ? isOneOf(userIdentities.userIdentityId, ids, 'uuid') : undefined,
  )
  const order = listOrder(parameters.sort)
  const batches = readInBatches(
    order,
    (where, orderBy, limit) => read(and(condition, where), orderBy, limit),
    ({ identity }) => ({ value: order.column ? identity.sortName : '', id: identity.userIdentityId }),
  )
  return { headers: columns, batches: lines(batches) }
}

async function* lines(batches: AsyncIterable<Row[]>): AsyncGenerator<string[][]> {
  for await (const rows of batches) {
    const now = new Date()
    yield rows.map((row) => lineOf(row, now))
  }
}

function lineOf({ identity, ...row }: Row, now: Date): string[] {
  const linked = row.linked ?? []
  const problems = linked.flatMap((acsUser) =>
    acsUserProblems(acsUser, now).map(({ label }) => `${acsUser.acsSystemName}: ${label}`),
  )
  return [
    identity.userIdentityKey ?? '',
    identity.emailAddress ?? '',
    identity.phoneNumber ?? '',
    identity.fullName ?? '',
    identity.userIdentityId,
    identity.createdAt.toISOString(),
    identity.movesOutAt?.toISOString() ?? '',
    linked.map(({ acsSystemName }) => acsSystemName).join('; '),
    problems.join('; '),
  ]
}

async function read(condition: SQL | undefined, orderBy: SQL[], limit: number) {
  const connection = await database()
  const linked = connection
    .select({
      acsUsers: sql<LinkedAcsUser[] | null>`jsonb_agg(jsonb_build_object(
        'acsSystemName', ${accessSystems.name}, 'isSuspended', ${acsUsers.isSuspended},
        'accessStartsAt', ${acsUsers.accessStartsAt}, 'accessEndsAt', ${acsUsers.accessEndsAt},
        'errors', ${acsUsers.errors}) order by ${accessSystems.name})`.as('linked_acs_users'),
    })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .where(theirAcsUsers)
    .as('linked')
  return connection
    .select({ identity: userIdentities, linked: linked.acsUsers })
    .from(userIdentities)
    .leftJoinLateral(linked, sql`true`)
    .where(condition)
    .orderBy(...orderBy)
    .limit(limit)
}
