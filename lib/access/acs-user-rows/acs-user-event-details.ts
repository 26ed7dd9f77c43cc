import { and, eq, inArray } from 'drizzle-orm'
import type { EventData } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import type { Transaction } from '@/lib/platform/transaction'
import type { LockedAcsUser } from './lock-acs-users'

/** As much of an ACS user as its events need. */
export type AcsUserForEvents = Pick<
  LockedAcsUser,
  'workspaceId' | 'acsUserId' | 'acsSystemId' | 'userIdentityId' | 'displayName' | 'acsSystemName'
>

/** What an event about an ACS user says of it: its ids and names, and those of the identity that holds it. */
export async function acsUserEventDetails(transaction: Transaction, acsUser: AcsUserForEvents) {
  const [details] = await eventDetailsOfAcsUsers(transaction, acsUser.workspaceId, [acsUser])
  if (!details) throw new Error('Of one ACS user come the details of one')
  return details
}

/** The same of several ACS users of a workspace, in their order. */
export async function eventDetailsOfAcsUsers(
  transaction: Transaction,
  workspaceId: string,
  acsUsersToTell: AcsUserForEvents[],
) {
  const ids = acsUsersToTell.flatMap(({ userIdentityId }) => userIdentityId ?? [])
  const holders =
    ids.length > 0
      ? await transaction
          .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
          .from(userIdentities)
          .where(and(eq(userIdentities.workspaceId, workspaceId), inArray(userIdentities.userIdentityId, ids)))
      : []
  const names = new Map(holders.map(({ userIdentityId, displayName }) => [userIdentityId, displayName]))
  return acsUsersToTell.map(({ userIdentityId, acsUserId, acsSystemId, displayName, acsSystemName }) => {
    const holder = names.get(userIdentityId ?? '')
    const data: EventData = {
      acs_user_name: displayName,
      acs_system_name: acsSystemName,
      ...(holder !== undefined && { user_identity_name: holder }),
    }
    return { userIdentityId, acsUserId, acsSystemId, data }
  })
}
