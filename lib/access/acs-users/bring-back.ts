import { insertAll } from '@/db/insert-all'
import { accessGroupMembers, accessGroups } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUsers } from '@/db/schema/acs-users'
import { entrances } from '@/db/schema/entrances'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import type { AcsUserDescription } from '../acs-user-rows/describe-acs-users'
import { type LockedAcsUser, lockAcsUser } from '../acs-user-rows/lock-acs-users'
import { stillThere } from '../system-rows/still-there'

/**
 * Brings back an ACS user that was deleted, with its id, into an access system that the caller holds, and
 * gives it as it stands: nobody's, with the access groups and entrances of then that are still there. Its
 * credentials are brought back by themselves.
 */
export async function bringBackAcsUser(
  transaction: Transaction,
  actor: Actor,
  acsUserId: string,
  system: { acsSystemId: string; name: string },
  was: AcsUserDescription,
): Promise<LockedAcsUser> {
  const { workspaceId } = actor
  const { acsSystemId } = system
  const date = (moment: string | null) => (moment === null ? null : new Date(moment))
  const ids = { workspaceId, acsSystemId, acsUserId }
  await transaction.insert(acsUsers).values({
    ...ids,
    fullName: was.full_name,
    emailAddress: was.email_address,
    phoneNumber: was.phone_number,
    phoneNumberE164: was.phone_number_e164,
    isSuspended: was.is_suspended,
    suspendedAt: date(was.suspended_at),
    accessStartsAt: date(was.access_starts_at),
    accessEndsAt: date(was.access_ends_at),
    notAPersonAt: date(was.not_a_person_at),
    notAPersonBy: was.not_a_person_by,
    errors: was.errors,
    warnings: was.warnings,
    version: was.version,
    createdAt: new Date(was.created_at),
  })
  const groups = await stillThere(
    transaction,
    accessGroups,
    accessGroups.acsAccessGroupId,
    ids,
    was.acs_access_group_ids,
  )
  await insertAll(
    transaction,
    accessGroupMembers,
    groups.map((acsAccessGroupId) => ({ ...ids, acsAccessGroupId })),
  )
  const granted = await stillThere(transaction, entrances, entrances.acsEntranceId, ids, was.acs_entrance_ids)
  await insertAll(
    transaction,
    acsUserEntrances,
    granted.map((acsEntranceId) => ({ ...ids, acsEntranceId })),
  )
  const acsUser = await lockAcsUser(transaction, workspaceId, { acs_user_id: acsUserId })
  await recordEvents(transaction, actor, [
    {
      eventType: 'acs_user.created',
      acsUserId,
      acsSystemId,
      data: { acs_user_name: acsUser.displayName, acs_system_name: system.name, is_restored: true, acs_user: was },
    },
  ])
  return acsUser
}
