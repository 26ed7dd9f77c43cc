import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { isOneOf } from '@/db/is-one-of'
import { acsUsers } from '@/db/schema/acs-users'
import type { ReportedError } from '@/db/schema/columns'
import { credentials } from '@/db/schema/credentials'
import { userIdentities } from '@/db/schema/user-identities'
import { acsUserProblems } from '@/lib/access/acs-users/acs-user'
import { identityNotFound } from '@/lib/access/links/merged'
import { idList, isUuid, parseInput } from '@/lib/platform/input'
import { isGone, keyset, type Page, toPage } from '@/lib/platform/pagination/page'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { notFound } from '@/lib/platform/refusals'
import { nameSimilarity, resemblesName } from '../names/name-condition'
import { countListed, identitySearch, listCondition, listOrder, theirAcsUsers } from './list-condition'
import type { IdentityListParameters } from './list-parameters'
import { type Dependents, mostSelected, type SelectedPeople } from './selection'

/** An identity's ACS user in one access system, as far as a list shows it. */
type IdentityLink = { acsSystemId: string; acsUserId: string; problem: string | null }

export type IdentityListItem = {
  userIdentityId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  userIdentityKey: string | null
  createdAt: string
  movesOutAt: string | null
  links: IdentityLink[]
}

type LinkedRow = {
  acsSystemId: string
  acsUserId: string
  isSuspended: boolean
  accessStartsAt: string | null
  accessEndsAt: string | null
  errors: ReportedError[]
}

/** One page of the workspace's user identities, and how many there are under the same search. */
export async function listUserIdentities(
  workspaceId: string,
  parameters: IdentityListParameters,
): Promise<Page<IdentityListItem>> {
  const connection = await database()
  const order = listOrder(parameters.sort)
  const { cursor, where, orderBy, limit } = keyset(order, parameters.cursor)
  const condition = listCondition(workspaceId, parameters)
  const [rows, total] = await Promise.all([
    connection
      .select({
        userIdentityId: userIdentities.userIdentityId,
        displayName: userIdentities.displayName,
        sortName: userIdentities.sortName,
        emailAddress: userIdentities.emailAddress,
        phoneNumber: userIdentities.phoneNumber,
        userIdentityKey: userIdentities.userIdentityKey,
        createdAt: userIdentities.createdAt,
        movesOutAt: userIdentities.movesOutAt,
        links: sql<LinkedRow[]>`coalesce((
          select jsonb_agg(jsonb_build_object(
            'acsSystemId', ${acsUsers.acsSystemId}, 'acsUserId', ${acsUsers.acsUserId},
            'isSuspended', ${acsUsers.isSuspended}, 'accessStartsAt', ${acsUsers.accessStartsAt},
            'accessEndsAt', ${acsUsers.accessEndsAt}, 'errors', ${acsUsers.errors}))
          from ${acsUsers} where ${theirAcsUsers}), '[]'::jsonb)`,
      })
      .from(userIdentities)
      .where(and(condition, where))
      .orderBy(...orderBy)
      .limit(limit),
    countListed(workspaceId, parameters),
  ])
  if (isGone(rows, total, cursor)) return listUserIdentities(workspaceId, { ...parameters, cursor: null })
  const now = new Date()
  return toPage(
    rows,
    total,
    cursor,
    (row) => ({ value: order.column ? row.sortName : '', id: row.userIdentityId }),
    (row) => ({
      userIdentityId: row.userIdentityId,
      displayName: row.displayName,
      emailAddress: row.emailAddress,
      phoneNumber: row.phoneNumber && formatPhoneNumber(row.phoneNumber),
      userIdentityKey: row.userIdentityKey,
      createdAt: row.createdAt.toISOString(),
      movesOutAt: row.movesOutAt?.toISOString() ?? null,
      links: row.links.map((link) => ({
        acsSystemId: link.acsSystemId,
        acsUserId: link.acsUserId,
        problem: acsUserProblems(link, now)[0]?.label ?? null,
      })),
    }),
  )
}

/** Everybody whom a search and filters leave, as far as they can be selected at once: ids and names alone. */
export async function listSelectable(workspaceId: string, parameters: IdentityListParameters): Promise<SelectedPeople> {
  const connection = await database()
  const { orderBy } = keyset(listOrder(parameters.sort), null)
  const people = await connection
    .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
    .from(userIdentities)
    .where(listCondition(workspaceId, parameters))
    .orderBy(...orderBy)
    .limit(mostSelected + 1)
  return { people: people.slice(0, mostSelected), isComplete: people.length <= mostSelected }
}

const selectedSchema = idList('ids', mostSelected)

/**
 * What goes with some people when they are deleted: how many of them are still there, their ACS users and
 * the credentials of these.
 *
 * @param ids user identity ids; those of another workspace count as gone.
 * @throws Refusal `invalid_input`
 */
export async function countDependents(workspaceId: string, ids: unknown): Promise<Dependents> {
  const selected = parseInput(selectedSchema, ids)
  const connection = await database()
  const areTheirs = and(eq(acsUsers.workspaceId, workspaceId), isOneOf(acsUsers.userIdentityId, selected, 'uuid'))
  const areKeys = sql`${credentials.accessMethod} = 'mobile_key'`
  const [people, [counts]] = await Promise.all([
    connection.$count(
      userIdentities,
      and(eq(userIdentities.workspaceId, workspaceId), isOneOf(userIdentities.userIdentityId, selected, 'uuid')),
    ),
    connection
      .select({
        acsUsers: sql`count(distinct ${acsUsers.acsUserId})`.mapWith(Number),
        mobileKeys: sql`count(${credentials.acsCredentialId}) filter (where ${areKeys})`.mapWith(Number),
        cardsAndCodes: sql`count(${credentials.acsCredentialId}) filter (where not ${areKeys})`.mapWith(Number),
      })
      .from(acsUsers)
      .leftJoin(
        credentials,
        and(eq(credentials.workspaceId, acsUsers.workspaceId), eq(credentials.acsUserId, acsUsers.acsUserId)),
      )
      .where(areTheirs),
  ])
  return { people, ...(counts ?? { acsUsers: 0, mobileKeys: 0, cardsAndCodes: 0 }) }
}

export type UserIdentity = {
  userIdentityId: string
  displayName: string
  fullName: string | null
  emailAddress: string | null
  /** E.164. */
  phoneNumber: string | null
  userIdentityKey: string | null
  version: number
  createdAt: string
  movesOutAt: string | null
}

/**
 * One user identity of the workspace.
 *
 * @throws Refusal `user_identity_not_found`
 */
export async function getUserIdentity(workspaceId: string, userIdentityId: string): Promise<UserIdentity> {
  if (!isUuid(userIdentityId)) throw notFound('user_identity')
  const connection = await database()
  const [row] = await connection
    .select()
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), eq(userIdentities.userIdentityId, userIdentityId)))
  if (!row) throw await identityNotFound(workspaceId, userIdentityId)
  return {
    userIdentityId: row.userIdentityId,
    displayName: row.displayName,
    fullName: row.fullName,
    emailAddress: row.emailAddress,
    phoneNumber: row.phoneNumber,
    userIdentityKey: row.userIdentityKey,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    movesOutAt: row.movesOutAt?.toISOString() ?? null,
  }
}

/** Somebody who may be the person that is being typed. */
export type SimilarIdentity = {
  userIdentityId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  /** What agrees. The first three are unique: they rule out creating another. */
  same: ('email_address' | 'phone_number' | 'user_identity_key' | 'full_name')[]
}

/**
 * Whoever already has this email, phone or key, or nearly this name; at most five, exact ones first.
 *
 * @param given parsed as far as it can be; what is incomplete is null.
 * @param except an identity that is being edited.
 */
export async function findSimilarIdentities(
  workspaceId: string,
  given: {
    fullName: string | null
    emailAddress: string | null
    phoneNumber: string | null
    userIdentityKey: string | null
  },
  except: string | null = null,
): Promise<SimilarIdentity[]> {
  const connection = await database()
  const agrees = (value: string | null, condition: (value: string) => SQL) => (value ? condition(value) : sql`false`)
  const same = {
    email_address: agrees(given.emailAddress, (value) => sql`lower(${userIdentities.emailAddress}) = lower(${value})`),
    phone_number: agrees(given.phoneNumber, (value) => eq(userIdentities.phoneNumber, value)),
    user_identity_key: agrees(given.userIdentityKey, (value) => eq(userIdentities.userIdentityKey, value)),
    full_name: agrees(given.fullName, (value) => resemblesName(value, userIdentities)),
  }
  const similarity = nameSimilarity(given.fullName ?? '', userIdentities.sortName)
  const kinds = Object.keys(same) as (keyof typeof same)[]
  const rows = await connection
    .select({
      userIdentityId: userIdentities.userIdentityId,
      displayName: userIdentities.displayName,
      emailAddress: userIdentities.emailAddress,
      phoneNumber: userIdentities.phoneNumber,
      email_address: sql<boolean>`coalesce(${same.email_address}, false)`,
      phone_number: sql<boolean>`coalesce(${same.phone_number}, false)`,
      user_identity_key: sql<boolean>`coalesce(${same.user_identity_key}, false)`,
      full_name: sql<boolean>`coalesce(${same.full_name}, false)`,
    })
    .from(userIdentities)
    .where(
      and(
        eq(userIdentities.workspaceId, workspaceId),
        except && isUuid(except) ? ne(userIdentities.userIdentityId, except) : undefined,
        or(...kinds.map((kind) => same[kind])),
      ),
    )
    .orderBy(
      sql`coalesce(${same.email_address} or ${same.phone_number} or ${same.user_identity_key}, false) desc`,
      sql`${similarity} desc`,
      userIdentities.userIdentityId,
    )
    .limit(5)
  return rows.map((row) => ({
    userIdentityId: row.userIdentityId,
    displayName: row.displayName,
    emailAddress: row.emailAddress,
    phoneNumber: row.phoneNumber && formatPhoneNumber(row.phoneNumber),
    same: kinds.filter((kind) => row[kind]),
  }))
}

/** An identity offered in a picker for an ACS user; one that is taken in that access system says by whom. */
export type IdentityOption = {
  userIdentityId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  /** Name of the ACS user that it already has in the access system. */
  linkedAcsUserName: string | null
  reasons: string[]
}

/** The columns of an `IdentityOption`, seen from an access system. */
function optionColumns(acsSystemId: string) {
  return {
    userIdentityId: userIdentities.userIdentityId,
    displayName: userIdentities.displayName,
    emailAddress: userIdentities.emailAddress,
    phoneNumber: userIdentities.phoneNumber,
    linkedAcsUserName: sql<string | null>`(select ${acsUsers.displayName} from ${acsUsers}
      where ${and(theirAcsUsers, eq(acsUsers.acsSystemId, acsSystemId))})`,
  }
}

/** The first identities that a search finds, as options for an ACS user of one access system. */
export async function searchIdentityOptions(
  workspaceId: string,
  acsSystemId: string,
  search: string,
  limit: number,
): Promise<IdentityOption[]> {
  if (!isUuid(acsSystemId)) throw notFound('acs_system')
  const connection = await database()
  const rows = await connection
    .select(optionColumns(acsSystemId))
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), identitySearch(workspaceId, search)))
    .orderBy(sql`${userIdentities.sortName} collate "C"`, userIdentities.userIdentityId)
    .limit(limit)
  return rows.map((row) => ({
    ...row,
    phoneNumber: row.phoneNumber && formatPhoneNumber(row.phoneNumber),
    reasons: [],
  }))
}
