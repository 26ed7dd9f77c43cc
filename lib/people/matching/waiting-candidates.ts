import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { waitsForIdentity } from '@/lib/access/acs-users/waiting-condition'
import { mayResembleName, nameSimilarity, similarName } from '../names/name-condition'
import { mostAlike, mostCompared } from './candidates'
import type { MatchingIdentity } from './match'

/** An ACS user that waits for its person, as far as it is compared with one. */
export type WaitingCandidate = {
  acsUserId: string
  acsSystemId: string
  displayName: string
  fullName: string | null
  emailAddress: string | null
  phoneNumber: string | null
  phoneNumberE164: string | null
}

type Person = Pick<MatchingIdentity, 'fullName' | 'emailAddress' | 'phoneNumber'>

const columns = sql`acs_user_id, acs_system_id, display_name, full_name, email_address, phone_number,
  phone_number_e164, sort_name`

/**
 * A query of the ACS users that wait and may be a person, in all access systems or in one: each of email,
 * phone and name by its own index. Where every access system has enough that are called the same to the
 * letter, nobody else is looked for by name: those are the most alike, and with the commonest names looking
 * further takes the longer the more people there are.
 */
export function waitingLike(workspaceId: string, person: Person, acsSystemId: string | null): SQL {
  const waiting = (condition: SQL) =>
    and(
      eq(acsUsers.workspaceId, workspaceId),
      waitsForIdentity(),
      acsSystemId === null ? undefined : eq(acsUsers.acsSystemId, acsSystemId),
      condition,
    )
  const having = (condition: SQL) => sql`select ${columns} from ${acsUsers} where ${waiting(condition)}`
  const systems = sql`select ${accessSystems.acsSystemId} as asked_system_id from ${accessSystems} where ${and(
    eq(accessSystems.workspaceId, workspaceId),
    acsSystemId === null ? undefined : eq(accessSystems.acsSystemId, acsSystemId),
  )}`
  const found: SQL[] = []
  if (person.emailAddress) found.push(having(sql`lower(${acsUsers.emailAddress}) = lower(${person.emailAddress})`))
  if (person.phoneNumber) found.push(having(eq(acsUsers.phoneNumberE164, person.phoneNumber)))
  if (!person.fullName) return sql.join(found, sql` union all `)

  const name = person.fullName
  const isNamesake = and(
    eq(acsUsers.acsSystemId, sql`asked_system_id`),
    isNotNull(acsUsers.fullName),
    sql`${acsUsers.sortName} collate "C" = search_normalize(${name})`,
  ) as SQL
  const resembling = and(
    isNotNull(acsUsers.fullName),
    mayResembleName(name, acsUsers.searchText),
    sql`(select count(*) from namesakes) < ${mostAlike} * (select count(*) from asked_systems)`,
  ) as SQL
  return sql`
    with asked_systems as materialized (${systems}),
    namesakes as materialized (
      select namesake.* from asked_systems cross join lateral (
        ${having(isNamesake)} order by ${acsUsers.acsUserId} limit ${mostAlike}) as namesake)
    ${sql.join(
      [
        ...found,
        sql`select * from namesakes`,
        sql`select * from (${having(resembling)} limit ${mostCompared}) as compared
          where ${nameSimilarity(name, sql`compared.sort_name`)} >= ${similarName}`,
      ],
      sql` union all `,
    )}`
}

/** How much of a `candidate` of `waitingLike` agrees with the person, as an SQL number to sort by. */
export function closenessTo({ fullName, emailAddress, phoneNumber }: Person): SQL {
  const same = (condition: SQL | null) => (condition ? sql`coalesce(${condition}, false)::int * 2` : sql`0`)
  const sameEmail = emailAddress === null ? null : sql`lower(candidate.email_address) = lower(${emailAddress})`
  const samePhone = phoneNumber === null ? null : sql`candidate.phone_number_e164 = ${phoneNumber}`
  const similarity = fullName === null ? sql`0` : nameSimilarity(fullName, sql`candidate.sort_name`)
  return sql`${same(sameEmail)} + ${same(samePhone)} + case when candidate.full_name is null then 0 else ${similarity} end`
}
