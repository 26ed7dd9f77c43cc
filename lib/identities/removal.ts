import { and, eq } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { lockAcsUsers } from '../acs-users/lock'
import { removeAcsUsers } from '../acs-users/removal'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import type { Transaction } from '../transaction'
import { ofWorkspace } from './link'

/** Deletes an identity that the caller holds, with its ACS users and their credentials. */
export async function removeUserIdentity(
  transaction: Transaction,
  actor: Actor,
  { userIdentityId, displayName }: { userIdentityId: string; displayName: string },
): Promise<void> {
  const { workspaceId } = actor
  const linked = await lockAcsUsers(
    transaction,
    and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId)),
  )
  const gone = await removeAcsUsers(transaction, actor, linked)
  await transaction.delete(userIdentities).where(ofWorkspace(workspaceId, userIdentityId))
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.deleted',
      userIdentityId,
      data: {
        user_identity_name: displayName,
        deleted: { acs_users: linked.length, acs_credentials: gone.credentials },
      },
    },
  ])
}
