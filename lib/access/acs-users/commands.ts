import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { accessGroupMembers } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { credentialEntrances, credentials } from '@/db/schema/credentials'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { inTransaction } from '@/lib/platform/transaction'
import { acsUserEventDetails } from '../acs-user-rows/acs-user-event-details'
import { parseAcsUserTarget } from '../acs-user-rows/acs-user-target'
import { writeAcsUserDetails, writeNotAPerson, writeSuspension } from '../acs-user-rows/change-acs-users'
import { insertAcsUser } from '../acs-user-rows/insert-acs-users'
import { lockAcsUser, lockHolder } from '../acs-user-rows/lock-acs-users'
import { joinAccessGroups } from '../groups/membership'
import { createFromIdentity } from '../links/ensure-acs-user'
import { linkAcsUser, lockUserIdentity } from '../links/link'
import { lockAccessSystem } from '../system-rows/lock-access-system'
import { acsUserChangesSchema, newAcsUserSchema, phoneColumns } from './acs-user-input'
import { removeAcsUsers } from './removal'

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
    const system = await lockAccessSystem(transaction, actor.workspaceId, given.acs_system_id)
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
    const system = await lockAccessSystem(transaction, actor.workspaceId, acsSystemId)
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
  await inTransaction(async (transaction) => {
    const before = await lockAcsUser(transaction, actor.workspaceId, target)
    const after = {
      ...before,
      ...(given.full_name !== undefined && { fullName: given.full_name }),
      ...(email !== undefined && { emailAddress: email }),
      ...(phone || {}),
      ...(schedule !== undefined && {
        accessStartsAt: schedule?.starts_at ?? null,
        accessEndsAt: schedule?.ends_at ?? null,
      }),
    }
    await writeAcsUserDetails(transaction, actor, before, after)
  })
}

/**
 * Deletes an ACS user with its credentials.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function deleteAcsUser(actor: Actor, input: unknown): Promise<void> {
  const target = parseAcsUserTarget(input)
  await inTransaction(async (transaction) => {
    await lockHolder(transaction, actor.workspaceId, target)
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
    await writeSuspension(transaction, actor, acsUser, isSuspended)
  })
}

/**
 * Remembers that an ACS user stands for no person, so that nobody is asked whose it is any more.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`, `acs_user_already_linked`
 */
export async function markNotAPerson(actor: Actor, input: unknown): Promise<void> {
  await setNotAPerson(actor, input, true)
}

/**
 * Takes back that an ACS user stands for no person.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`
 */
export async function markAPerson(actor: Actor, input: unknown): Promise<void> {
  await setNotAPerson(actor, input, false)
}

async function setNotAPerson(actor: Actor, input: unknown, isNoPerson: boolean): Promise<void> {
  const target = parseAcsUserTarget(input)
  await inTransaction(async (transaction) => {
    const acsUser = await lockAcsUser(transaction, actor.workspaceId, target)
    await writeNotAPerson(transaction, actor, acsUser, isNoPerson)
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
    const about = await acsUserEventDetails(transaction, acsUser)
    const revoked = {
      acs_access_group_ids: groups.map(({ acsAccessGroupId }) => acsAccessGroupId),
      acs_entrance_ids: granted.map(({ acsEntranceId }) => acsEntranceId),
      credential_entrances: byCredential.map(({ acsCredentialId, acsEntranceId }) => ({
        acs_credential_id: acsCredentialId,
        acs_entrance_id: acsEntranceId,
      })),
    }
    await recordEvents(transaction, actor, [
      { ...about, eventType: 'acs_user.access_revoked', data: { ...about.data, revoked } },
    ])
  })
}
