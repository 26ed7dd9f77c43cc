import { sql } from 'drizzle-orm'
import { insertAll } from '@/db/insert-all'
import { userIdentities } from '@/db/schema/user-identities'
import type { LockedIdentity } from '@/lib/access/links/link'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { databaseError } from '@/lib/platform/database-error'
import { catchRefusal, type RefusalValue } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { characteristicsOf, differences, writeCharacteristics } from './change-identity'
import { displayName, type IdentityCharacteristics } from './identity'
import { insertUserIdentity, toColumns } from './insert'

const uniqueViolation = '23505'

/** A person to create, as a change of its own. */
export type NewPerson = { userIdentityId: string; characteristics: IdentityCharacteristics; changeId: string }

/**
 * Creates many user identities at once, each as a change of its own. What the unique indexes refuse is
 * not created; the others are.
 *
 * @returns why each that was refused was, by its id.
 */
export async function createMany(
  transaction: Transaction,
  actor: Actor,
  people: NewPerson[],
): Promise<Map<string, RefusalValue>> {
  const refused = new Map<string, RefusalValue>()
  if (people.length === 0) return refused
  const created = await insertAll(
    transaction,
    userIdentities,
    people.map(({ userIdentityId, characteristics }) => ({
      workspaceId: actor.workspaceId,
      userIdentityId,
      ...toColumns(characteristics),
    })),
    sql`on conflict do nothing returning ${sql.identifier(userIdentities.userIdentityId.name)}`,
  )
  const isCreated = new Set(created.map((row) => row[userIdentities.userIdentityId.name]))
  await recordEvents(
    transaction,
    actor,
    people
      .filter(({ userIdentityId }) => isCreated.has(userIdentityId))
      .map(({ userIdentityId, characteristics, changeId }) => ({
        eventType: 'user_identity.created',
        userIdentityId,
        changeId,
        data: { user_identity_name: displayName(characteristics) },
      })),
  )
  for (const { userIdentityId, characteristics, changeId } of people) {
    if (isCreated.has(userIdentityId)) continue
    // Tried again by itself: that tells who has the value, or succeeds where it has become free.
    const refusal = await catchRefusal(() =>
      insertUserIdentity(transaction, { ...actor, changeId }, characteristics, userIdentityId),
    )
    if (refusal) refused.set(userIdentityId, refusal)
  }
  return refused
}

/** What an identity that the caller holds is to be, as a change of its own. */
export type Edit = { identity: LockedIdentity; after: IdentityCharacteristics; changeId: string }

/**
 * Writes the characteristics of many identities that the caller holds, each as a change of its own. What
 * a rule refuses is not written; the others are.
 *
 * @returns why each that was refused was, by its id.
 */
export async function updateMany(
  transaction: Transaction,
  actor: Actor,
  edits: Edit[],
): Promise<Map<string, RefusalValue>> {
  const refused = new Map<string, RefusalValue>()
  if (edits.length === 0) return refused
  try {
    await transaction.transaction((savepoint) => updateAtOnce(savepoint, actor, edits))
  } catch (error) {
    if (databaseError(error)?.code !== uniqueViolation) throw error
    // One of them is refused: each by itself tells which, and lets the others through.
    for (const { identity, after, changeId } of edits) {
      const refusal = await catchRefusal(() =>
        writeCharacteristics(transaction, { ...actor, changeId }, identity, after),
      )
      if (refusal) refused.set(identity.userIdentityId, refusal)
    }
  }
  return refused
}

async function updateAtOnce(transaction: Transaction, actor: Actor, edits: Edit[]): Promise<void> {
  const given = edits.map(({ identity, after }) => ({ user_identity_id: identity.userIdentityId, ...after }))
  await transaction.execute(sql`
    update ${userIdentities} set full_name = given.full_name, email_address = given.email_address,
      phone_number = given.phone_number, user_identity_key = given.user_identity_key,
      version = ${userIdentities.version} + 1, updated_at = now()
    from json_to_recordset(${JSON.stringify(given)}::json) as given(user_identity_id uuid, full_name text,
      email_address text, phone_number text, user_identity_key text)
    where ${userIdentities.workspaceId} = ${actor.workspaceId}
      and ${userIdentities.userIdentityId} = given.user_identity_id`)
  await recordEvents(
    transaction,
    actor,
    edits.map(({ identity, after, changeId }) => ({
      eventType: 'user_identity.updated',
      userIdentityId: identity.userIdentityId,
      changeId,
      data: { user_identity_name: displayName(after), changes: differences(characteristicsOf(identity), after) },
    })),
  )
}
