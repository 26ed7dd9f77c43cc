import { and, eq, inArray } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { acsUsers } from '@/db/schema/acs-users'
import type { RowProblem } from '@/db/schema/imports'
import type { AcsUserForEvents } from '@/lib/access/acs-user-rows/acs-user-event-details'
import {
  type AcsUserEdit,
  acsUserDifferences,
  writeDetailsOfAcsUsers,
  writeSuspension,
} from '@/lib/access/acs-user-rows/change-acs-users'
import { insertAcsUsers, type NewAcsUser } from '@/lib/access/acs-user-rows/insert-acs-users'
import { type LockedAcsUser, lockAcsUsers } from '@/lib/access/acs-user-rows/lock-acs-users'
import { removeAcsUsers } from '@/lib/access/acs-users/removal'
import { joinAccessGroups, leaveAccessGroups } from '@/lib/access/groups/membership'
import { lockUserIdentities } from '@/lib/access/links/link'
import { linkAcsUsers } from '@/lib/access/links/link-many'
import { lockAccessSystem } from '@/lib/access/system-rows/lock-access-system'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { type Import, isCarriedOut, type Row, refusedRow, restingOutcome } from '../rows'
import { isStillMeant, type SaidOfAcsUser } from './plan'

/** What a row does to an ACS user beside its profile and schedule. */
type Further = {
  changeId: string
  acsUserId: string
  suspension: boolean | null
  groupIds: string[] | null
  attachTo: string | null
}

/**
 * Carries out rows about ACS users, each as a change of its own. Everything that a row needs is held and
 * looked at before anything of it is written, so that a row is carried out as a whole or not at all.
 */
export async function applyAcsUserRows(
  transaction: Transaction,
  actor: Actor,
  found: Import,
  rows: Row[],
): Promise<Row[]> {
  const system = await lockAccessSystem(transaction, actor.workspaceId, found.acsSystemId ?? '')
  const isDone = (row: Row) => row.plan === 'create' || isCarriedOut(row, found)
  const held = await hold(transaction, actor.workspaceId, system.acsSystemId, rows.filter(isDone))

  const created: NewAcsUser[] = []
  const edits: AcsUserEdit[] = []
  const furthers: Further[] = []
  const removals: { acsUser: LockedAcsUser; changeId: string }[] = []
  const applied = rows.map((row): Row => {
    if (!isDone(row)) return { ...row, outcome: restingOutcome(row) }
    const said: SaidOfAcsUser = row.characteristics ?? {}
    const changeId = uuidv7()
    const groupIds = said.access_groups === undefined ? null : said.access_groups.split(' ').filter(Boolean)
    const suspension = said.is_suspended === undefined ? null : said.is_suspended === 'true'
    const person = held.people.get(row.userIdentityId ?? '')
    if (row.userIdentityId && person?.userIdentityKey !== said.user_identity_key) return refusedRow(row, changedSince)
    if (groupIds?.some((id) => !held.groups.has(id))) return refusedRow(row, groupGone)
    const theirs = person && held.byPerson.get(person.userIdentityId)

    if (row.plan === 'create') {
      if (theirs) return refusedRow(row, changedSince)
      const acsUserId = uuidv7()
      created.push({ acsUserId, details: detailsOf(said), madeFor: person ?? null, changeId })
      furthers.push({ changeId, acsUserId, suspension, groupIds, attachTo: person?.userIdentityId ?? null })
      return { ...row, acsUserId, outcome: 'created', changeId }
    }
    const acsUser = held.acsUsers.get(row.acsUserId ?? '')
    if (!acsUser || !isStillMeant(acsUser, said, row.userIdentityId)) return refusedRow(row, changedSince)
    if (row.plan === 'remove') {
      removals.push({ acsUser, changeId })
      return { ...row, outcome: 'removed', changeId }
    }
    const isTaken = theirs !== undefined && theirs !== acsUser.acsUserId
    const isAnothers = person && acsUser.userIdentityId && acsUser.userIdentityId !== person.userIdentityId
    const after = { ...acsUser, ...detailsOf(said) }
    const { accessStartsAt, accessEndsAt } = after
    const endsTooSoon = accessStartsAt && accessEndsAt && accessEndsAt <= accessStartsAt
    if (isTaken || isAnothers || endsTooSoon) return refusedRow(row, changedSince)

    const { acsUserId } = acsUser
    const memberOf = held.memberships.get(acsUserId) ?? new Set<string>()
    const further: Further = {
      ...{ changeId, acsUserId },
      suspension: suspension === acsUser.isSuspended ? null : suspension,
      groupIds: groupIds && isSameSet(groupIds, memberOf) ? null : groupIds,
      attachTo: person && acsUser.userIdentityId === null ? person.userIdentityId : null,
    }
    const isChanged = Object.keys(acsUserDifferences(acsUser, after)).length > 0
    const goesFurther = further.suspension !== null || further.groupIds !== null || further.attachTo !== null
    if (!isChanged && !goesFurther) return { ...row, outcome: 'unchanged' }
    if (isChanged) edits.push({ before: acsUser, after, changeId })
    if (goesFurther) furthers.push(further)
    return { ...row, outcome: 'updated', changeId }
  })

  for (const { acsUser, changeId } of removals) {
    await removeAcsUsers(transaction, { ...actor, changeId }, [acsUser])
  }
  await writeDetailsOfAcsUsers(transaction, actor, edits)
  await insertAcsUsers(transaction, actor, system, created)
  await goFurther(transaction, actor, system.acsSystemId, furthers, held.memberships)
  return applied
}

const isSameSet = (ids: string[], set: Set<string>) => ids.length === set.size && ids.every((id) => set.has(id))

/** The columns of what a row says, without those of which it says nothing. */
function detailsOf(said: SaidOfAcsUser) {
  return {
    ...(said.full_name && { fullName: said.full_name }),
    ...(said.email_address && { emailAddress: said.email_address }),
    ...(said.phone_number && { phoneNumber: said.phone_number, phoneNumberE164: said.phone_number_e164 ?? null }),
    ...(said.access_starts_at && { accessStartsAt: new Date(said.access_starts_at) }),
    ...(said.access_ends_at && { accessEndsAt: new Date(said.access_ends_at) }),
  }
}

/** Holds all that some rows are about, people before ACS users as whoever attaches does, and reads what they need. */
async function hold(transaction: Transaction, workspaceId: string, acsSystemId: string, rows: Row[]) {
  const people = await lockUserIdentities(
    transaction,
    workspaceId,
    rows.flatMap(({ userIdentityId }) => userIdentityId ?? []),
  )
  const peopleIds = people.map(({ userIdentityId }) => userIdentityId)
  const inSystem = and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsSystemId, acsSystemId))
  const holders =
    peopleIds.length > 0
      ? await transaction
          .select({ userIdentityId: acsUsers.userIdentityId, acsUserId: acsUsers.acsUserId })
          .from(acsUsers)
          .where(and(inSystem, inArray(acsUsers.userIdentityId, peopleIds)))
      : []
  const acsUserIds = rows.flatMap(({ acsUserId }) => acsUserId ?? [])
  const locked =
    acsUserIds.length > 0 ? await lockAcsUsers(transaction, and(inSystem, inArray(acsUsers.acsUserId, acsUserIds))) : []
  const groupIds = [...new Set(rows.flatMap((row) => row.characteristics?.access_groups?.split(' ') ?? []))].filter(
    Boolean,
  )
  const groups =
    groupIds.length > 0
      ? await transaction
          .select({ acsAccessGroupId: accessGroups.acsAccessGroupId })
          .from(accessGroups)
          .where(
            and(
              eq(accessGroups.workspaceId, workspaceId),
              eq(accessGroups.acsSystemId, acsSystemId),
              inArray(accessGroups.acsAccessGroupId, groupIds),
            ),
          )
          .orderBy(accessGroups.acsAccessGroupId)
          .for('key share')
      : []
  const members =
    acsUserIds.length > 0
      ? await transaction
          .select({ acsUserId: accessGroupMembers.acsUserId, acsAccessGroupId: accessGroupMembers.acsAccessGroupId })
          .from(accessGroupMembers)
          .where(
            and(
              eq(accessGroupMembers.workspaceId, workspaceId),
              eq(accessGroupMembers.acsSystemId, acsSystemId),
              inArray(accessGroupMembers.acsUserId, acsUserIds),
            ),
          )
      : []
  const memberships = new Map<string, Set<string>>()
  for (const { acsUserId, acsAccessGroupId } of members) {
    memberships.set(acsUserId, (memberships.get(acsUserId) ?? new Set()).add(acsAccessGroupId))
  }
  return {
    people: new Map(people.map((person) => [person.userIdentityId, person])),
    byPerson: new Map(holders.map(({ userIdentityId, acsUserId }) => [userIdentityId, acsUserId])),
    acsUsers: new Map(locked.map((acsUser) => [acsUser.acsUserId, acsUser])),
    groups: new Set(groups.map(({ acsAccessGroupId }) => acsAccessGroupId)),
    memberships,
  }
}

/** Writes who is suspended, in which groups, and whose: what only some rows say, one by one. */
async function goFurther(
  transaction: Transaction,
  actor: Actor,
  acsSystemId: string,
  furthers: Further[],
  memberships: Map<string, Set<string>>,
): Promise<void> {
  const ids = furthers
    .filter(({ suspension, groupIds }) => suspension !== null || groupIds !== null)
    .map(({ acsUserId }) => acsUserId)
  const stand = new Map<string, LockedAcsUser & AcsUserForEvents>()
  if (ids.length > 0) {
    const inSystem = and(eq(acsUsers.workspaceId, actor.workspaceId), eq(acsUsers.acsSystemId, acsSystemId))
    for (const acsUser of await lockAcsUsers(transaction, and(inSystem, inArray(acsUsers.acsUserId, ids)))) {
      stand.set(acsUser.acsUserId, acsUser)
    }
  }
  for (const { changeId, acsUserId, suspension, groupIds } of furthers) {
    const acsUser = stand.get(acsUserId)
    const own = { ...actor, changeId }
    if (acsUser && suspension !== null) await writeSuspension(transaction, own, acsUser, suspension)
    if (acsUser && groupIds) {
      const memberOf = memberships.get(acsUserId) ?? new Set<string>()
      const left = [...memberOf].filter((id) => !groupIds.includes(id))
      const joined = groupIds.filter((id) => !memberOf.has(id))
      await leaveAccessGroups(transaction, own, acsUser, left)
      await joinAccessGroups(transaction, own, acsUser, joined)
    }
  }
  const pairs = furthers.flatMap(({ changeId, acsUserId, attachTo }) =>
    attachTo === null ? [] : [{ userIdentityId: attachTo, acsUserId, changeId }],
  )
  if (pairs.length === 0) return
  const outcomes = await linkAcsUsers(transaction, actor, pairs)
  // Everybody concerned is held, and was looked at.
  const refusal = outcomes.find((outcome) => outcome.refusal !== null)?.refusal
  if (refusal) throw new Error(`An ACS user that was free could not be attached: ${refusal.message}`)
}

const changedSince: RowProblem = {
  field: null,
  message:
    'This ACS user, or the person who is to have it, was changed or deleted after the file was checked. Import the row again.',
}

const groupGone: RowProblem = {
  field: 'access_groups',
  message: 'One of these access groups was deleted after the file was checked. Import the row again.',
}
