import { and, eq } from 'drizzle-orm'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { type AcsUserForEvents, acsUserEventDetails } from '../acs-user-rows/acs-user-event-details'

type NamedEntrance = { acsEntranceId: string; displayName: string }

/** Gives an ACS user access to an entrance of its access system; the caller holds both. What is granted stays. */
export async function grantEntrance(
  transaction: Transaction,
  actor: Actor,
  acsUser: AcsUserForEvents,
  { acsEntranceId, displayName }: NamedEntrance,
): Promise<void> {
  const { acsSystemId, acsUserId } = acsUser
  const granted = await transaction
    .insert(acsUserEntrances)
    .values({ workspaceId: actor.workspaceId, acsSystemId, acsUserId, acsEntranceId })
    .onConflictDoNothing()
    .returning()
  if (granted.length === 0) return
  const about = await acsUserEventDetails(transaction, acsUser)
  await recordEvents(transaction, actor, [
    {
      ...about,
      eventType: 'acs_user.access_granted',
      acsEntranceId,
      data: { ...about.data, acs_entrance_name: displayName },
    },
  ])
}

/** Takes from an ACS user that the caller holds one entrance that was granted to it by itself. */
export async function revokeEntrance(
  transaction: Transaction,
  actor: Actor,
  acsUser: AcsUserForEvents,
  { acsEntranceId, displayName }: NamedEntrance,
): Promise<void> {
  const revoked = await transaction
    .delete(acsUserEntrances)
    .where(
      and(
        eq(acsUserEntrances.workspaceId, actor.workspaceId),
        eq(acsUserEntrances.acsUserId, acsUser.acsUserId),
        eq(acsUserEntrances.acsEntranceId, acsEntranceId),
      ),
    )
    .returning()
  if (revoked.length === 0) return
  const about = await acsUserEventDetails(transaction, acsUser)
  await recordEvents(transaction, actor, [
    {
      ...about,
      eventType: 'acs_user.access_revoked',
      acsEntranceId,
      data: {
        ...about.data,
        acs_entrance_name: displayName,
        revoked: { acs_access_group_ids: [], acs_entrance_ids: [acsEntranceId], credential_entrances: [] },
      },
    },
  ])
}
