import { sql } from 'drizzle-orm'
import { userIdentities } from '@/db/schema/user-identities'
import { ofWorkspace } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { invalidInput } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { displayName, type IdentityCharacteristics, identityNeedsCharacteristic } from './identity'
import { toColumns } from './insert'
import { refuseTakenValues } from './taken-values'

type Row = typeof userIdentities.$inferSelect

/** The characteristics of an identity's row, by their names in the contract. */
export function characteristicsOf(row: Row): IdentityCharacteristics {
  return {
    full_name: row.fullName,
    email_address: row.emailAddress,
    phone_number: row.phoneNumber,
    user_identity_key: row.userIdentityKey,
  }
}

/**
 * Writes what the characteristics of an identity that the caller holds are to be.
 *
 * @throws Refusal `invalid_input` when none would be left, and `…_conflict`
 */
export async function writeCharacteristics(
  transaction: Transaction,
  actor: Actor,
  row: Row,
  after: IdentityCharacteristics,
): Promise<void> {
  const changes = differences(characteristicsOf(row), after)
  if (Object.keys(changes).length === 0) return
  if (Object.values(after).every((value) => value === null)) {
    throw invalidInput(identityNeedsCharacteristic, 'full_name')
  }
  await refuseTakenValues(transaction, actor.workspaceId, after, (savepoint) =>
    savepoint
      .update(userIdentities)
      .set({ ...toColumns(after), version: sql`${userIdentities.version} + 1`, updatedAt: sql`now()` })
      .where(ofWorkspace(actor.workspaceId, row.userIdentityId)),
  )
  await recordEvents(transaction, actor, [
    {
      eventType: 'user_identity.updated',
      userIdentityId: row.userIdentityId,
      data: { user_identity_name: displayName(after), changes },
    },
  ])
}

/** Field by field, what differs between two states of an identity. */
export function differences(before: IdentityCharacteristics, after: IdentityCharacteristics) {
  const fields = Object.keys(before) as (keyof IdentityCharacteristics)[]
  return Object.fromEntries(
    fields
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, { from: before[field], to: after[field] }]),
  )
}
