import { sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { Refusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { acsUserEventDetails, eventDetailsOfAcsUsers } from './acs-user-event-details'
import { isTarget } from './acs-user-target'
import type { LockedAcsUser } from './lock-acs-users'

/**
 * What the profile and schedule of an ACS user that the caller holds are to be.
 *
 * @property changeId where many are changed at once: the change that this one is.
 */
export type AcsUserEdit = { before: LockedAcsUser; after: LockedAcsUser; changeId?: string }

/** Writes what of an ACS user that the caller holds is to be other than before: its profile and schedule. */
export async function writeAcsUserDetails(
  transaction: Transaction,
  actor: Actor,
  before: LockedAcsUser,
  after: LockedAcsUser,
): Promise<void> {
  await writeDetailsOfAcsUsers(transaction, actor, [{ before, after }])
}

/** The same for several, by a few statements for all of them. */
export async function writeDetailsOfAcsUsers(
  transaction: Transaction,
  actor: Actor,
  edits: AcsUserEdit[],
): Promise<void> {
  const changed = edits
    .map((edit) => ({ ...edit, changes: acsUserDifferences(edit.before, edit.after) }))
    .filter(({ changes }) => Object.keys(changes).length > 0)
  if (changed.length === 0) return
  const given = changed.map(({ after }) => ({
    ...acsUserFields(after),
    acs_user_id: after.acsUserId,
    phone_number_e164: after.phoneNumberE164,
  }))
  await transaction.execute(sql`
    update ${acsUsers} set full_name = given.full_name, email_address = given.email_address,
      phone_number = given.phone_number, phone_number_e164 = given.phone_number_e164,
      access_starts_at = given.access_starts_at, access_ends_at = given.access_ends_at,
      version = ${acsUsers.version} + 1
    from json_to_recordset(${JSON.stringify(given)}::json) as given(acs_user_id uuid, full_name text,
      email_address text, phone_number text, phone_number_e164 text, access_starts_at timestamptz,
      access_ends_at timestamptz)
    where ${acsUsers.workspaceId} = ${actor.workspaceId} and ${acsUsers.acsUserId} = given.acs_user_id`)
  const about = await eventDetailsOfAcsUsers(
    transaction,
    actor.workspaceId,
    changed.map(({ before, after }) => ({
      ...before,
      displayName: after.fullName ?? after.emailAddress ?? after.phoneNumber ?? '',
    })),
  )
  await recordEvents(
    transaction,
    actor,
    changed.flatMap(({ changes, changeId }, index) => {
      const details = about[index]
      if (!details) return []
      return [{ ...details, changeId, eventType: 'acs_user.updated' as const, data: { ...details.data, changes } }]
    }),
  )
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

/** Field by field, what differs between two states of an ACS user. */
export function acsUserDifferences(before: LockedAcsUser, after: LockedAcsUser) {
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
