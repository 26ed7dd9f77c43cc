import { and, eq, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { acsUsers } from '@/db/schema/acs-users'
import { plainEmailOf } from '@/db/schema/plain-email'
import { userIdentities } from '@/db/schema/user-identities'
import { waitsForIdentity } from '@/lib/access/acs-users/waiting-condition'
import { nameForms } from '../names/name-forms'
import { type Candidate, type MatchingAcsUser, plainEmail } from './match'

/** An ACS user whose person is looked for. */
export type AskedAcsUser = MatchingAcsUser & { acsUserId: string; acsSystemId: string }

/** An identity that an ACS user may belong to, with what a page shows of it. */
export type IdentityCandidate = Candidate & { displayName: string }

/** By which of their properties people are looked up. */
type LookedUpBy = 'values' | 'names'

const mostNamesakes = 10
/** Of those who are called the same to the letter, so many are enough to look for nobody else by name. */
export const mostAlike = 8
/** Of those who share letters with a name, so many are compared with it: where there are more, it tells nobody from another. */
export const mostCompared = 1000
const mostRivals = 5

/**
 * Looks up the identities that may be meant by ACS users, in one statement for all of them, by id of the
 * ACS user.
 *
 * @param by `values`: whoever has the same email address, phone number, key or exact name, by equality;
 *   `names`: whoever has nearly the same name or another form of it, by the trigram index.
 */
export async function findCandidates(
  workspaceId: string,
  asked: AskedAcsUser[],
  by: LookedUpBy,
): Promise<Map<string, IdentityCandidate[]>> {
  const found = new Map<string, IdentityCandidate[]>()
  if (asked.length === 0) return found
  const connection = await database()
  const people = by === 'values' ? sameValues(workspaceId, asked) : similarNames(workspaceId, asked)
  // The identities are read one by one by their primary key: of how few there are, the planner knows nothing.
  const { rows } = (await connection.execute(sql`
    select
      found.acs_user_id as "acsUserId",
      ${userIdentities.userIdentityId} as "userIdentityId",
      ${userIdentities.displayName} as "displayName",
      ${userIdentities.fullName} as "fullName",
      ${userIdentities.emailAddress} as "emailAddress",
      ${userIdentities.phoneNumber} as "phoneNumber",
      ${userIdentities.userIdentityKey} as "userIdentityKey",
      (select ${acsUsers.displayName} from ${acsUsers}
        where ${and(theirAcsUsers, sql`${acsUsers.acsSystemId} = found.acs_system_id`)}) as "linkedAcsUserName",
      array(select distinct ${accessGroups.name} from ${acsUsers}
        join ${accessGroupMembers} on ${accessGroupMembers.workspaceId} = ${acsUsers.workspaceId}
          and ${accessGroupMembers.acsSystemId} = ${acsUsers.acsSystemId}
          and ${accessGroupMembers.acsUserId} = ${acsUsers.acsUserId}
        join ${accessGroups} on ${accessGroups.workspaceId} = ${accessGroupMembers.workspaceId}
          and ${accessGroups.acsAccessGroupId} = ${accessGroupMembers.acsAccessGroupId}
        where ${theirAcsUsers}) as "accessGroups",
      ${rivals()} as "rivals"
    from (${people}) as found
    cross join lateral (
      select * from ${userIdentities}
      where ${and(eq(userIdentities.workspaceId, workspaceId), sql`${userIdentities.userIdentityId} = found.user_identity_id`)}
      limit 1) as user_identities`)) as unknown as { rows: ({ acsUserId: string } & IdentityCandidate)[] }
  for (const { acsUserId, ...candidate } of rows) {
    found.set(acsUserId, [...(found.get(acsUserId) ?? []), candidate])
  }
  return found
}

const theirAcsUsers = and(
  eq(acsUsers.workspaceId, userIdentities.workspaceId),
  eq(acsUsers.userIdentityId, userIdentities.userIdentityId),
)

/**
 * Other ACS users of the same access system that wait too and have the identity's email, phone or name; by
 * each of them as many are read as are told, however many are called the same.
 */
function rivals(): SQL<IdentityCandidate['rivals']> {
  const waiting = and(
    eq(acsUsers.workspaceId, userIdentities.workspaceId),
    sql`${acsUsers.acsSystemId} = found.acs_system_id`,
    waitsForIdentity(),
    ne(acsUsers.acsUserId, sql`found.acs_user_id`),
  )
  const having = (condition: SQL) =>
    sql`(select * from ${acsUsers} where ${and(waiting, condition)} order by ${acsUsers.acsUserId} limit ${mostRivals})`
  const found = sql.join(
    [
      having(sql`lower(${acsUsers.emailAddress}) = lower(${userIdentities.emailAddress})`),
      having(eq(acsUsers.phoneNumberE164, userIdentities.phoneNumber)),
      having(sql`${acsUsers.sortName} collate "C" = ${userIdentities.sortName}`),
    ],
    sql` union `,
  )
  return sql`coalesce((select jsonb_agg(jsonb_build_object(
      'acsUserId', rival.acs_user_id, 'displayName', rival.display_name, 'fullName', rival.full_name,
      'emailAddress', rival.email_address, 'phoneNumberE164', rival.phone_number_e164, 'accessGroups', '[]'::jsonb))
    from (select * from (${found}) as every_rival order by acs_user_id limit ${mostRivals}) as rival), '[]'::jsonb)`
}

/** Pairs of an ACS user and an identity that have a value in common, each by its index. */
function sameValues(workspaceId: string, asked: AskedAcsUser[]): SQL {
  const values = asked.map((acsUser) => ({
    acs_user_id: acsUser.acsUserId,
    acs_system_id: acsUser.acsSystemId,
    full_name: acsUser.fullName,
    email_address: acsUser.emailAddress,
    plain_email: acsUser.emailAddress && plainEmail(acsUser.emailAddress),
    phone_number: acsUser.phoneNumberE164,
  }))
  const pairs = (condition: SQL) => sql`
    select asked.acs_user_id, asked.acs_system_id, same.user_identity_id
    from asked cross join lateral (
      select ${userIdentities.userIdentityId} from ${userIdentities}
      where ${and(eq(userIdentities.workspaceId, workspaceId), condition)}
      limit ${mostNamesakes}) as same`
  return sql`
    with asked as (select * from json_to_recordset(${JSON.stringify(values)}::json) as asked(
      acs_user_id uuid, acs_system_id uuid, full_name text, email_address text, plain_email text, phone_number text))
    ${sql.join(
      [
        pairs(sql`lower(${userIdentities.emailAddress}) = lower(asked.email_address)`),
        pairs(sql`${plainEmailColumn} = asked.plain_email`),
        pairs(sql`${userIdentities.phoneNumber} = asked.phone_number`),
        pairs(sql`${userIdentities.userIdentityKey} = asked.email_address`),
        pairs(sql`${userIdentities.userIdentityKey} = asked.full_name`),
        pairs(sql`${userIdentities.sortName} collate "C" = search_normalize(asked.full_name)`),
      ],
      sql` union `,
    )}`
}

/** As in the index `user_identities_by_plain_email`. */
const plainEmailColumn = plainEmailOf(userIdentities.emailAddress)

/**
 * Pairs of an ACS user and an identity whose names share most of their letters, the most alike first. Of a
 * name that enough people have to the letter, those are the most alike: nobody else is looked for, which with
 * the commonest names would take by far the longest.
 */
function similarNames(workspaceId: string, asked: AskedAcsUser[]): SQL {
  const forms = asked.flatMap((acsUser) =>
    nameForms(acsUser.fullName ?? '').map((name) => ({
      acs_user_id: acsUser.acsUserId,
      acs_system_id: acsUser.acsSystemId,
      name,
    })),
  )
  const ofWorkspace = eq(userIdentities.workspaceId, workspaceId)
  const resembles = and(
    ofWorkspace,
    sql`asked.name <% ${userIdentities.searchText}`,
    isNotNull(userIdentities.fullName),
    sql`(select count(*) from namesakes) < ${mostAlike}`,
  )
  return sql`
    select distinct asked.acs_user_id, asked.acs_system_id, alike.user_identity_id
    from json_to_recordset(${JSON.stringify(forms)}::json) as asked(acs_user_id uuid, acs_system_id uuid, name text)
    cross join lateral (
      with namesakes as materialized (
        select ${userIdentities.userIdentityId} from ${userIdentities}
        where ${and(ofWorkspace, sql`${userIdentities.sortName} collate "C" = asked.name`)}
        order by ${userIdentities.userIdentityId} limit ${mostAlike})
      select user_identity_id from namesakes
      union all
      (select compared.user_identity_id from (
          select ${userIdentities.userIdentityId}, ${userIdentities.sortName} from ${userIdentities}
          where ${resembles} limit ${mostCompared}) as compared
        order by similarity(asked.name, compared.sort_name) desc, compared.user_identity_id
        limit ${mostAlike})) as alike`
}
