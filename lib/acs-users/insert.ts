import { v7 as uuidv7 } from 'uuid'
import { acsUsers } from '@/db/schema/acs-users'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import type { Transaction } from '../transaction'
import type { AcsUserForEvents } from './event-details'

type Details = Pick<
  typeof acsUsers.$inferInsert,
  'fullName' | 'emailAddress' | 'phoneNumber' | 'phoneNumberE164' | 'accessStartsAt' | 'accessEndsAt'
>

/**
 * Writes a new ACS user into an access system that the caller holds, linked to nobody yet.
 *
 * @param madeFor the identity that it is going to belong to, for the history.
 */
export async function insertAcsUser(
  transaction: Transaction,
  actor: Actor,
  details: Details,
  system: { acsSystemId: string; name: string },
  madeFor: { userIdentityId: string; displayName: string } | null,
): Promise<AcsUserForEvents> {
  const { workspaceId } = actor
  const acsUserId = uuidv7()
  const { acsSystemId, name: acsSystemName } = system
  const displayName = details.fullName ?? details.emailAddress ?? details.phoneNumber ?? ''
  await transaction.insert(acsUsers).values({ workspaceId, acsUserId, acsSystemId, ...details })
  await recordEvents(transaction, actor, [
    {
      eventType: 'acs_user.created',
      userIdentityId: madeFor?.userIdentityId,
      acsUserId,
      acsSystemId,
      data: {
        acs_user_name: displayName,
        acs_system_name: acsSystemName,
        ...(madeFor && { user_identity_name: madeFor.displayName }),
      },
    },
  ])
  return { workspaceId, acsUserId, acsSystemId, userIdentityId: null, displayName, acsSystemName }
}
