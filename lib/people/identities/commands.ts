import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { updateAcsUser } from '@/lib/access/acs-users/commands'
import { ensureAcsUserForIdentity } from '@/lib/access/links/ensure-acs-user'
import { getHolder, heldBy, linkAcsUser, lockUserIdentity, unlinkAcsUser } from '@/lib/access/links/link'
import { linkAcsUsers, mostLinksAtOnce } from '@/lib/access/links/link-many'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import type { Actor } from '@/lib/platform/actor'
import { idList, parseInput, uuid } from '@/lib/platform/input'
import { formatPhoneNumber, needsCountry } from '@/lib/platform/phone-numbers/phone-number'
import { catchRefusal, invalidInput, notFound, Refusal, type RefusalValue } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { characteristicsOf, writeCharacteristics } from './change-identity'
import {
  addAcsUserSchema,
  alignmentSchema,
  characteristicsOfAcsUser,
  type IdentityCharacteristics,
  identityChangesSchema,
  newIdentitySchema,
} from './identity'
import { insertUserIdentity } from './insert'
import { removeUserIdentity } from './removal'
import { type DeletionOutcome, mostDeletedAtOnce } from './selection'

/**
 * Creates a user identity and, where asked, attaches an ACS user to it and sees to it that it has
 * one in each of the access systems given; all of it or nothing.
 *
 * @throws Refusal `invalid_input`, `…_conflict`, `acs_system_not_found`, and those of attaching
 */
export async function createUserIdentity(actor: Actor, input: unknown): Promise<{ userIdentityId: string }> {
  const given = parseInput(newIdentitySchema(await countryToReadBy(actor.workspaceId, input)), input)
  const characteristics: IdentityCharacteristics = {
    full_name: given.full_name ?? null,
    email_address: given.email_address ?? null,
    phone_number: given.phone_number ?? null,
    user_identity_key: given.user_identity_key ?? null,
  }
  return inTransaction(async (transaction) => {
    const userIdentityId = await insertUserIdentity(transaction, actor, characteristics)
    if (given.acs_user_id) {
      await linkAcsUser(transaction, actor, { userIdentityId, acsUserId: given.acs_user_id, moveFrom: null })
    }
    // In one order for all, so that two people who match the same ACS users do not wait for each other.
    for (const acsSystemId of [...new Set(given.acs_system_ids)].sort()) {
      await ensureAcsUserForIdentity(transaction, actor, { userIdentityId, acsSystemId })
    }
    return { userIdentityId }
  })
}

/**
 * Changes a user identity. A characteristic left out stays; null or blank clears it.
 *
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `…_conflict`, and
 *   `user_identity_changed` when somebody saved after the version that was edited
 */
export async function updateUserIdentity(actor: Actor, input: unknown): Promise<void> {
  const { user_identity_id, version, ...given } = parseInput(
    identityChangesSchema(await countryToReadBy(actor.workspaceId, input)),
    input,
  )
  await inTransaction(async (transaction) => {
    const row = await lockUserIdentity(transaction, actor.workspaceId, user_identity_id)
    if (version !== undefined && version !== row.version) {
      throw new Refusal({
        kind: 'conflict',
        type: 'user_identity_changed',
        message:
          'Somebody else saved this person while you were editing. What you typed is still here; fields that you had left alone show what they saved. Check, then save again.',
        data: {
          newer_version: String(row.version),
          saved_full_name: row.fullName ?? '',
          saved_email_address: row.emailAddress ?? '',
          saved_phone_number: row.phoneNumber ? formatPhoneNumber(row.phoneNumber) : '',
          saved_user_identity_key: row.userIdentityKey ?? '',
        },
      })
    }
    await writeCharacteristics(transaction, actor, row, { ...characteristicsOf(row), ...omitUndefined(given) })
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
    await removeUserIdentity(transaction, actor, identity)
  })
}

const deletionSchema = idList('user_identity_id', mostDeletedAtOnce)

/**
 * Deletes several people, each in a transaction and as a change of their own: what is refused for one does
 * not touch the others.
 *
 * @throws Refusal `invalid_input`, for more than `mostDeletedAtOnce` too
 */
export async function deleteUserIdentities(actor: Actor, userIdentityIds: unknown): Promise<DeletionOutcome[]> {
  const outcomes: DeletionOutcome[] = []
  for (const userIdentityId of parseInput(deletionSchema, userIdentityIds)) {
    const changeId = uuidv7()
    const refusal = await catchRefusal(() => deleteUserIdentity({ ...actor, changeId }, userIdentityId))
    outcomes.push({ userIdentityId, changeId, refusal })
  }
  return outcomes
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

/** What became of one of several links; a refusal of null means that it is so now. */
export type LinkOutcome = { userIdentityId: string; acsUserId: string; refusal: RefusalValue | null }

/**
 * Attaches ACS users to identities, many at once, in one transaction and as one change: what is refused for
 * one pair does not touch the others. Pairs that are attached already succeed.
 *
 * @throws Refusal `invalid_input`, for more than `mostLinksAtOnce` too
 */
export async function attachAcsUsers(
  actor: Actor,
  links: { userIdentityId: string; acsUserId: string }[],
): Promise<LinkOutcome[]> {
  const schema = z
    .array(linkSchema, { error: 'Send a list of links.' })
    .max(mostLinksAtOnce, { error: `Send at most ${mostLinksAtOnce} links at once.` })
  const pairs = parseInput(schema, links)
  return inTransaction((transaction) => linkAcsUsers(transaction, actor, pairs))
}

/**
 * Creates a user identity from an ACS user's details and attaches it. What is no email address or phone
 * number is left out.
 *
 * @throws Refusal `invalid_input` for an ACS user of which nothing could be kept, `acs_user_not_found`,
 *   `…_conflict`, and those of attaching
 */
export async function createUserIdentityFromAcsUser(actor: Actor, input: unknown): Promise<{ userIdentityId: string }> {
  const { acs_user_id: acsUserId } = parseInput(z.object({ acs_user_id: uuid('acs_user_id') }), input)
  const { workspaceId } = actor
  return inTransaction(async (transaction) => {
    // Read without holding it: whoever holds an ACS user holds the identity first.
    const [acsUser] = await transaction
      .select()
      .from(acsUsers)
      .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, acsUserId)))
    if (!acsUser) throw notFound('acs_user')
    const holder = await getHolder(transaction, workspaceId, acsUser.userIdentityId)
    if (holder) throw heldBy(acsUser, holder)
    const characteristics = characteristicsOfAcsUser(acsUser, null)
    if (Object.values(characteristics).every((value) => value === null)) {
      throw invalidInput('This ACS user has no name, email address or phone number that can be used.', 'acs_user_id')
    }
    const userIdentityId = await insertUserIdentity(transaction, actor, characteristics)
    await linkAcsUser(transaction, actor, { userIdentityId, acsUserId, moveFrom: null })
    return { userIdentityId }
  })
}

/**
 * Attaches an ACS user to the identity with an id or a key. If no identity has the key, one is
 * created from the ACS user's details.
 *
 * @throws Refusal `invalid_input`, `…_conflict`, and those of attaching
 */
export async function addAcsUserToUserIdentity(actor: Actor, input: unknown): Promise<void> {
  const { acs_user_id: acsUserId, user_identity_id, user_identity_key } = parseInput(addAcsUserSchema, input)
  await inTransaction(async (transaction) => {
    const userIdentityId =
      user_identity_id ?? (await getOrCreateByKey(transaction, actor, user_identity_key ?? '', acsUserId))
    await linkAcsUser(transaction, actor, { userIdentityId, acsUserId, moveFrom: null })
  })
}

async function getOrCreateByKey(transaction: Transaction, actor: Actor, key: string, acsUserId: string) {
  const { workspaceId } = actor
  const find = async () => {
    const [identity] = await transaction
      .select({ userIdentityId: userIdentities.userIdentityId })
      .from(userIdentities)
      .where(and(eq(userIdentities.workspaceId, workspaceId), eq(userIdentities.userIdentityKey, key)))
    return identity?.userIdentityId
  }
  const present = await find()
  if (present) return present
  // Read without holding it: whoever holds an ACS user holds the identity first.
  const [acsUser] = await transaction
    .select()
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, acsUserId)))
  if (!acsUser) throw notFound('acs_user')
  const holder = await getHolder(transaction, workspaceId, acsUser.userIdentityId)
  try {
    if (holder) throw heldBy(acsUser, holder)
    return await insertUserIdentity(transaction, actor, characteristicsOfAcsUser(acsUser, key))
  } catch (error) {
    // Somebody else may just have created the identity with this key, and attached the ACS user to it.
    const created = error instanceof Refusal ? await find() : undefined
    if (!created) throw error
    return created
  }
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

/**
 * Brings the profiles of an identity and of ACS users linked to it together: writes chosen values to
 * either, all of it or nothing. What is so already is not written.
 *
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `user_identity_changed`, `…_conflict`, and
 *   `acs_user_not_found`, also for an ACS user that is not linked to the identity (any more)
 */
export async function alignProfiles(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(alignmentSchema, input)
  const { user_identity_id, version } = given
  await inTransaction(async (transaction) => {
    await lockUserIdentity(transaction, actor.workspaceId, user_identity_id)
    await updateUserIdentity(actor, { ...given.identity, user_identity_id, version })
    const acsUserChanges = [...given.acs_users].sort((one, other) => (one.acs_user_id < other.acs_user_id ? -1 : 1))
    for (const { acs_user_id, ...changes } of acsUserChanges) {
      await updateAcsUser(actor, { ...changes, acs_user_id, user_identity_id })
    }
  })
}

/** The country by which to read the phone number of an input; the workspace is asked only where it matters. */
async function countryToReadBy(workspaceId: string, input: unknown): Promise<string> {
  const written = (input as { phone_number?: unknown } | null | undefined)?.phone_number
  return typeof written === 'string' && needsCountry(written) ? getDefaultCountry(workspaceId) : anyCountry
}

/** Which one it is makes no difference. */
const anyCountry = 'US'

function omitUndefined(given: Partial<IdentityCharacteristics>): Partial<IdentityCharacteristics> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
