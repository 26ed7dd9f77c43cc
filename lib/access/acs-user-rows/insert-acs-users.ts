import { v7 as uuidv7 } from 'uuid'
import { insertAll } from '@/db/insert-all'
import { acsUsers } from '@/db/schema/acs-users'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import type { AcsUserForEvents } from './acs-user-event-details'

/** What an ACS user is created with. */
export type AcsUserDetails = Pick<
  typeof acsUsers.$inferInsert,
  'fullName' | 'emailAddress' | 'phoneNumber' | 'phoneNumberE164' | 'accessStartsAt' | 'accessEndsAt'
>

/**
 * An ACS user to create.
 *
 * @property madeFor the identity that it is going to belong to, for the history.
 * @property changeId where many are created at once: the change that this one is.
 */
export type NewAcsUser = {
  acsUserId: string
  details: AcsUserDetails
  madeFor: { userIdentityId: string; displayName: string } | null
  changeId?: string
}

/** Writes new ACS users into an access system that the caller holds, linked to nobody yet, in their order. */
export async function insertAcsUsers(
  transaction: Transaction,
  actor: Actor,
  system: { acsSystemId: string; name: string },
  newAcsUsers: NewAcsUser[],
): Promise<AcsUserForEvents[]> {
  if (newAcsUsers.length === 0) return []
  const { workspaceId } = actor
  const { acsSystemId, name: acsSystemName } = system
  const nameOf = ({ fullName, emailAddress, phoneNumber }: AcsUserDetails) =>
    fullName ?? emailAddress ?? phoneNumber ?? ''
  await insertAll(
    transaction,
    acsUsers,
    newAcsUsers.map(({ acsUserId, details }) => ({ workspaceId, acsUserId, acsSystemId, ...details })),
  )
  await recordEvents(
    transaction,
    actor,
    newAcsUsers.map(({ acsUserId, details, madeFor, changeId }) => ({
      eventType: 'acs_user.created',
      userIdentityId: madeFor?.userIdentityId,
      ...{ acsUserId, acsSystemId, changeId },
      data: {
        acs_user_name: nameOf(details),
        acs_system_name: acsSystemName,
        ...(madeFor && { user_identity_name: madeFor.displayName }),
      },
    })),
  )
  return newAcsUsers.map(({ acsUserId, details }) => ({
    ...{ workspaceId, acsUserId, acsSystemId, acsSystemName },
    userIdentityId: null,
    displayName: nameOf(details),
  }))
}

/** Writes one new ACS user, as `insertAcsUsers` does. */
export async function insertAcsUser(
  transaction: Transaction,
  actor: Actor,
  details: AcsUserDetails,
  system: { acsSystemId: string; name: string },
  madeFor: NewAcsUser['madeFor'],
): Promise<AcsUserForEvents> {
  const newAcsUser = { acsUserId: uuidv7(), details, madeFor }
  const [made] = await insertAcsUsers(transaction, actor, system, [newAcsUser])
  if (!made) throw new Error('An ACS user was created and is not there')
  return made
}
