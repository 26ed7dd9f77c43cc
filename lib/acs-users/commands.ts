import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { accessGroupMembers } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { joinAccessGroups } from '../access-groups/membership'
import { holdAccessSystem } from '../access-systems/hold'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import { linkAcsUser, lockUserIdentity } from '../identities/link'
import { parseInput, uuid } from '../parse-input'
import { inTransaction } from '../transaction'
import { getDefaultCountry } from '../workspaces/queries'
import { accessScheduleSchema, acsUserChangesSchema, newAcsUserSchema, phoneColumns } from './acs-user-input'
import { createFromIdentity } from './ensure'
import { acsUserEventDetails } from './event-details'
import { insertAcsUser } from './insert'
import { type LockedAcsUser, lockAcsUser } from './lock'
import { removeAcsUsers } from './removal'
import { type AcsUserTarget, isTarget, parseAcsUserTarget } from './target'

/**
 * Creates an ACS user in an access system and, where asked, adds it to access groups and attaches it
 * to an identity, in one transaction.
 *
 * @throws Refusal `invalid_input`, `acs_system_not_found`, `acs_access_group_not_found`, and those of attaching
 */
export async function createAcsUser(actor: Actor, input: unknown): Promise<{ acsUserId: string }> {
  const given = parseInput(newAcsUserSchema, input)
  const phone = given.phone_number && phoneColumns(given.phone_number, await getDefaultCountry(actor.workspaceId))
  return inTransaction(async (transaction) => {
    const identity = given.user_identity_id
      ? await lockUserIdentity(transaction, actor.workspaceId, given.user_identity_id)
      : null
    const system = await holdAccessSystem(transaction, actor.workspaceId, given.acs_system_id)
    const details = {
      fullName: given.full_name,
      emailAddress: given.email_address ?? given.email ?? null,
      ...(phone || {}),
      accessStartsAt: given.access_schedule?.starts_at ?? null,
      accessEndsAt: given.access_schedule?.ends_at ?? null,
    }
    const acsUser = await insertAcsUser(transaction, actor, details, system, identity)
    await joinAccessGroups(transaction, actor, acsUser, given.acs_access_group_ids)
    const { acsUserId } = acsUser
    if (identity) {
      await linkAcsUser(transaction, actor, { userIdentityId: identity.userIdentityId, acsUserId, moveFrom: null })
    }
    return { acsUserId }
  })
}

const ofIdentitySchema = z.object({ userIdentityId: uuid('userIdentityId'), acsSystemId: uuid('acsSystemId') })

/**
 * Creates an ACS user in an access system from an identity's details and attaches it to the
 * identity, in one transaction.
 *
 * @throws Refusal `user_identity_not_found`, `acs_system_not_found`, `acs_system_already_linked`,
 *   and `invalid_input` for an identity that has nothing an ACS user could be made of
 */
export async function createAcsUserForIdentity(
  actor: Actor,
  target: { userIdentityId: string; acsSystemId: string },
): Promise<{ acsUserId: string }> {
  const { userIdentityId, acsSystemId } = parseInput(ofIdentitySchema, target)
  return inTransaction(async (transaction) => {
    const identity = await lockUserIdentity(transaction, actor.workspaceId, userIdentityId)
    const system = await holdAccessSystem(transaction, actor.workspaceId, acsSystemId)
    return { acsUserId: await createFromIdentity(transaction, actor, identity, system) }
  })
}

/**
 * Changes an ACS user. A field left out stays; an access schedule of null is cleared.
 *
 * @param input the changes, and the ACS user as `parseAcsUserTarget` reads it.
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function updateAcsUser(actor: Actor, input: unknown): Promise<void> {
  const target = parseAcsUserTarget(input)
  const given = parseInput(acsUserChangesSchema, input)
  const { access_schedule: schedule } = given
  const email = given.email_address ?? given.email
  const phone = given.phone_number && phoneColumns(given.phone_number, await getDefaultCountry(actor.workspaceId))
  await changeAcsUser(actor, target, (before) => ({
    ...before,
    ...(given.full_name !== undefined && { fullName: given.full_name }),
    ...(email !== undefined && { emailAddress: email }),
    ...(phone || {}),
    ...(schedule !== undefined && {
      accessStartsAt: schedule?.starts_at ?? null,
      accessEndsAt: schedule?.ends_at ?? null,
    }),
  }))
}

/**
 * Sets from when until when an ACS user opens doors; unlike in the published contract, either side may
 * be left open.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function setAccessSchedule(actor: Actor, input: unknown): Promise<void> {
  const { acs_user_id, starts_at, ends_at } = parseInput(accessScheduleSchema, input)
  await changeAcsUser(actor, { acs_user_id }, (before) => ({
    ...before,
    accessStartsAt: starts_at,
    accessEndsAt: ends_at,
  }))
}

async function changeAcsUser(
  actor: Actor,
  target: AcsUserTarget,
  change: (before: LockedAcsUser) => LockedAcsUser,
): Promise<void> {
  await inTransaction(async (transaction) => {
    const before = await lockAcsUser(transaction, actor.workspaceId, target)
    const after = change(before)
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
  })
}

function differences(before: LockedAcsUser, after: LockedAcsUser) {
  const fieldsOf = (acsUser: LockedAcsUser) => ({
    full_name: acsUser.fullName,
    email_address: acsUser.emailAddress,
    phone_number: acsUser.phoneNumber,
    access_starts_at: acsUser.accessStartsAt?.toISOString() ?? null,
    access_ends_at: acsUser.accessEndsAt?.toISOString() ?? null,
  })
  const [from, to] = [fieldsOf(before), fieldsOf(after)]
  const fields = Object.keys(from) as (keyof typeof from)[]
  return Object.fromEntries(
    fields.filter((field) => from[field] !== to[field]).map((field) => [field, { from: from[field], to: to[field] }]),
  )
}

/**
 * Deletes an ACS user with its credentials.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function deleteAcsUser(actor: Actor, input: unknown): Promise<void> {
  const target = parseAcsUserTarget(input)
  await inTransaction(async (transaction) => {
    const acsUser = await lockAcsUser(transaction, actor.workspaceId, target)
    await removeAcsUsers(transaction, actor, [acsUser])
  })
}

/**
 * Suspends an ACS user: until the suspension is lifted, it opens nothing.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function suspendAcsUser(actor: Actor, input: unknown): Promise<void> {
  await setSuspended(actor, input, true)
}

/**
 * Lifts the suspension of an ACS user.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function unsuspendAcsUser(actor: Actor, input: unknown): Promise<void> {
  await setSuspended(actor, input, false)
}

async function setSuspended(actor: Actor, input: unknown, isSuspended: boolean): Promise<void> {
  const target = parseAcsUserTarget(input)
  await inTransaction(async (transaction) => {
    const acsUser = await lockAcsUser(transaction, actor.workspaceId, target)
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
  })
}

/**
 * Takes from an ACS user all that opens entrances: what was granted to it by itself, its access
 * groups, and the entrances of its credentials. The ACS user and its credentials stay.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function revokeAccessToAllEntrances(actor: Actor, input: unknown): Promise<void> {
  const target = parseAcsUserTarget(input)
  await inTransaction(async (transaction) => {
    const { workspaceId } = actor
    const acsUser = await lockAcsUser(transaction, workspaceId, target)
    const { acsUserId } = acsUser
    const granted = await transaction
      .delete(acsUserEntrances)
      .where(and(eq(acsUserEntrances.workspaceId, workspaceId), eq(acsUserEntrances.acsUserId, acsUserId)))
      .returning()
    const groups = await transaction
      .delete(accessGroupMembers)
      .where(
        and(
          eq(accessGroupMembers.workspaceId, workspaceId),
          eq(accessGroupMembers.acsSystemId, acsUser.acsSystemId),
          eq(accessGroupMembers.acsUserId, acsUserId),
        ),
      )
      .returning()
    const theirCredentials = transaction
      .select({ acsCredentialId: credentials.acsCredentialId })
      .from(credentials)
      .where(and(eq(credentials.workspaceId, workspaceId), eq(credentials.acsUserId, acsUserId)))
    const byCredential = await transaction
      .delete(credentialEntrances)
      .where(
        and(
          eq(credentialEntrances.workspaceId, workspaceId),
          inArray(credentialEntrances.acsCredentialId, theirCredentials),
        ),
      )
      .returning()
    if (granted.length + groups.length + byCredential.length === 0) return
    await recordEvents(transaction, actor, [
      { ...(await acsUserEventDetails(transaction, acsUser)), eventType: 'acs_user.access_revoked' },
    ])
  })
}
