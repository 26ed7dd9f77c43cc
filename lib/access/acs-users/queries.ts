import { and, asc, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { userIdentities } from '@/db/schema/user-identities'
import { isUuid } from '@/lib/platform/input'
import { countRows } from '@/lib/platform/pagination/count-rows'
import { isGone, keyset, type Page, toPage } from '@/lib/platform/pagination/page'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { notFound } from '@/lib/platform/refusals'
import { isTarget, parseAcsUserTarget } from '../acs-user-rows/acs-user-target'
import { openTasksOfAcsUser } from '../tasks/queries'
import { type AcsUser, type AcsUserListItem, acsUserProblems } from './acs-user'
import { standingOf } from './acs-user-standing'
import { acsUserSearch, listCondition, listOrder, ofSystem } from './list-condition'
import type { AcsUserListParameters } from './list-parameters'

const theirIdentity = and(
  eq(userIdentities.workspaceId, acsUsers.workspaceId),
  eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
)

/** One page of an access system's ACS users, and how many there are under the same search. */
export async function listAcsUsers(
  workspaceId: string,
  acsSystemId: string,
  parameters: AcsUserListParameters,
): Promise<Page<AcsUserListItem>> {
  if (!isUuid(acsSystemId)) throw notFound('acs_system')
  const connection = await database()
  const order = listOrder(parameters.sort)
  const { cursor, where, orderBy, limit } = keyset(order, parameters.cursor)
  const condition = listCondition(workspaceId, acsSystemId, parameters)
  const [rows, total] = await Promise.all([
    connection
      .select({ acsUser: acsUsers, identityName: userIdentities.displayName })
      .from(acsUsers)
      .leftJoin(userIdentities, theirIdentity)
      .where(and(condition, where))
      .orderBy(...orderBy)
      .limit(limit),
    countRows(acsUsers, condition),
  ])
  if (isGone(rows, total, cursor)) return listAcsUsers(workspaceId, acsSystemId, { ...parameters, cursor: null })
  const now = new Date()
  return toPage(
    rows,
    total,
    cursor,
    ({ acsUser }) => ({ value: order.column ? acsUser.sortName : '', id: acsUser.acsUserId }),
    ({ acsUser, identityName }) => ({
      acsUserId: acsUser.acsUserId,
      displayName: acsUser.displayName,
      emailAddress: acsUser.emailAddress,
      phoneNumber: readablePhoneNumber(acsUser),
      identity:
        acsUser.userIdentityId && identityName
          ? { userIdentityId: acsUser.userIdentityId, displayName: identityName }
          : null,
      problem: acsUserProblems(standingOf(acsUser), now)[0]?.label ?? null,
      createdAt: acsUser.createdAt.toISOString(),
    }),
  )
}

/**
 * One ACS user with its access system, its identity and its access groups.
 *
 * @throws Refusal `acs_user_not_found`
 */
export async function getAcsUser(workspaceId: string, acsUserId: string): Promise<AcsUser> {
  if (!isUuid(acsUserId)) throw notFound('acs_user')
  const connection = await database()
  const [row] = await connection
    .select({
      acsUser: acsUsers,
      acsSystemName: accessSystems.name,
      acsSystemTimeZone: accessSystems.timeZone,
      identityName: userIdentities.displayName,
      identityEmail: userIdentities.emailAddress,
      openTaskCount: openTasksOfAcsUser(),
      accessGroups: sql<{ acsAccessGroupId: string; name: string }[]>`coalesce((
        select jsonb_agg(jsonb_build_object(
          'acsAccessGroupId', ${accessGroups.acsAccessGroupId}, 'name', ${accessGroups.name}) order by ${accessGroups.name})
        from ${accessGroupMembers}
        join ${accessGroups} on ${accessGroups.workspaceId} = ${accessGroupMembers.workspaceId}
          and ${accessGroups.acsAccessGroupId} = ${accessGroupMembers.acsAccessGroupId}
        where ${accessGroupMembers.workspaceId} = ${acsUsers.workspaceId}
          and ${accessGroupMembers.acsSystemId} = ${acsUsers.acsSystemId}
          and ${accessGroupMembers.acsUserId} = ${acsUsers.acsUserId}), '[]'::jsonb)`,
    })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .leftJoin(userIdentities, theirIdentity)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, acsUserId)))
  if (!row) throw notFound('acs_user')
  const { acsUser } = row
  return {
    ...toDetails(acsUser),
    acsSystemName: row.acsSystemName,
    acsSystemTimeZone: row.acsSystemTimeZone,
    identity:
      acsUser.userIdentityId && row.identityName
        ? {
            userIdentityId: acsUser.userIdentityId,
            displayName: row.identityName,
            emailAddress: row.identityEmail,
          }
        : null,
    openTaskCount: row.openTaskCount,
    notAPerson: acsUser.notAPersonAt && { at: acsUser.notAPersonAt.toISOString(), by: acsUser.notAPersonBy },
    accessGroups: row.accessGroups,
  }
}

/**
 * The id of the ACS user that is meant by `acs_user_id`, or by `acs_system_id` and `user_identity_id`
 * together; where more is given, all of it must be true of the ACS user.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function resolveAcsUserTarget(workspaceId: string, target: unknown): Promise<string> {
  const parsed = parseAcsUserTarget(target)
  const connection = await database()
  const [acsUser] = await connection
    .select({ acsUserId: acsUsers.acsUserId })
    .from(acsUsers)
    .where(isTarget(workspaceId, parsed))
  if (!acsUser) throw notFound('acs_user')
  return acsUser.acsUserId
}

/** An access system as an identity's page shows it, with the ACS user that the identity has there. */
export type LinkedAcsUser = Omit<
  AcsUser,
  'identity' | 'notAPerson' | 'accessGroups' | 'acsSystemName' | 'acsSystemTimeZone'
> & {
  credentialCount: number
}

/** The ACS users linked to an identity: at most one in each access system. */
export async function listLinkedAcsUsers(workspaceId: string, userIdentityId: string): Promise<LinkedAcsUser[]> {
  if (!isUuid(userIdentityId)) return []
  const connection = await database()
  const rows = await connection
    .select({
      acsUser: acsUsers,
      credentialCount: sql<number>`(select count(*) from ${credentials} where ${and(
        eq(credentials.workspaceId, acsUsers.workspaceId),
        eq(credentials.acsUserId, acsUsers.acsUserId),
      )})`.mapWith(Number),
      openTaskCount: openTasksOfAcsUser(),
    })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId)))
  return rows.map(({ acsUser, ...counts }) => ({ ...toDetails(acsUser), ...counts }))
}

/** An ACS user offered in a picker; one that somebody holds is shown with its holder. */
export type AcsUserOption = {
  acsUserId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  holder: { userIdentityId: string; displayName: string } | null
}

/** The first ACS users of an access system that a search finds, free ones first. */
export async function searchAcsUsers(
  workspaceId: string,
  acsSystemId: string | null,
  search: string,
  limit: number,
): Promise<(AcsUserOption & { acsSystemId: string })[]> {
  if (acsSystemId !== null && !isUuid(acsSystemId)) throw notFound('acs_system')
  const connection = await database()
  const rows = await connection
    .select({ acsUser: acsUsers, identityName: userIdentities.displayName })
    .from(acsUsers)
    .leftJoin(userIdentities, theirIdentity)
    .where(
      and(
        acsSystemId ? ofSystem(workspaceId, acsSystemId) : eq(acsUsers.workspaceId, workspaceId),
        acsUserSearch(search),
      ),
    )
    .orderBy(
      sql`${acsUsers.userIdentityId} is not null`,
      asc(sql`${acsUsers.sortName} collate "C"`),
      asc(acsUsers.acsUserId),
    )
    .limit(limit)
  return rows.map(({ acsUser, identityName }) => ({
    acsUserId: acsUser.acsUserId,
    acsSystemId: acsUser.acsSystemId,
    displayName: acsUser.displayName,
    emailAddress: acsUser.emailAddress,
    phoneNumber: readablePhoneNumber(acsUser),
    holder:
      acsUser.userIdentityId && identityName
        ? { userIdentityId: acsUser.userIdentityId, displayName: identityName }
        : null,
  }))
}

function readablePhoneNumber(acsUser: { phoneNumber: string | null; phoneNumberE164: string | null }): string | null {
  return acsUser.phoneNumberE164 ? formatPhoneNumber(acsUser.phoneNumberE164) : acsUser.phoneNumber
}

function toDetails(row: typeof acsUsers.$inferSelect) {
  return {
    ...standingOf(row),
    acsUserId: row.acsUserId,
    acsSystemId: row.acsSystemId,
    displayName: row.displayName,
    fullName: row.fullName,
    emailAddress: row.emailAddress,
    phoneNumber: row.phoneNumber,
    phoneNumberE164: row.phoneNumberE164,
    warnings: row.warnings,
    createdAt: row.createdAt.toISOString(),
    linkedAt: row.linkedAt?.toISOString() ?? null,
    linkedBy: row.linkedBy,
  }
}
