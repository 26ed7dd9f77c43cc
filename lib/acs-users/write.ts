import { sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { Refusal } from '../errors'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import type { Transaction } from '../transaction'
import { acsUserEventDetails } from './event-details'
import type { LockedAcsUser } from './lock'
import { isTarget } from './target'

/** Writes what of an ACS user that the caller holds is to be other than before: its profile and schedule. */
export async function writeAcsUserDetails(
  transaction: Transaction,
  actor: Actor,
  before: LockedAcsUser,
  after: LockedAcsUser,
): Promise<void> {
  const changes = differences(before, after)
  if (Object.keys(changes).length === 0) return
  const { fullName, emailAddress, phoneNumber, phoneNumberE164, accessStartsAt, accessEndsAt } = after
  await transaction
    .update(acsUsers)
    .set({
      ...{ fullName, emailAddress, phoneNumber, phoneNumberE164, accessStartsAt, accessEndsAt },
      version: sql`${acsUsers.version} + 1`,
    })
    .where(isTarget(actor.workspaceId, { acs_user_id: before.acsUserId }))
  const displayName = fullName ?? emailAddress ?? phoneNumber ?? ''
  const about = await acsUserEventDetails(transaction, { ...before, displayName })
  await recordEvents(transaction, actor, [
    { ...about, eventType: 'acs_user.updated', data: { ...about.data, changes } },
  ])
}

/** What an ACS user's events compare: its profile and schedule, by their names in the contract. */
export function acsUserFields(acsUser: LockedAcsUser) {
  return {
    full_name: acsUser.fullName,
    email_address: acsUser.emailAddress,
    phone_number: acsUser.phoneNumber,
    access_starts_at: acsUser.accessStartsAt?.toISOString() ?? null,
    access_ends_at: acsUser.accessEndsAt?.toISOString() ?? null,
  }
}

function differences(before: LockedAcsUser, after: LockedAcsUser) {
  const [from, to] = [acsUserFields(before), acsUserFields(after)]
  const fields = Object.keys(from) as (keyof typeof from)[]
  return Object.fromEntries(
    fields.filter((field) => from[field] !== to[field]).map((field) => [field, { from: from[field], to: to[field] }]),
  )
}

/** Suspends an ACS user that the caller holds, or lifts its suspension. */
export async function writeSuspension(
  transaction: Transaction,
  actor: Actor,
  acsUser: LockedAcsUser,
  isSuspended: boolean,
): Promise<void> {
  if (acsUser.isSuspended === isSuspended) return
  await transaction
    .update(acsUsers)
    .set({ isSuspended, suspendedAt: isSuspended ? sql`now()` : null })
    .where(isTarget(actor.workspaceId, { acs_user_id: acsUser.acsUserId }))
  await recordEvents(transaction, actor, [
    {
      ...(await acsUserEventDetails(transaction, acsUser)),
      eventType: isSuspended ? 'acs_user.suspended' : 'acs_user.unsuspended',
    },
  ])
}

/**
 * Writes whether an ACS user that the caller holds stands for no person.
 *
 * @throws Refusal `acs_user_already_linked` for one that somebody holds
 */
export async function writeNotAPerson(
  transaction: Transaction,
  actor: Actor,
  acsUser: LockedAcsUser,
  isNoPerson: boolean,
): Promise<void> {
  if ((acsUser.notAPersonAt !== null) === isNoPerson) return
  const about = await acsUserEventDetails(transaction, acsUser)
  if (isNoPerson && acsUser.userIdentityId) {
    throw new Refusal({
      kind: 'conflict',
      type: 'acs_user_already_linked',
      message: `“${acsUser.displayName}” is attached to “${about.data.user_identity_name}”. Detach it first.`,
      data: { acs_user_id: acsUser.acsUserId, user_identity_id: acsUser.userIdentityId },
    })
  }
  await transaction
    .update(acsUsers)
    .set({ notAPersonAt: isNoPerson ? sql`now()` : null, notAPersonBy: isNoPerson ? actor.name : null })
    .where(isTarget(actor.workspaceId, { acs_user_id: acsUser.acsUserId }))
  await recordEvents(transaction, actor, [
    { ...about, eventType: isNoPerson ? 'acs_user.marked_not_a_person' : 'acs_user.marked_a_person' },
  ])
}
