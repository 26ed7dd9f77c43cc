import { v7 as uuidv7 } from 'uuid'
import { credentials } from '@/db/schema/credentials'
import type { Actor } from '@/lib/platform/actor'
import { parseInput } from '@/lib/platform/input'
import { invalidInput, notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { codeOf, keptCardNumber, keptCode } from '../acs-user-rows/credential-secrets'
import { type LockedAcsUser, lockAcsUser, lockMember } from '../acs-user-rows/lock-acs-users'
import { createAcsUser } from '../acs-users/commands'
import { lockEntrances } from '../entrances/lock-entrances'
import { ensureAcsUserForIdentity } from '../links/ensure-acs-user'
import { lockAccessSystem } from '../system-rows/lock-access-system'
import {
  giveCredential,
  insertCredential,
  removeCredential,
  takeCredential,
  writeCredential,
} from './change-credentials'
import { credentialName } from './credential'
import {
  credentialChangesSchema,
  credentialHolderSchema,
  credentialSchema,
  firstCredentialsSchema,
  newCredentialSchema,
} from './credential-input'
import { credentialEventDetails, isCredential, lockCredential } from './lock-credentials'

/**
 * Creates a credential and counts it as issued, for no vendor is asked: for an ACS user, for an
 * identity in an access system (in which it gets an ACS user if it has none), or for nobody yet.
 *
 * @throws Refusal `invalid_input`, `acs_user_not_found`, `user_identity_not_found`,
 *   `acs_system_not_found`, `acs_entrance_not_found`
 */
export async function createCredential(actor: Actor, input: unknown): Promise<{ acsCredentialId: string }> {
  const given = parseInput(newCredentialSchema, input)
  const { workspaceId } = actor
  const acsCredentialId = uuidv7()
  await inTransaction(async (transaction) => {
    const holder = await lockNewHolder(transaction, actor, given)
    const system =
      holder === null
        ? await lockAccessSystem(transaction, workspaceId, given.acs_system_id ?? '')
        : { acsSystemId: holder.acsSystemId, name: holder.acsSystemName }
    const { acsSystemId } = system
    const entrances = await lockEntrances(transaction, workspaceId, acsSystemId, given.allowed_acs_entrance_ids)
    await insertCredential(
      transaction,
      actor,
      {
        acsCredentialId,
        acsSystemId,
        acsUserId: holder?.acsUserId ?? null,
        accessMethod: given.access_method,
        displayName: credentialName(given.access_method, holder?.displayName ?? null),
        ...keptCode(given.code ?? null),
        ...keptCardNumber(given.card_number ?? null),
        startsAt: given.starts_at ?? null,
        endsAt: given.ends_at ?? null,
        isIssued: true,
        issuedAt: new Date(),
      },
      entrances.map(({ acsEntranceId }) => acsEntranceId),
    )
  })
  return { acsCredentialId }
}

/**
 * Creates an ACS user as `createAcsUser` does, with its card and its door code where it's given any. All of it
 * happens, or nothing.
 *
 * @throws Refusal those of `createAcsUser` and `createCredential`
 */
export async function createAcsUserWithCredentials(actor: Actor, input: unknown): Promise<{ acsUserId: string }> {
  const { card_number, code } = parseInput(firstCredentialsSchema, input)
  return inTransaction(async () => {
    const { acsUserId: acs_user_id } = await createAcsUser(actor, input)
    if (card_number) await createCredential(actor, { acs_user_id, access_method: 'card', card_number })
    if (code) await createCredential(actor, { acs_user_id, access_method: 'code', code })
    return { acsUserId: acs_user_id }
  })
}

/** Holds the ACS user that a new credential is for; null when it is for nobody. */
async function lockNewHolder(
  transaction: Transaction,
  actor: Actor,
  given: { acs_user_id?: string; acs_system_id?: string; user_identity_id?: string },
): Promise<LockedAcsUser | null> {
  const { acs_user_id, acs_system_id, user_identity_id } = given
  if (acs_user_id) return lockAcsUser(transaction, actor.workspaceId, { acs_user_id, acs_system_id, user_identity_id })
  if (!acs_system_id || !user_identity_id) return null
  const target = { userIdentityId: user_identity_id, acsSystemId: acs_system_id }
  return lockAcsUser(transaction, actor.workspaceId, {
    acs_user_id: await ensureAcsUserForIdentity(transaction, actor, target),
  })
}

/**
 * Changes a credential's code or the end of its validity. A field left out stays. The history tells
 * that a code was changed, never the code.
 *
 * @throws Refusal `invalid_input`, `acs_credential_not_found`
 */
export async function updateCredential(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(credentialChangesSchema, input)
  await inTransaction(async (transaction) => {
    const credential = await lockCredential(transaction, actor.workspaceId, given.acs_credential_id)
    if (given.code !== undefined && credential.accessMethod !== 'code') {
      throw invalidInput('Only a credential of access_method code has a code.', 'code')
    }
    if (given.ends_at && credential.startsAt && given.ends_at <= credential.startsAt) {
      throw invalidInput('The end of validity must be after its start.', 'ends_at')
    }
    const { code = codeOf(credential), ends_at: endsAt = credential.endsAt } = given
    await writeCredential(transaction, actor, credential, { code, endsAt })
  })
}

/**
 * Gives a credential to an ACS user of its access system, or to the one that an identity has there.
 * One that is theirs already stays.
 *
 * @throws Refusal `acs_credential_not_found`, `acs_user_not_found`, `acs_credential_already_assigned`,
 *   and `invalid_input` for an ACS user of another access system
 */
export async function assignCredential(actor: Actor, input: unknown): Promise<void> {
  await inTransaction(async (transaction) => {
    const { credential, acsUser } = await lockCredentialAndMember(transaction, actor, input)
    const { acsCredentialId, acsUserId: holderId } = credential
    if (holderId === acsUser.acsUserId) return
    if (holderId) {
      const { data } = await credentialEventDetails(transaction, credential)
      throw new Refusal({
        kind: 'conflict',
        type: 'acs_credential_already_assigned',
        message: `This credential belongs to “${data.acs_user_name ?? 'another ACS user'}”. Unassign it first.`,
        data: { acs_credential_id: acsCredentialId, acs_user_id: holderId },
      })
    }
    await giveCredential(transaction, actor, credential, acsUser)
  })
}

/**
 * Takes a credential from the ACS user, named by itself or by its identity, whose it is. One that is
 * nobody's stays so.
 *
 * @throws Refusal `acs_credential_not_found`, `acs_user_not_found`, and `invalid_input` for an ACS
 *   user whose it is not
 */
export async function unassignCredential(actor: Actor, input: unknown): Promise<void> {
  await inTransaction(async (transaction) => {
    const { credential, acsUser } = await lockCredentialAndMember(transaction, actor, input)
    if (!credential.acsUserId) return
    if (credential.acsUserId !== acsUser.acsUserId) {
      throw invalidInput(`This credential is not assigned to “${acsUser.displayName}”.`, 'acs_user_id')
    }
    await takeCredential(transaction, actor, credential, acsUser)
  })
}

/**
 * Deletes a credential.
 *
 * @throws Refusal `invalid_input`, `acs_credential_not_found`
 */
export async function deleteCredential(actor: Actor, input: unknown): Promise<void> {
  const { acs_credential_id } = parseInput(credentialSchema, input)
  await inTransaction(async (transaction) => {
    const credential = await lockCredential(transaction, actor.workspaceId, acs_credential_id)
    await removeCredential(transaction, actor, credential)
  })
}

/** Holds the ACS user and then the credential, in the order in which an ACS user's deletion takes them. */
async function lockCredentialAndMember(transaction: Transaction, { workspaceId }: Actor, input: unknown) {
  const { acs_credential_id, ...member } = parseInput(credentialHolderSchema, input)
  const [place] = await transaction
    .select({ acsSystemId: credentials.acsSystemId })
    .from(credentials)
    .where(isCredential(workspaceId, acs_credential_id))
  if (!place) throw notFound('acs_credential')
  const acsUser = await lockMember(transaction, workspaceId, member, { ...place, thing: 'credential' })
  return { acsUser, credential: await lockCredential(transaction, workspaceId, acs_credential_id) }
}
