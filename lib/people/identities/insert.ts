import { v7 as uuidv7 } from 'uuid'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Transaction } from '@/lib/platform/transaction'
import { displayName, type IdentityCharacteristics } from './identity'
import { insertUnlessTaken } from './taken-values'

/**
 * Writes a new user identity with its event.
 *
 * @throws Refusal `…_conflict`
 */
export async function insertUserIdentity(
  transaction: Transaction,
  actor: Actor,
  characteristics: IdentityCharacteristics,
  userIdentityId = uuidv7(),
): Promise<string> {
  const row = { workspaceId: actor.workspaceId, userIdentityId, ...toColumns(characteristics) }
  await insertUnlessTaken(transaction, row, characteristics)
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.created',
      userIdentityId,
      data: { user_identity_name: displayName(characteristics) },
    },
  ])
  return userIdentityId
}

/**
 * Writes a user identity that was there before, with all that its row had. The caller tells of it.
 *
 * @throws Refusal `…_conflict`
 */
export async function putBackUserIdentity(
  transaction: Transaction,
  workspaceId: string,
  characteristics: IdentityCharacteristics,
  row: { userIdentityId: string; movesOutAt: Date | null; version: number; createdAt: Date },
): Promise<void> {
  await insertUnlessTaken(transaction, { workspaceId, ...row, ...toColumns(characteristics) }, characteristics)
}

/** The characteristics by their columns. */
export function toColumns(characteristics: IdentityCharacteristics) {
  return {
    fullName: characteristics.full_name,
    emailAddress: characteristics.email_address,
    phoneNumber: characteristics.phone_number,
    userIdentityKey: characteristics.user_identity_key,
  }
}
