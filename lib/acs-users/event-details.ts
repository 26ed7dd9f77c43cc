import { and, eq } from 'drizzle-orm'
import type { EventData } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import type { Transaction } from '../transaction'
import type { LockedAcsUser } from './lock'

/** As much of an ACS user as its events need. */
export type AcsUserForEvents = Pick<
  LockedAcsUser,
  'workspaceId' | 'acsUserId' | 'acsSystemId' | 'userIdentityId' | 'displayName' | 'acsSystemName'
>

/** What an event about an ACS user says of it: its ids and names, and those of the identity that holds it. */
export async function acsUserEventDetails(transaction: Transaction, acsUser: AcsUserForEvents) {
  const { workspaceId, userIdentityId } = acsUser
  const [holder] = userIdentityId
    ? await transaction
        .select({ displayName: userIdentities.displayName })
        .from(userIdentities)
        .where(and(eq(userIdentities.workspaceId, workspaceId), eq(userIdentities.userIdentityId, userIdentityId)))
    : []
  const data: EventData = {
    acs_user_name: acsUser.displayName,
    acs_system_name: acsUser.acsSystemName,
    ...(holder && { user_identity_name: holder.displayName }),
  }
  return { userIdentityId, acsUserId: acsUser.acsUserId, acsSystemId: acsUser.acsSystemId, data }
}
