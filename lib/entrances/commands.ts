import { z } from 'zod'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { acsUserEventDetails } from '../acs-users/event-details'
import { lockMember } from '../acs-users/lock'
import { memberFields } from '../acs-users/target'
import { notFound } from '../errors'
import type { Actor } from '../events/actor'
import { recordEvents } from '../events/commands'
import { parseInput, uuid } from '../parse-input'
import { inTransaction } from '../transaction'
import { holdEntrances } from './hold'

const grantSchema = z.object({ acs_entrance_id: uuid('acs_entrance_id'), ...memberFields })

/**
 * Gives an ACS user, or the one that an identity has in the entrance's access system, access to an
 * entrance by itself. Access that was granted already stays.
 *
 * @throws Refusal `acs_entrance_not_found`, `acs_user_not_found`, and `invalid_input` for an ACS user
 *   of another access system
 */
export async function grantAccessToEntrance(actor: Actor, input: unknown): Promise<void> {
  const { acs_entrance_id, ...member } = parseInput(grantSchema, input)
  await inTransaction(async (transaction) => {
    const { workspaceId } = actor
    const [entrance] = await holdEntrances(transaction, workspaceId, null, [acs_entrance_id])
    if (!entrance) throw notFound('acs_entrance')
    const { acsSystemId, acsEntranceId } = entrance
    const acsUser = await lockMember(transaction, workspaceId, member, { acsSystemId, thing: 'entrance' })
    const granted = await transaction
      .insert(acsUserEntrances)
      .values({ workspaceId, acsSystemId, acsUserId: acsUser.acsUserId, acsEntranceId })
      .onConflictDoNothing()
      .returning()
    if (granted.length === 0) return
    const about = await acsUserEventDetails(transaction, acsUser)
    await recordEvents(transaction, actor, [
      {
        ...about,
        eventType: 'acs_user.access_granted',
        acsEntranceId,
        data: { ...about.data, acs_entrance_name: entrance.displayName },
      },
    ])
  })
}
