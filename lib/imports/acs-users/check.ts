import { and, eq, type SQL, sql } from 'drizzle-orm'
import { isOneOf } from '@/db/is-one-of'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import type { Transaction } from '@/lib/platform/transaction'
import type { Import, PlannedRow, Row } from '../rows'
import {
  claimsOf,
  type FoundForRow,
  groupNames,
  type KnownAcsUser,
  type KnownGroup,
  type KnownPerson,
  planRow,
  type ReadRow,
  rowReader,
} from './plan'

/** Finds out what is to become of rows about ACS users. */
export async function planAcsUserRows(transaction: Transaction, found: Import, rows: Row[]): Promise<PlannedRow[]> {
  const { workspaceId, mapping, headers } = found
  const acsSystemId = found.acsSystemId ?? ''
  const [system] = await transaction
    .select({ timeZone: accessSystems.timeZone })
    .from(accessSystems)
    .where(and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.acsSystemId, acsSystemId)))
  const read = rowReader(mapping ?? {}, headers.length, {
    defaultCountry: await getDefaultCountry(workspaceId),
    dates: { order: found.dateOrder ?? 'unknown', zone: system?.timeZone ?? 'UTC' },
  })
  const readRows = rows.map((row) => ({ row, read: read(row.cells) }))
  const lookUp = await lookUpFor(
    transaction,
    { workspaceId, acsSystemId },
    readRows.map((each) => each.read),
  )
  return readRows.map(({ row, read: readRow }) => {
    const planned = planRow(readRow, lookUp(readRow))
    const { plan, acsUser, person, said, groups, changes, problems } = planned
    return {
      ...row,
      ...{ plan, changes, problems },
      characteristics: {
        ...said,
        ...(groups && { access_groups: groups.map((group) => group.acsAccessGroupId).join(' ') }),
      },
      acsUserId: acsUser?.acsUserId ?? null,
      acsUserName: acsUser?.displayName ?? said.full_name ?? said.email_address ?? said.phone_number ?? null,
      userIdentityId: person?.userIdentityId ?? null,
      userIdentityName: person?.displayName ?? null,
      claims: claimsOf(planned),
    }
  })
}

type Place = { workspaceId: string; acsSystemId: string }

/** Looks up all that some rows speak of, by an index each. */
async function lookUpFor(
  transaction: Transaction,
  place: Place,
  rows: ReadRow[],
): Promise<(row: ReadRow) => FoundForRow> {
  const values = (field: keyof ReadRow['said']) => [
    ...new Set(rows.map(({ said }) => said[field]).filter((value) => value !== undefined)),
  ]
  const ids = values('acs_user_id')
  const emails = values('email_address').map((email) => email.toLowerCase())
  const phones = values('phone_number_e164')
  const people = await findPeople(transaction, place.workspaceId, values('user_identity_key'))
  const peopleIds = [...people.values()].map(({ userIdentityId }) => userIdentityId)
  const known = await findAcsUsers(transaction, place, [
    ids.length > 0 && isOneOf(acsUsers.acsUserId, ids, 'uuid'),
    peopleIds.length > 0 && isOneOf(acsUsers.userIdentityId, peopleIds, 'uuid'),
    emails.length > 0 && isOneOf(sql`lower(${acsUsers.emailAddress})`, emails),
    phones.length > 0 && isOneOf(acsUsers.phoneNumberE164, phones),
  ])
  const groups = await findGroups(transaction, place, values('access_groups').flatMap(groupNames))

  const by = (keyOf: (acsUser: KnownAcsUser) => string | null | undefined) => {
    const found = new Map<string, KnownAcsUser[]>()
    for (const acsUser of known) {
      const key = keyOf(acsUser)
      if (key) found.set(key, [...(found.get(key) ?? []), acsUser])
    }
    return (key: string | undefined) => found.get(key ?? '') ?? []
  }
  const byId = by(({ acsUserId }) => acsUserId)
  const byPerson = by(({ person }) => person?.userIdentityId)
  const byEmail = by(({ emailAddress }) => emailAddress?.toLowerCase())
  const byPhone = by(({ phoneNumberE164 }) => phoneNumberE164)
  return ({ said }) => {
    const person = people.get(said.user_identity_key ?? '')
    return {
      ...{ person, groups },
      byId: byId(said.acs_user_id)[0],
      byPerson: byPerson(person?.userIdentityId)[0],
      email_address: byEmail(said.email_address?.toLowerCase()),
      phone_number: byPhone(said.phone_number_e164),
    }
  }
}

async function findPeople(
  transaction: Transaction,
  workspaceId: string,
  keys: string[],
): Promise<Map<string, KnownPerson>> {
  if (keys.length === 0) return new Map()
  const rows = await transaction
    .select({
      key: userIdentities.userIdentityKey,
      userIdentityId: userIdentities.userIdentityId,
      displayName: userIdentities.displayName,
    })
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), isOneOf(userIdentities.userIdentityKey, keys)))
  return new Map(rows.map(({ key, ...person }) => [key ?? '', person]))
}

/** The ACS users of the access system for which one of some conditions is true, with what they are now. */
async function findAcsUsers(
  transaction: Transaction,
  { workspaceId, acsSystemId }: Place,
  conditions: (SQL | false)[],
): Promise<KnownAcsUser[]> {
  const asked = conditions.filter((condition) => condition !== false)
  if (asked.length === 0) return []
  const inSystem = and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsSystemId, acsSystemId))
  // Each by its own index; an alternative of them would be looked for by none.
  const ids = asked.map(
    (condition) => sql`select ${acsUsers.acsUserId} from ${acsUsers} where ${and(inSystem, condition)}`,
  )
  const areTheirs = and(
    eq(accessGroupMembers.workspaceId, workspaceId),
    eq(accessGroupMembers.acsSystemId, acsSystemId),
  )
  const rows = await transaction
    .select({
      acsUser: acsUsers,
      personName: userIdentities.displayName,
      groups: sql<KnownGroup[]>`coalesce((
        select json_agg(json_build_object('acsAccessGroupId', ${accessGroups.acsAccessGroupId}, 'name', ${accessGroups.name}))
        from ${accessGroupMembers}
        join ${accessGroups} on ${and(
          eq(accessGroups.workspaceId, accessGroupMembers.workspaceId),
          eq(accessGroups.acsAccessGroupId, accessGroupMembers.acsAccessGroupId),
        )}
        where ${and(areTheirs, eq(accessGroupMembers.acsUserId, acsUsers.acsUserId))}), '[]'::json)`,
    })
    .from(acsUsers)
    .leftJoin(
      userIdentities,
      and(
        eq(userIdentities.workspaceId, acsUsers.workspaceId),
        eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
      ),
    )
    .where(and(inSystem, sql`${acsUsers.acsUserId} in (${sql.join(ids, sql` union `)})`))
    .orderBy(acsUsers.acsUserId)
  return rows.map(({ acsUser, personName, groups }) => ({
    acsUserId: acsUser.acsUserId,
    displayName: acsUser.displayName,
    fullName: acsUser.fullName,
    emailAddress: acsUser.emailAddress,
    phoneNumber: acsUser.phoneNumber,
    phoneNumberE164: acsUser.phoneNumberE164,
    accessStartsAt: acsUser.accessStartsAt?.toISOString() ?? null,
    accessEndsAt: acsUser.accessEndsAt?.toISOString() ?? null,
    isSuspended: acsUser.isSuspended,
    person: acsUser.userIdentityId ? { userIdentityId: acsUser.userIdentityId, displayName: personName ?? '' } : null,
    groups: groups.sort((one, other) => one.name.localeCompare(other.name)),
  }))
}

/** The access groups that are called like one of these names, by their name in lower case. */
async function findGroups(
  transaction: Transaction,
  { workspaceId, acsSystemId }: Place,
  names: string[],
): Promise<Map<string, KnownGroup[]>> {
  const found = new Map<string, KnownGroup[]>()
  if (names.length === 0) return found
  const rows = await transaction
    .select({ acsAccessGroupId: accessGroups.acsAccessGroupId, name: accessGroups.name })
    .from(accessGroups)
    .where(and(eq(accessGroups.workspaceId, workspaceId), eq(accessGroups.acsSystemId, acsSystemId)))
  for (const group of rows) {
    const name = group.name.toLowerCase()
    found.set(name, [...(found.get(name) ?? []), group])
  }
  return found
}
