import { and, eq, inArray } from 'drizzle-orm'
import { accessGroupMembers } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import type { EventData } from '@/db/schema/events'
import type { Transaction } from '@/lib/platform/transaction'
import type { LockedAcsUser } from './lock-acs-users'

/** All that an ACS user is, as an event keeps it. */
export type AcsUserDescription = NonNullable<EventData['acs_user']>

/** Describes ACS users of one workspace that the caller holds, in their order, so that they can be brought back. */
export async function describeAcsUsers(
  transaction: Transaction,
  workspaceId: string,
  acsUsers: LockedAcsUser[],
): Promise<AcsUserDescription[]> {
  if (acsUsers.length === 0) return []
  const ids = acsUsers.map(({ acsUserId }) => acsUserId)
  const groups = await transaction
    .select({ acsUserId: accessGroupMembers.acsUserId, id: accessGroupMembers.acsAccessGroupId })
    .from(accessGroupMembers)
    .where(
      and(
        eq(accessGroupMembers.workspaceId, workspaceId),
        // The index by member begins with the access system.
        inArray(accessGroupMembers.acsSystemId, [...new Set(acsUsers.map(({ acsSystemId }) => acsSystemId))]),
        inArray(accessGroupMembers.acsUserId, ids),
      ),
    )
  const entrances = await transaction
    .select({ acsUserId: acsUserEntrances.acsUserId, id: acsUserEntrances.acsEntranceId })
    .from(acsUserEntrances)
    .where(and(eq(acsUserEntrances.workspaceId, workspaceId), inArray(acsUserEntrances.acsUserId, ids)))
  return acsUsers.map((acsUser) => {
    const idsOf = (rows: { acsUserId: string; id: string }[]) =>
      rows
        .filter(({ acsUserId }) => acsUserId === acsUser.acsUserId)
        .map(({ id }) => id)
        .sort()
    const moment = (date: Date | null) => date?.toISOString() ?? null
    return {
      full_name: acsUser.fullName,
      email_address: acsUser.emailAddress,
      phone_number: acsUser.phoneNumber,
      phone_number_e164: acsUser.phoneNumberE164,
      is_suspended: acsUser.isSuspended,
      suspended_at: moment(acsUser.suspendedAt),
      access_starts_at: moment(acsUser.accessStartsAt),
      access_ends_at: moment(acsUser.accessEndsAt),
      not_a_person_at: moment(acsUser.notAPersonAt),
      not_a_person_by: acsUser.notAPersonBy,
      errors: acsUser.errors,
      warnings: acsUser.warnings,
      version: acsUser.version,
      created_at: acsUser.createdAt.toISOString(),
      acs_access_group_ids: idsOf(groups),
      acs_entrance_ids: idsOf(entrances),
    }
  })
}
