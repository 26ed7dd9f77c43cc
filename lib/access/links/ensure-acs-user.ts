import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import type { userIdentities } from '@/db/schema/user-identities'
import type { Actor } from '@/lib/platform/actor'
import { invalidInput } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { insertAcsUser } from '../acs-user-rows/insert-acs-users'
import { lockAccessSystem } from '../system-rows/lock-access-system'
import { linkAcsUser, lockUserIdentity } from './link'

/**
 * Gives the ACS user that an identity has in an access system. If it has none, an unlinked one there
 * with the same email, else with the same phone (of several the oldest) is linked to it; if there is
 * none either, one is created from the identity's details.
 *
 * @throws Refusal `user_identity_not_found`, `acs_system_not_found`, and `invalid_input` for an
 *   identity that has nothing an ACS user could be made of
 */
export async function ensureAcsUserForIdentity(
  transaction: Transaction,
  actor: Actor,
  target: { userIdentityId: string; acsSystemId: string },
): Promise<string> {
  const { userIdentityId, acsSystemId } = target
  const identity = await lockUserIdentity(transaction, actor.workspaceId, userIdentityId)
  const system = await lockAccessSystem(transaction, actor.workspaceId, acsSystemId)
  const inSystem = and(eq(acsUsers.workspaceId, actor.workspaceId), eq(acsUsers.acsSystemId, acsSystemId))
  const [own] = await transaction
    .select({ acsUserId: acsUsers.acsUserId })
    .from(acsUsers)
    .where(and(inSystem, eq(acsUsers.userIdentityId, userIdentityId)))
  if (own) return own.acsUserId

  // Nothing equals null: what the identity leaves open matches nobody.
  const sameEmail = sql`lower(${acsUsers.emailAddress}) = lower(${identity.emailAddress}::text)`
  const samePhone = sql`${acsUsers.phoneNumberE164} = ${identity.phoneNumber}::text`
  const [free] = await transaction
    .select({ acsUserId: acsUsers.acsUserId })
    .from(acsUsers)
    .where(and(inSystem, isNull(acsUsers.userIdentityId), or(sameEmail, samePhone)))
    .orderBy(sql`coalesce(${sameEmail}, false) desc`, asc(acsUsers.createdAt), asc(acsUsers.acsUserId))
    .limit(1)
    .for('update')
  if (!free) return createFromIdentity(transaction, actor, identity, system)
  await linkAcsUser(transaction, actor, { userIdentityId, acsUserId: free.acsUserId, moveFrom: null })
  return free.acsUserId
}

/**
 * Creates an ACS user from the details of an identity that the caller holds, and attaches it.
 *
 * @throws Refusal `acs_system_already_linked`, and `invalid_input` for an identity that has nothing
 *   an ACS user could be made of
 */
export async function createFromIdentity(
  transaction: Transaction,
  actor: Actor,
  identity: typeof userIdentities.$inferSelect,
  system: { acsSystemId: string; name: string },
): Promise<string> {
  const { userIdentityId, fullName, emailAddress, phoneNumber } = identity
  if (!fullName && !emailAddress && !phoneNumber) {
    throw invalidInput(
      'An ACS user needs a name, an email address or a phone number. Add one to this person first, then create the ACS user.',
    )
  }
  const { acsUserId } = await insertAcsUser(
    transaction,
    actor,
    { fullName, emailAddress, phoneNumber, phoneNumberE164: phoneNumber },
    system,
    identity,
  )
  await linkAcsUser(transaction, actor, { userIdentityId, acsUserId, moveFrom: null })
  return acsUserId
}
