import { and, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { notFound } from '../errors'
import { isUuid } from '../parse-input'
import { formatPhoneNumber } from '../phone-numbers/phone-number'
import { matchReasons } from './match'
import { nameSimilarity, resemblesName } from './name-condition'

/** An unlinked ACS user that may belong to an identity, with why. */
export type SuggestedAcsUser = {
  acsUserId: string
  acsSystemId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  sameEmail: boolean
  samePhone: boolean
  reasons: string[]
}

const mostCandidates = 100

/**
 * Unlinked ACS users that may be this person, best first, in all access systems or in one. The
 * candidates come from the email, phone and trigram indexes.
 */
export async function suggestAcsUsers(
  workspaceId: string,
  person: { fullName: string | null; emailAddress: string | null; phoneNumber: string | null },
  acsSystemId: string | null = null,
): Promise<SuggestedAcsUser[]> {
  if (acsSystemId !== null && !isUuid(acsSystemId)) throw notFound('acs_system')
  if (!person.fullName && !person.emailAddress && !person.phoneNumber) return []
  const connection = await database()
  const sameEmail = person.emailAddress
    ? sql<boolean>`coalesce(lower(${acsUsers.emailAddress}) = lower(${person.emailAddress}), false)`
    : sql<boolean>`false`
  const samePhone = person.phoneNumber
    ? sql<boolean>`coalesce(${acsUsers.phoneNumberE164} = ${person.phoneNumber}, false)`
    : sql<boolean>`false`
  const similarity = person.fullName
    ? sql<number>`case when ${acsUsers.fullName} is null then 0 else ${nameSimilarity(person.fullName, acsUsers.sortName)} end`
    : sql<number>`0`
  const rows = await connection
    .select({
      acsUserId: acsUsers.acsUserId,
      acsSystemId: acsUsers.acsSystemId,
      displayName: acsUsers.displayName,
      emailAddress: acsUsers.emailAddress,
      phoneNumber: acsUsers.phoneNumber,
      phoneNumberE164: acsUsers.phoneNumberE164,
      sameEmail,
      samePhone,
      nameSimilarity: similarity.mapWith(Number),
    })
    .from(acsUsers)
    .where(
      and(
        eq(acsUsers.workspaceId, workspaceId),
        isNull(acsUsers.userIdentityId),
        acsSystemId ? eq(acsUsers.acsSystemId, acsSystemId) : undefined,
        or(
          // Bare comparisons, so that each can use its index.
          person.emailAddress ? sql`lower(${acsUsers.emailAddress}) = lower(${person.emailAddress})` : undefined,
          person.phoneNumber ? eq(acsUsers.phoneNumberE164, person.phoneNumber) : undefined,
          person.fullName ? and(isNotNull(acsUsers.fullName), resemblesName(person.fullName, acsUsers)) : undefined,
        ),
      ),
    )
    .orderBy(desc(sql`${sameEmail}::int * 2 + ${samePhone}::int * 2 + ${similarity}`), acsUsers.acsUserId)
    .limit(mostCandidates)
  return rows.map((row) => ({
    acsUserId: row.acsUserId,
    acsSystemId: row.acsSystemId,
    displayName: row.displayName,
    emailAddress: row.emailAddress,
    phoneNumber: row.phoneNumberE164 ? formatPhoneNumber(row.phoneNumberE164) : row.phoneNumber,
    sameEmail: row.sameEmail,
    samePhone: row.samePhone,
    reasons: matchReasons(row),
  }))
}
