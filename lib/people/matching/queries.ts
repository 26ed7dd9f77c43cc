import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { isUuid } from '@/lib/platform/input'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { notFound } from '@/lib/platform/refusals'
import type { IdentityOption } from '../identities/queries'
import { type AskedAcsUser, findCandidates, type IdentityCandidate } from './candidates'
import {
  type Confidence,
  hasIdentifier,
  type Match,
  type MatchingIdentity,
  matchReasons,
  rankAcsUsers,
  rankMatches,
} from './match'
import { closenessTo, type WaitingCandidate, waitingLike } from './waiting-candidates'

/** Matches of ACS users by their ids, each list surest first. */
export type Matches = Map<string, Match<IdentityCandidate>[]>

/**
 * The identities that each of some ACS users may belong to, in two statements at most: whoever has a value
 * in common, and whoever is called alike for those whom that does not settle.
 *
 * @param names whether names are searched for too; without, only what has a value in common is found, which
 *   is enough to know what is certain.
 */
export async function matchAcsUsers(workspaceId: string, asked: AskedAcsUser[], names = true): Promise<Matches> {
  const byValues = await findCandidates(workspaceId, asked, 'values')
  const rank = (acsUser: AskedAcsUser, candidates: IdentityCandidate[]) => rankMatches(acsUser, candidates)
  const matches: Matches = new Map(
    asked.map((acsUser) => [acsUser.acsUserId, rank(acsUser, byValues.get(acsUser.acsUserId) ?? [])]),
  )
  if (!names) return matches
  const unsettled = asked.filter(({ acsUserId }) => matches.get(acsUserId)?.[0]?.confidence !== 'certain')
  const byNames = await findCandidates(workspaceId, unsettled, 'names')
  for (const acsUser of unsettled) {
    const known = byValues.get(acsUser.acsUserId) ?? []
    const more = (byNames.get(acsUser.acsUserId) ?? []).filter(
      ({ userIdentityId }) => !known.some((candidate) => candidate.userIdentityId === userIdentityId),
    )
    if (more.length > 0) matches.set(acsUser.acsUserId, rank(acsUser, [...known, ...more]))
  }
  return matches
}

const mostSuggestions = 5

/** The identities that an ACS user may belong to, best first, with why. */
export async function suggestIdentities(
  workspaceId: string,
  acsUser: Omit<AskedAcsUser, 'accessGroups'> & { accessGroups: { name: string }[] },
): Promise<IdentityOption[]> {
  const asked = { ...acsUser, accessGroups: acsUser.accessGroups.map(({ name }) => name) }
  const matches = (await matchAcsUsers(workspaceId, [asked])).get(acsUser.acsUserId) ?? []
  return matches.slice(0, mostSuggestions).map(({ candidate, evidence }) => ({
    userIdentityId: candidate.userIdentityId,
    displayName: candidate.displayName,
    emailAddress: candidate.emailAddress,
    phoneNumber: candidate.phoneNumber && formatPhoneNumber(candidate.phoneNumber),
    linkedAcsUserName: candidate.linkedAcsUserName,
    reasons: matchReasons(evidence),
  }))
}

/** An unlinked ACS user that may belong to an identity, with why. */
export type SuggestedAcsUser = {
  acsUserId: string
  acsSystemId: string
  displayName: string
  emailAddress: string | null
  phoneNumber: string | null
  confidence: Confidence
  /** Whether enough agrees to attach it at one click: a name alone is too little. */
  isStrong: boolean
  reasons: string[]
}

const mostCandidates = 100

/**
 * Unlinked ACS users that may be this person, best first, in all access systems or in one.
 */
export async function suggestAcsUsers(
  workspaceId: string,
  person: Pick<MatchingIdentity, 'fullName' | 'emailAddress' | 'phoneNumber'>,
  acsSystemId: string | null = null,
): Promise<SuggestedAcsUser[]> {
  if (acsSystemId !== null && !isUuid(acsSystemId)) throw notFound('acs_system')
  if (!person.fullName && !person.emailAddress && !person.phoneNumber) return []
  const connection = await database()
  const { rows } = (await connection.execute(sql`
    select distinct acs_user_id as "acsUserId", acs_system_id as "acsSystemId", display_name as "displayName",
      full_name as "fullName", email_address as "emailAddress", phone_number as "phoneNumber",
      phone_number_e164 as "phoneNumberE164", closeness
    from (${waitingLike(workspaceId, person, acsSystemId)}) as candidate
    cross join lateral (select ${closenessTo(person)} as closeness) as compared
    order by closeness desc, acs_user_id
    limit ${mostCandidates}`)) as unknown as { rows: WaitingCandidate[] }
  const identity = { ...person, userIdentityKey: null, accessGroups: [] }
  const known = rows.map((row) => ({ ...row, accessGroups: [] }))
  return rankAcsUsers(identity, known).map(({ acsUser, evidence, confidence }) => ({
    acsUserId: acsUser.acsUserId,
    acsSystemId: acsUser.acsSystemId,
    displayName: acsUser.displayName,
    emailAddress: acsUser.emailAddress,
    phoneNumber: acsUser.phoneNumberE164 ? formatPhoneNumber(acsUser.phoneNumberE164) : acsUser.phoneNumber,
    confidence,
    isStrong: hasIdentifier(evidence) && confidence !== 'possible',
    reasons: matchReasons(evidence),
  }))
}
