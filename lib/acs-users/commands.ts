import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { notFound, Refusal } from '../errors'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import { linkAcsUser, lockUserIdentity } from '../identities/link'
import { parseInput, uuid } from '../parse-input'
import { inTransaction } from '../transaction'

const targetSchema = z.object({ userIdentityId: uuid('userIdentityId'), acsSystemId: uuid('acsSystemId') })

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
  const { userIdentityId, acsSystemId } = parseInput(targetSchema, target)
  const acsUserId = uuidv7()
  await inTransaction(async (transaction) => {
    const identity = await lockUserIdentity(transaction, actor.workspaceId, userIdentityId)
    const [system] = await transaction
      .select({ name: accessSystems.name })
      .from(accessSystems)
      .where(and(eq(accessSystems.workspaceId, actor.workspaceId), eq(accessSystems.acsSystemId, acsSystemId)))
      // Held, so that a reset of the workspace does not take it away under the new ACS user.
      .for('key share')
    if (!system) throw notFound('acs_system')
    if (!identity.fullName && !identity.emailAddress && !identity.phoneNumber) {
      throw new Refusal({
        kind: 'invalid_input',
        type: 'invalid_input',
        message:
          'An ACS user needs a name, an email address or a phone number. Add one to this person first, then create the ACS user.',
      })
    }
    await transaction.insert(acsUsers).values({
      workspaceId: actor.workspaceId,
      acsUserId,
      acsSystemId,
      fullName: identity.fullName,
      emailAddress: identity.emailAddress,
      phoneNumber: identity.phoneNumber,
      phoneNumberE164: identity.phoneNumber,
    })
    await recordEvents(transaction, actor, [
      {
        eventType: 'acs_user.created',
        userIdentityId,
        acsUserId,
        acsSystemId,
        data: {
          acs_user_name: identity.fullName ?? identity.emailAddress ?? identity.phoneNumber ?? '',
          acs_system_name: system.name,
          user_identity_name: identity.displayName,
        },
      },
    ])
    await linkAcsUser(transaction, actor, { userIdentityId, acsUserId, moveFrom: null })
  })
  return { acsUserId }
}
