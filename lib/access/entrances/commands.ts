import { z } from 'zod'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { notFound } from '@/lib/platform/refusals'
import { inTransaction } from '@/lib/platform/transaction'
import { memberFields } from '../acs-user-rows/acs-user-target'
import { lockMember } from '../acs-user-rows/lock-acs-users'
import { grantEntrance } from './direct-access'
import { lockEntrances } from './lock-entrances'

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
    const [entrance] = await lockEntrances(transaction, workspaceId, null, [acs_entrance_id])
    if (!entrance) throw notFound('acs_entrance')
    const { acsSystemId } = entrance
    const acsUser = await lockMember(transaction, workspaceId, member, { acsSystemId, thing: 'entrance' })
    await grantEntrance(transaction, actor, acsUser, entrance)
  })
}
