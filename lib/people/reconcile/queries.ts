import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { isOneOf } from '@/db/is-one-of'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { rowCounts } from '@/db/schema/row-counts'
import { userIdentities } from '@/db/schema/user-identities'
import { acsUserSearch } from '@/lib/access/acs-users/list-condition'
import { waitsForIdentity } from '@/lib/access/acs-users/waiting-condition'
import { idList, isUuid, parseInput } from '@/lib/platform/input'
import { keptCount } from '@/lib/platform/pagination/kept-count'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { type Confidence, type MatchEvidence, matchDifferences, matchReasons, type Rival } from '../matching/match'
import { type Matches, matchAcsUsers } from '../matching/queries'
import { mostLookedFor } from './accept'
import type { QueueParameters } from './list-parameters'

/** An identity that an ACS user of the queue may belong to. */
export type Proposal = {
  userIdentityId: string
  displayName: string
  fullName: string | null
  emailAddress: string | null
  phoneNumber: string | null
  confidence: Confidence
  reasons: string[]
  differences: string[]
  agreement: Pick<MatchEvidence, 'name' | 'email' | 'phone'>
  /** Other ACS users of the access system that match this identity as well; only one can have it. */
  claimedBy: Rival[]
}

/** Somebody who matches, but who has an ACS user in the access system already. */
type TakenMatch = { userIdentityId: string; displayName: string; linkedAcsUserName: string; reasons: string[] }

/** An ACS user that nobody holds, with whom it may belong to, surest first. */
export type QueueRow = {
  acsUser: {
    acsUserId: string
    acsSystemId: string
    displayName: string
    fullName: string | null
    emailAddress: string | null
    phoneNumber: string | null
    accessGroups: string[]
  }
  proposals: Proposal[]
  taken: TakenMatch[]
}

/** Rows of the queue, and after which of them it goes on; null at the end. */
export type QueueSlice = { rows: QueueRow[]; nextCursor: string | null }

const shownRows = 20
/** How many ACS users one answer looks at in search of what a filter lets through. */
const mostLookedAt = 100
const mostProposals = 3
const mostTaken = 2

/**
 * The next rows of the queue, access system by access system, oldest first. A filter by confidence looks
 * at a limited part of the queue at a time: there may be fewer rows, or none, and still more after them.
 *
 * @param cursor where to go on, as the slice before gave it; anything else begins anew.
 */
export async function listQueue(
  workspaceId: string,
  parameters: QueueParameters,
  cursor: string | null = null,
): Promise<QueueSlice> {
  const { confidence } = parameters
  const rows: QueueRow[] = []
  let after = cursor
  for (let lookedAt = 0; lookedAt < mostLookedAt && rows.length < shownRows; lookedAt += shownRows) {
    const part = await readWaiting(workspaceId, parameters, after, shownRows)
    const matches = await matchAcsUsers(workspaceId, part.waiting)
    const found = part.waiting.map((acsUser) => toQueueRow(acsUser, matches))
    rows.push(...found.filter((row) => !confidence || (row.proposals[0]?.confidence ?? 'none') === confidence))
    after = part.nextCursor
    if (after === null) break
  }
  return { rows, nextCursor: after }
}

type Waiting = Awaited<ReturnType<typeof readWaiting>>['waiting'][number]

/** ACS users that nobody holds, in the order of their index. */
async function readWaiting(
  workspaceId: string,
  { search, acsSystemId }: Omit<QueueParameters, 'confidence'>,
  cursor: string | null,
  limit: number,
) {
  const connection = await database()
  const after = readCursor(cursor)
  const rows = await connection
    .select({
      acsUserId: acsUsers.acsUserId,
      acsSystemId: acsUsers.acsSystemId,
      displayName: acsUsers.displayName,
      fullName: acsUsers.fullName,
      emailAddress: acsUsers.emailAddress,
      phoneNumber: acsUsers.phoneNumber,
      phoneNumberE164: acsUsers.phoneNumberE164,
      accessGroups: sql<string[]>`array(select ${accessGroups.name} from ${accessGroupMembers}
        join ${accessGroups} on ${and(
          eq(accessGroups.workspaceId, accessGroupMembers.workspaceId),
          eq(accessGroups.acsAccessGroupId, accessGroupMembers.acsAccessGroupId),
        )}
        where ${and(
          eq(accessGroupMembers.workspaceId, acsUsers.workspaceId),
          eq(accessGroupMembers.acsSystemId, acsUsers.acsSystemId),
          eq(accessGroupMembers.acsUserId, acsUsers.acsUserId),
        )} order by ${accessGroups.name})`,
    })
    .from(acsUsers)
    .where(
      and(
        eq(acsUsers.workspaceId, workspaceId),
        waitsForIdentity(),
        acsUserSearch(search),
        // An id that is none belongs to no access system.
        acsSystemId === null ? undefined : isUuid(acsSystemId) ? eq(acsUsers.acsSystemId, acsSystemId) : sql`false`,
        after
          ? sql`(${acsUsers.acsSystemId}, ${acsUsers.acsUserId}) > (${after.acsSystemId}::uuid, ${after.acsUserId}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(acsUsers.acsSystemId), asc(acsUsers.acsUserId))
    .limit(limit + 1)
  const waiting = rows.slice(0, limit)
  const last = waiting.at(-1)
  return { waiting, nextCursor: last && rows.length > limit ? `${last.acsSystemId}.${last.acsUserId}` : null }
}

function readCursor(cursor: string | null): { acsSystemId: string; acsUserId: string } | null {
  const [acsSystemId = '', acsUserId = ''] = cursor?.split('.') ?? []
  return isUuid(acsSystemId) && isUuid(acsUserId) ? { acsSystemId, acsUserId } : null
}

function toQueueRow({ phoneNumberE164, ...acsUser }: Waiting, matches: Matches): QueueRow {
  const found = matches.get(acsUser.acsUserId) ?? []
  const proposals = found.flatMap(({ candidate, evidence, confidence, claimedBy }): Proposal[] => {
    if (confidence === null) return []
    const { userIdentityId, displayName, fullName, emailAddress, phoneNumber } = candidate
    return [
      {
        ...{ userIdentityId, displayName, fullName, emailAddress, confidence, claimedBy },
        phoneNumber: phoneNumber && formatPhoneNumber(phoneNumber),
        reasons: matchReasons(evidence),
        differences: matchDifferences(evidence),
        agreement: { name: evidence.name, email: evidence.email, phone: evidence.phone },
      },
    ]
  })
  const taken = found.flatMap(({ candidate, evidence }): TakenMatch[] => {
    const { userIdentityId, displayName, linkedAcsUserName } = candidate
    return linkedAcsUserName === null
      ? []
      : [{ userIdentityId, displayName, linkedAcsUserName, reasons: matchReasons(evidence) }]
  })
  return {
    acsUser: { ...acsUser, phoneNumber: phoneNumberE164 ? formatPhoneNumber(phoneNumberE164) : acsUser.phoneNumber },
    proposals: proposals.slice(0, mostProposals),
    taken: taken.slice(0, mostTaken),
  }
}

/** How many ACS users wait in each access system that has any. */
export async function countQueue(workspaceId: string): Promise<{ acsSystemId: string; count: number }[]> {
  const connection = await database()
  const waiting = keptCount(
    eq(rowCounts.workspaceId, accessSystems.workspaceId),
    eq(rowCounts.acsSystemId, accessSystems.acsSystemId),
    eq(rowCounts.kind, 'waiting'),
  )
  const counts = await connection
    .select({ acsSystemId: sql<string>`${accessSystems.acsSystemId}`, count: waiting })
    .from(accessSystems)
    .where(eq(accessSystems.workspaceId, workspaceId))
  return counts.filter(({ count }) => count > 0)
}

/** What became of an ACS user that waits no more. */
export type HandledAcsUser = { acsUserId: string } & (
  | { state: 'linked'; userIdentityId: string; identityName: string; by: string | null }
  | { state: 'not_a_person'; by: string | null }
  | { state: 'deleted' }
)

/** Of some ACS users those that wait no more, and what became of them. */
export async function listHandled(workspaceId: string, acsUserIds: string[]): Promise<HandledAcsUser[]> {
  const ids = acsUserIds.filter(isUuid)
  if (ids.length === 0) return []
  const connection = await database()
  const rows = await connection
    .select({
      acsUserId: acsUsers.acsUserId,
      userIdentityId: acsUsers.userIdentityId,
      identityName: userIdentities.displayName,
      linkedBy: acsUsers.linkedBy,
      notAPersonAt: acsUsers.notAPersonAt,
      notAPersonBy: acsUsers.notAPersonBy,
    })
    .from(acsUsers)
    .leftJoin(
      userIdentities,
      and(
        eq(userIdentities.workspaceId, acsUsers.workspaceId),
        eq(userIdentities.userIdentityId, acsUsers.userIdentityId),
      ),
    )
    .where(and(eq(acsUsers.workspaceId, workspaceId), inArray(acsUsers.acsUserId, ids)))
  return ids.flatMap((acsUserId): HandledAcsUser[] => {
    const row = rows.find((candidate) => candidate.acsUserId === acsUserId.toLowerCase())
    if (!row) return [{ acsUserId, state: 'deleted' }]
    const { userIdentityId, identityName, linkedBy } = row
    if (userIdentityId) {
      return [{ acsUserId, state: 'linked', userIdentityId, identityName: identityName ?? '', by: linkedBy }]
    }
    return row.notAPersonAt ? [{ acsUserId, state: 'not_a_person', by: row.notAPersonBy }] : []
  })
}

/** A match that is certain, as a preview lists it. */
export type CertainMatch = {
  acsUserId: string
  acsSystemId: string
  acsUserName: string
  userIdentityId: string
  identityName: string
  reasons: string[]
}

/** ACS users of one access system that claim one person, so that none of them is certain. */
export type MatchConflict = CertainMatch & { claimedBy: Rival[] }

/** What is certain among the next ACS users of the queue, and what would be but for a conflict. */
export type CertainSlice = { certain: CertainMatch[]; conflicts: MatchConflict[]; nextCursor: string | null }

const certainLookedAt = 200

const peopleSchema = idList('ids', mostLookedFor)

/** Looks through the next part of the queue for what is certain. */
export async function listCertainMatches(
  workspaceId: string,
  parameters: Omit<QueueParameters, 'confidence'>,
  cursor: string | null = null,
): Promise<CertainSlice> {
  const { waiting, nextCursor } = await readWaiting(workspaceId, parameters, cursor, certainLookedAt)
  return { ...pickCertain(waiting, await matchAcsUsers(workspaceId, waiting, false)), nextCursor }
}

/** What of the matches of some ACS users is certain, and what would be but for a conflict. */
function pickCertain(
  waiting: Pick<Waiting, 'acsUserId' | 'acsSystemId' | 'displayName'>[],
  matches: Matches,
): Pick<CertainSlice, 'certain' | 'conflicts'> {
  const certain: CertainMatch[] = []
  const conflicts: MatchConflict[] = []
  for (const { acsUserId, displayName, acsSystemId: systemId } of waiting) {
    const [best] = matches.get(acsUserId) ?? []
    if (!best) continue
    const { candidate, evidence, confidence, claimedBy } = best
    const about = {
      ...{ acsUserId, acsSystemId: systemId, acsUserName: displayName },
      userIdentityId: candidate.userIdentityId,
      identityName: candidate.displayName,
      reasons: matchReasons(evidence),
    }
    if (confidence === 'certain') certain.push(about)
    else if (claimedBy.length > 0 && confidence === 'likely') conflicts.push({ ...about, claimedBy })
  }
  return { certain, conflicts }
}

/**
 * What is certain about some people: the waiting ACS users that have their email address, their phone number,
 * or their key as an email address.
 *
 * @throws Refusal `invalid_input`, for more than `mostLookedFor` people too
 */
export async function listCertainMatchesOf(workspaceId: string, userIdentityIds: unknown): Promise<CertainSlice> {
  const ids = parseInput(peopleSchema, userIdentityIds)
  const chosen = sql`(select * from ${userIdentities} where ${userIdentities.workspaceId} = ${workspaceId}
    and ${isOneOf(userIdentities.userIdentityId, ids, 'uuid')}) as chosen`
  // Each by its own index; an alternative of them would be looked for by none.
  const having = (value: SQL) => sql`select ${acsUsers.acsUserId} from ${chosen} join ${acsUsers}
    on ${acsUsers.workspaceId} = ${workspaceId} and ${value}`
  const waiting = await readAsked(
    workspaceId,
    sql`${acsUsers.acsUserId} in (
      ${having(sql`lower(${acsUsers.emailAddress}) = lower(chosen.email_address)`)}
      union ${having(sql`lower(${acsUsers.emailAddress}) = lower(chosen.user_identity_key)`)}
      union ${having(sql`${acsUsers.phoneNumberE164} = chosen.phone_number`)})`,
  )
  const { certain, conflicts } = pickCertain(waiting, await matchAcsUsers(workspaceId, waiting, false))
  const isChosen = ({ userIdentityId }: { userIdentityId: string }) => ids.includes(userIdentityId)
  return { certain: certain.filter(isChosen), conflicts: conflicts.filter(isChosen), nextCursor: null }
}

/** Which identity each of some waiting ACS users certainly belongs to, by the id of the ACS user. */
export async function findCertain(workspaceId: string, acsUserIds: string[]): Promise<Map<string, string>> {
  const asked = await readAsked(workspaceId, inArray(acsUsers.acsUserId, acsUserIds))
  const matches = await matchAcsUsers(workspaceId, asked, false)
  return new Map(
    [...matches].flatMap(([acsUserId, [best]]): [string, string][] =>
      best?.confidence === 'certain' ? [[acsUserId, best.candidate.userIdentityId]] : [],
    ),
  )
}

/** Those of some ACS users that wait for an identity, as far as matching compares them to find what is certain. */
async function readAsked(workspaceId: string, condition: SQL) {
  const connection = await database()
  const waiting = await connection
    .select({
      acsUserId: acsUsers.acsUserId,
      acsSystemId: acsUsers.acsSystemId,
      displayName: acsUsers.displayName,
      fullName: acsUsers.fullName,
      emailAddress: acsUsers.emailAddress,
      phoneNumberE164: acsUsers.phoneNumberE164,
    })
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), waitsForIdentity(), condition))
    .orderBy(asc(acsUsers.acsSystemId), asc(acsUsers.acsUserId))
  return waiting.map((acsUser) => ({ ...acsUser, accessGroups: [] }))
}
