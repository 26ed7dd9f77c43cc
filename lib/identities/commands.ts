import { and, eq, inArray, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { userIdentities } from '@/db/schema/user-identities'
import { Refusal } from '../errors'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import { parseInput, uuid } from '../parse-input'
import { inTransaction } from '../transaction'
import { getDefaultCountry } from '../workspaces/queries'
import { refuseTakenValues } from './conflicts'
import {
  displayName,
  type IdentityCharacteristics,
  identityChangesSchema,
  identityNeedsCharacteristic,
  newIdentitySchema,
} from './identity'
import { linkAcsUser, lockUserIdentity, ofWorkspace, unlinkAcsUser } from './link'

/**
 * Creates a user identity and, where asked, attaches an ACS user to it in the same transaction.
 *
 * @throws Refusal `invalid_input`, `…_conflict`, and those of attaching
 */
export async function createUserIdentity(actor: Actor, input: unknown): Promise<{ userIdentityId: string }> {
  const given = parseInput(newIdentitySchema(await getDefaultCountry(actor.workspaceId)), input)
  const characteristics: IdentityCharacteristics = {
    full_name: given.full_name ?? null,
    email_address: given.email_address ?? null,
    phone_number: given.phone_number ?? null,
    user_identity_key: given.user_identity_key ?? null,
  }
  const userIdentityId = uuidv7()
  await inTransaction(async (transaction) => {
    await refuseTakenValues(transaction, actor.workspaceId, characteristics, (savepoint) =>
      savepoint.insert(userIdentities).values({
        workspaceId: actor.workspaceId,
        userIdentityId,
        ...toColumns(characteristics),
      }),
    )
    await recordEvents(transaction, actor, [
      {
        eventType: 'user_identity.created',
        userIdentityId,
        data: { user_identity_name: displayName(characteristics) },
      },
    ])
    if (given.acs_user_id) {
      await linkAcsUser(transaction, actor, { userIdentityId, acsUserId: given.acs_user_id, moveFrom: null })
    }
  })
  return { userIdentityId }
}

/**
 * Changes a user identity. A characteristic left out stays; null or blank clears it.
 *
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `…_conflict`, and
 *   `user_identity_changed` when somebody saved after the version that was edited
 */
export async function updateUserIdentity(actor: Actor, input: unknown): Promise<void> {
  const { user_identity_id, version, ...given } = parseInput(
    identityChangesSchema(await getDefaultCountry(actor.workspaceId)),
    input,
  )
  await inTransaction(async (transaction) => {
    const row = await lockUserIdentity(transaction, actor.workspaceId, user_identity_id)
    if (version !== undefined && version !== row.version) {
      throw new Refusal({
        kind: 'conflict',
        type: 'user_identity_changed',
        message: 'Somebody else saved this person while you were editing. What you typed is still here.',
        data: { newer_version: String(row.version) },
      })
    }
    const before: IdentityCharacteristics = {
      full_name: row.fullName,
      email_address: row.emailAddress,
      phone_number: row.phoneNumber,
      user_identity_key: row.userIdentityKey,
    }
    const after = { ...before, ...omitUndefined(given) }
    const changes = differences(before, after)
    if (Object.keys(changes).length === 0) return
    if (Object.values(after).every((value) => value === null)) {
      throw new Refusal({
        kind: 'invalid_input',
        type: 'invalid_input',
        message: identityNeedsCharacteristic,
        fields: { full_name: [identityNeedsCharacteristic] },
      })
    }
    await refuseTakenValues(transaction, actor.workspaceId, after, (savepoint) =>
      savepoint
        .update(userIdentities)
        .set({ ...toColumns(after), version: sql`${userIdentities.version} + 1`, updatedAt: sql`now()` })
        .where(ofWorkspace(actor.workspaceId, user_identity_id)),
    )
    await recordEvents(transaction, actor, [
      {
        eventType: 'user_identity.updated',
        userIdentityId: user_identity_id,
        data: { user_identity_name: displayName(after), changes },
      },
    ])
  })
}

/**
 * Deletes a user identity and, as the contract says, its ACS users and their credentials.
 *
 * @throws Refusal `user_identity_not_found`
 */
export async function deleteUserIdentity(actor: Actor, userIdentityId: string): Promise<void> {
  const id = parseInput(uuid('user_identity_id'), userIdentityId)
  await inTransaction(async (transaction) => {
    const identity = await lockUserIdentity(transaction, actor.workspaceId, id)
    const linked = await transaction
      .select({
        acsUserId: acsUsers.acsUserId,
        acsSystemId: acsUsers.acsSystemId,
        name: acsUsers.displayName,
        acsSystemName: accessSystems.name,
      })
      .from(acsUsers)
      .innerJoin(
        accessSystems,
        and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
      )
      .where(and(eq(acsUsers.workspaceId, actor.workspaceId), eq(acsUsers.userIdentityId, id)))
      .for('update', { of: acsUsers })
    const acsUserIds = linked.map((acsUser) => acsUser.acsUserId)
    const theirCredentials = and(
      eq(credentials.workspaceId, actor.workspaceId),
      inArray(credentials.acsUserId, acsUserIds),
    )
    const goneCredentials =
      acsUserIds.length === 0
        ? []
        : await transaction
            .delete(credentials)
            .where(theirCredentials)
            .returning({ acsCredentialId: credentials.acsCredentialId, acsUserId: credentials.acsUserId })
    if (acsUserIds.length > 0) {
      await transaction
        .delete(acsUsers)
        .where(and(eq(acsUsers.workspaceId, actor.workspaceId), inArray(acsUsers.acsUserId, acsUserIds)))
    }
    await transaction.delete(userIdentities).where(ofWorkspace(actor.workspaceId, id))

    const about = (acsUser: (typeof linked)[number] | undefined) => ({
      userIdentityId: id,
      acsUserId: acsUser?.acsUserId,
      acsSystemId: acsUser?.acsSystemId,
      data: {
        user_identity_name: identity.displayName,
        acs_user_name: acsUser?.name,
        acs_system_name: acsUser?.acsSystemName,
      },
    })
    await recordEvents(transaction, actor, [
      ...goneCredentials.map(({ acsCredentialId, acsUserId }) => ({
        eventType: 'acs_credential.deleted' as const,
        acsCredentialId,
        ...about(linked.find((acsUser) => acsUser.acsUserId === acsUserId)),
      })),
      ...linked.map((acsUser) => ({ eventType: 'acs_user.deleted' as const, ...about(acsUser) })),
      {
        eventType: 'user_identity.deleted',
        userIdentityId: id,
        data: {
          user_identity_name: identity.displayName,
          deleted: { acs_users: linked.length, acs_credentials: goneCredentials.length },
        },
      },
    ])
  })
}

const linkSchema = z.object({ userIdentityId: uuid('userIdentityId'), acsUserId: uuid('acsUserId') })

/**
 * Attaches an ACS user to a user identity. A pair that is attached already succeeds and changes
 * nothing (rule 3).
 *
 * @param link `moveFrom`: the identity that is known to hold the ACS user now and shall give it up;
 *   without it, an ACS user that is held is refused.
 * @throws Refusal `user_identity_not_found`, `acs_user_not_found`, `acs_user_already_linked`,
 *   `acs_system_already_linked`
 */
export async function attachAcsUser(
  actor: Actor,
  link: { userIdentityId: string; acsUserId: string; moveFrom?: string | null },
): Promise<void> {
  const { moveFrom = null, ...pair } = parseInput(linkSchema.extend({ moveFrom: uuid('moveFrom').nullish() }), link)
  await inTransaction((transaction) => linkAcsUser(transaction, actor, { ...pair, moveFrom }))
}

/**
 * Detaches an ACS user from the identity that holds it; the ACS user stays in its access system.
 * One that is not attached to this identity (any more) is left as it is.
 *
 * @throws Refusal `user_identity_not_found`, `acs_user_not_found`
 */
export async function detachAcsUser(actor: Actor, link: { userIdentityId: string; acsUserId: string }): Promise<void> {
  const pair = parseInput(linkSchema, link)
  await inTransaction((transaction) => unlinkAcsUser(transaction, actor, pair))
}

function toColumns(characteristics: IdentityCharacteristics) {
  return {
    fullName: characteristics.full_name,
    emailAddress: characteristics.email_address,
    phoneNumber: characteristics.phone_number,
    userIdentityKey: characteristics.user_identity_key,
  }
}

function omitUndefined(given: Partial<IdentityCharacteristics>): Partial<IdentityCharacteristics> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function differences(before: IdentityCharacteristics, after: IdentityCharacteristics) {
  const fields = Object.keys(before) as (keyof IdentityCharacteristics)[]
  return Object.fromEntries(
    fields
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, { from: before[field], to: after[field] }]),
  )
}
