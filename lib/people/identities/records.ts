import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { isoTimeOf } from '@/db/iso-time'
import { preparedStatement } from '@/db/prepared-statement'
import { acsUsers } from '@/db/schema/acs-users'
import type { ReportedError } from '@/db/schema/columns'
import { userIdentities } from '@/db/schema/user-identities'
import { identityNotFound } from '@/lib/access/links/merged'
import { refuseUnknown } from '@/lib/access/links/refuse-unknown'
import { afterRow, rowsToRead, type Slice, type Sliced, toSliced } from '@/lib/platform/pagination/slice'
import { notFound } from '@/lib/platform/refusals'
import { identitySearch } from './list-condition'

/** A linked ACS user, as far as its identity's record tells of it; times are ISO 8601. */
export type LinkedAcsUserRecord = {
  acsUserId: string
  acsSystemId: string
  displayName: string
  fullName: string | null
  emailAddress: string | null
  phoneNumber: string | null
  phoneNumberE164: string | null
  isSuspended: boolean
  suspendedAt: string | null
  accessStartsAt: string | null
  accessEndsAt: string | null
  errors: ReportedError[]
  createdAt: string
  linkedAt: string
}

// Without what is there to search and sort by: it would double what is read.
const identityColumns = {
  workspaceId: userIdentities.workspaceId,
  userIdentityId: userIdentities.userIdentityId,
  userIdentityKey: userIdentities.userIdentityKey,
  emailAddress: userIdentities.emailAddress,
  phoneNumber: userIdentities.phoneNumber,
  fullName: userIdentities.fullName,
  displayName: userIdentities.displayName,
  createdAt: isoTimeOf(userIdentities.createdAt),
  updatedAt: isoTimeOf(userIdentities.updatedAt),
}

/** A user identity with all that the contract tells of it; times are ISO 8601. */
export type UserIdentityRecord = {
  identity: Pick<
    typeof userIdentities.$inferSelect,
    Exclude<keyof typeof identityColumns, 'createdAt' | 'updatedAt'>
  > & {
    createdAt: string
    updatedAt: string
  }
  linked: LinkedAcsUserRecord[]
}

const theirAcsUsers = and(
  eq(acsUsers.workspaceId, userIdentities.workspaceId),
  eq(acsUsers.userIdentityId, userIdentities.userIdentityId),
)

const columns = {
  identity: identityColumns,
  linked: sql<LinkedAcsUserRecord[]>`coalesce((
    select jsonb_agg(jsonb_build_object(
      'acsUserId', ${acsUsers.acsUserId}, 'acsSystemId', ${acsUsers.acsSystemId},
      'displayName', ${acsUsers.displayName}, 'fullName', ${acsUsers.fullName},
      'emailAddress', ${acsUsers.emailAddress}, 'phoneNumber', ${acsUsers.phoneNumber},
      'phoneNumberE164', ${acsUsers.phoneNumberE164}, 'isSuspended', ${acsUsers.isSuspended},
      'suspendedAt', ${acsUsers.suspendedAt}, 'accessStartsAt', ${acsUsers.accessStartsAt},
      'accessEndsAt', ${acsUsers.accessEndsAt}, 'errors', ${acsUsers.errors},
      'createdAt', ${acsUsers.createdAt}, 'linkedAt', ${isoTimeOf(acsUsers.linkedAt)}) order by ${acsUsers.acsUserId})
    from ${acsUsers} where ${theirAcsUsers}), '[]'::jsonb)`,
}

/** By what one identity is asked for; each is unique in its workspace. */
export type IdentityReference =
  | { userIdentityId: string }
  | { userIdentityKey: string }
  | { emailAddress: string }
  | { phoneNumber: string }

const isReferredTo = {
  userIdentityId: eq(userIdentities.userIdentityId, sql.placeholder('userIdentityId')),
  userIdentityKey: eq(userIdentities.userIdentityKey, sql.placeholder('userIdentityKey')),
  emailAddress: sql`lower(${userIdentities.emailAddress}) = lower(${sql.placeholder('emailAddress')})`,
  phoneNumber: eq(userIdentities.phoneNumber, sql.placeholder('phoneNumber')),
}

const statements = new Map<string, ReturnType<typeof statementBy>>()

/** The statement for one identity by so many of its characteristics. */
function statementBy(characteristics: (keyof typeof isReferredTo)[]) {
  return preparedStatement(`user_identity_by_${characteristics.join('_')}`, (connection) =>
    connection
      .select(columns)
      .from(userIdentities)
      .where(
        and(
          eq(userIdentities.workspaceId, sql.placeholder('workspaceId')),
          ...characteristics.map((characteristic) => isReferredTo[characteristic]),
        ),
      )
      .limit(1),
  )
}

/**
 * One user identity.
 *
 * @param references of different kinds.
 * @throws Refusal `user_identity_not_found`
 */
export async function getUserIdentityRecord(
  workspaceId: string,
  references: IdentityReference[],
): Promise<UserIdentityRecord> {
  const given: Partial<Record<keyof typeof isReferredTo, string>> = Object.assign({}, ...references)
  const characteristics = Object.keys(given).sort() as (keyof typeof isReferredTo)[]
  const key = characteristics.join()
  const statement = statements.get(key) ?? statementBy(characteristics)
  statements.set(key, statement)
  const emailAddress = given.emailAddress?.trim()
  const [row] = await (await statement()).execute({ ...given, emailAddress, workspaceId })
  if (!row) throw await notFoundBy(workspaceId, references)
  return row
}

function notFoundBy(workspaceId: string, references: IdentityReference[]) {
  const byId = references.find((reference) => 'userIdentityId' in reference)
  return byId ? identityNotFound(workspaceId, byId.userIdentityId) : notFound('user_identity')
}

type RecordFilter = { createdBefore?: Date; search?: string; userIdentityIds?: string[]; linkedIn?: string }

/** The workspace's user identities, oldest first. */
export async function listUserIdentityRecords(
  workspaceId: string,
  filter: RecordFilter,
  slice: Slice,
): Promise<Sliced<UserIdentityRecord>> {
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  const rows = isFiltered
    ? await readFilteredRecords(workspaceId, filter, slice)
    : await (await statementForAll()).execute({ workspaceId, after: slice.after ?? nilId, limit: rowsToRead(slice) })
  if (rows.length === 0) await refuseUnknown(workspaceId, { acs_system: filter.linkedIn })
  return toSliced(rows, slice)
}

/** Comes before every other. */
const nilId = '00000000-0000-0000-0000-000000000000'

const statementForAll = preparedStatement('user_identities', (connection) =>
  connection
    .select(columns)
    .from(userIdentities)
    .where(
      and(
        eq(userIdentities.workspaceId, sql.placeholder('workspaceId')),
        gt(userIdentities.userIdentityId, sql.placeholder('after')),
      ),
    )
    .orderBy(asc(userIdentities.userIdentityId))
    .limit(sql.placeholder('limit')),
)

async function readFilteredRecords(workspaceId: string, filter: RecordFilter, slice: Slice) {
  const { createdBefore, search, userIdentityIds, linkedIn } = filter
  const connection = await database()
  return connection
    .select(columns)
    .from(userIdentities)
    .where(
      and(
        eq(userIdentities.workspaceId, workspaceId),
        createdBefore && lt(userIdentities.createdAt, createdBefore),
        search === undefined ? undefined : identitySearch(workspaceId, search),
        userIdentityIds && inArray(userIdentities.userIdentityId, userIdentityIds),
        linkedIn === undefined
          ? undefined
          : sql`exists (select 1 from ${acsUsers} where ${and(theirAcsUsers, eq(acsUsers.acsSystemId, linkedIn))})`,
        afterRow(userIdentities.userIdentityId, slice),
      ),
    )
    .orderBy(asc(userIdentities.userIdentityId))
    .limit(rowsToRead(slice))
}
