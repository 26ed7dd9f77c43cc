import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { plainEmailOf } from '@/db/schema/plain-email'
import { userIdentities } from '@/db/schema/user-identities'
import { isUuid } from '@/lib/platform/input'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { similarName } from '../names/name-condition'
import type { DuplicateReason, DuplicateSlice, LikelyDuplicate } from './duplicate'

/** How many people one statement looks at, and how many statements one call sends at most. */
const peopleAtOnce = 1000
const mostStatements = 10
/** How many namesakes, say, one person is shown with. */
const mostPerReason = 5

type FoundPair = { second: string; first: string; reasons: DuplicateReason[] }

/**
 * People who are in the workspace twice, as far as their details tell, newest first. Everybody is looked
 * at in the order of creation, and whoever is like them and was there before is found by index: their
 * name in whichever order and with whichever accents, their mailbox whatever dots and tag it is written
 * with, the end of their phone number where the names are alike too, and the email address or phone number
 * of an ACS user of either. A name alone counts for nothing where both have an email address and a phone
 * number, which then differ. Pairs that were said to be two people are left out.
 *
 * @param cursor what `nextCursor` of the slice before said; null for the newest.
 * @param limit how many pairs to stop at; a little more where the last person has several.
 */
export async function listDuplicates(
  workspaceId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<DuplicateSlice> {
  const found: FoundPair[] = []
  let after = cursor !== null && isUuid(cursor) ? cursor : null
  for (let statements = 0; statements < mostStatements && found.length < limit; statements++) {
    const batch = await findPairs(workspaceId, after)
    found.push(...batch.pairs)
    after = batch.last
    if (after === null) break
  }
  const end = found[limit - 1]?.second
  const shown = end === undefined ? found : found.filter(({ second }) => second >= end)
  const nextCursor = shown.length < found.length ? (end ?? null) : after
  return { pairs: await withPeople(workspaceId, shown), nextCursor }
}

/** The pairs of the next people, and the last of those people; null where nobody is left. */
async function findPairs(
  workspaceId: string,
  after: string | null,
): Promise<{ pairs: FoundPair[]; last: string | null }> {
  const older = (id: SQL) => sql`${id} < scanned.user_identity_id and not exists (
    select 1 from distinct_identities
    where workspace_id = ${workspaceId} and one_id = ${id} and other_id = scanned.user_identity_id)`
  const people = (reason: DuplicateReason, condition: SQL) => sql`(
    select other.user_identity_id as first, ${sql.raw(`'${reason}'`)} as reason from user_identities as other
    where other.workspace_id = ${workspaceId} and ${condition} and ${older(sql`other.user_identity_id`)}
    order by other.user_identity_id desc limit ${mostPerReason})`
  const holders = (reason: DuplicateReason, condition: SQL) => sql`(
    select theirs.user_identity_id as first, ${sql.raw(`'${reason}'`)} as reason from acs_users as theirs
    where theirs.workspace_id = ${workspaceId} and ${condition} and ${older(sql`theirs.user_identity_id`)}
    order by theirs.user_identity_id desc limit ${mostPerReason})`
  const likeMine = (reason: DuplicateReason, condition: SQL) => sql`(
    select other.user_identity_id as first, ${sql.raw(`'${reason}'`)} as reason from acs_users as mine
    join user_identities as other on other.workspace_id = ${workspaceId} and ${condition}
    where mine.workspace_id = ${workspaceId} and mine.user_identity_id = scanned.user_identity_id
      and ${older(sql`other.user_identity_id`)}
    order by other.user_identity_id desc limit ${mostPerReason})`
  const bothHaveAll = sql`num_nonnulls(other.email_address, other.phone_number, scanned.email_address, scanned.phone_number) = 4`
  const connection = await database()
  const { rows } = (await connection.execute(sql`
    with scanned as materialized (
      select user_identity_id, full_name, email_address, phone_number, sort_name from user_identities
      where workspace_id = ${workspaceId} ${after === null ? sql`` : sql`and user_identity_id < ${after}::uuid`}
      order by user_identity_id desc limit ${peopleAtOnce}
    ), pairs as (
      select scanned.user_identity_id as second, found.first, jsonb_agg(distinct found.reason) as reasons
      from scanned cross join lateral (
        ${people('name', sql`name_key(other.full_name) = name_key(scanned.full_name) and not ${bothHaveAll}`)}
        union all
        ${people(
          'mailbox',
          sql`${plainEmailOf(sql`other.email_address`)} = ${plainEmailOf(sql`scanned.email_address`)}`,
        )}
        union all
        ${people(
          'phone',
          sql`right(other.phone_number, 9) = right(scanned.phone_number, 9)
            and similarity(other.sort_name, scanned.sort_name) >= ${similarName}`,
        )}
        union all
        ${holders('acs_user_email', sql`lower(theirs.email_address) = lower(scanned.email_address)`)}
        union all
        ${holders('acs_user_phone', sql`theirs.phone_number_e164 = scanned.phone_number`)}
        union all
        ${likeMine('acs_user_email', sql`lower(other.email_address) = lower(mine.email_address)`)}
        union all
        ${likeMine('acs_user_phone', sql`other.phone_number = mine.phone_number_e164`)}
      ) as found
      group by scanned.user_identity_id, found.first
    )
    select
      (select count(*)::int from scanned) as scanned,
      (select user_identity_id from scanned order by user_identity_id limit 1) as last,
      coalesce((
        select jsonb_agg(jsonb_build_object('second', second, 'first', first, 'reasons', reasons)
          order by second desc, first desc) from pairs
      ), '[]'::jsonb) as pairs`)) as unknown as {
    rows: { scanned: number; last: string | null; pairs: FoundPair[] }[]
  }
  const [row] = rows
  return { pairs: row?.pairs ?? [], last: row?.scanned === peopleAtOnce ? row.last : null }
}

/** What is known of the people of pairs, in one statement. */
async function withPeople(workspaceId: string, pairs: FoundPair[]): Promise<DuplicateSlice['pairs']> {
  if (pairs.length === 0) return []
  const connection = await database()
  const theirSystems = and(
    eq(acsUsers.workspaceId, userIdentities.workspaceId),
    eq(acsUsers.userIdentityId, userIdentities.userIdentityId),
  )
  const ofAcsUser = and(
    eq(accessSystems.workspaceId, acsUsers.workspaceId),
    eq(accessSystems.acsSystemId, acsUsers.acsSystemId),
  )
  const rows = await connection
    .select({
      userIdentityId: userIdentities.userIdentityId,
      displayName: userIdentities.displayName,
      fullName: userIdentities.fullName,
      emailAddress: userIdentities.emailAddress,
      phoneNumber: userIdentities.phoneNumber,
      userIdentityKey: userIdentities.userIdentityKey,
      createdAt: userIdentities.createdAt,
      linkedIn: sql<string[]>`coalesce((select jsonb_agg(${accessSystems.name} order by ${accessSystems.name})
        from ${acsUsers} join ${accessSystems} on ${ofAcsUser} where ${theirSystems}), '[]'::jsonb)`,
    })
    .from(userIdentities)
    .where(
      and(
        eq(userIdentities.workspaceId, workspaceId),
        inArray(userIdentities.userIdentityId, [...new Set(pairs.flatMap(({ first, second }) => [first, second]))]),
      ),
    )
  const people = new Map(
    rows.map((row): [string, LikelyDuplicate] => [
      row.userIdentityId,
      {
        ...row,
        phoneNumber: row.phoneNumber && formatPhoneNumber(row.phoneNumber),
        createdAt: row.createdAt.toISOString(),
      },
    ]),
  )
  return pairs.flatMap(({ first: firstId, second: secondId, reasons }) => {
    const [first, second] = [people.get(firstId), people.get(secondId)]
    return first && second ? [{ first, second, reasons }] : []
  })
}
