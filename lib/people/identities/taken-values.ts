import { and, eq, type SQL, sql } from 'drizzle-orm'
import { userIdentities } from '@/db/schema/user-identities'
import { databaseError } from '@/lib/platform/database-error'
import { Refusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'

type UniqueField = 'user_identity_key' | 'email_address' | 'phone_number'

const uniqueFields: Record<string, { field: UniqueField; words: string; holds: (value: string) => SQL }> = {
  user_identities_key_unique: {
    field: 'user_identity_key',
    words: 'user identity key',
    holds: (value) => eq(userIdentities.userIdentityKey, value),
  },
  user_identities_email_unique: {
    field: 'email_address',
    words: 'email address',
    holds: (value) => sql`lower(${userIdentities.emailAddress}) = lower(${value})`,
  },
  user_identities_phone_unique: {
    field: 'phone_number',
    words: 'phone number',
    holds: (value) => eq(userIdentities.phoneNumber, value),
  },
}

type UniqueValues = Partial<Record<UniqueField, string | null>>

/**
 * Changes a user identity's unique values. The unique indexes alone decide who was first; their verdict becomes a
 * refusal that names the holder, the same for a race's loser as for a latecomer.
 *
 * @throws Refusal `user_identity_key_conflict`, `email_address_conflict` or `phone_number_conflict`
 */
export async function refuseTakenValues(
  transaction: Transaction,
  workspaceId: string,
  values: UniqueValues,
  write: (savepoint: Transaction) => Promise<unknown>,
): Promise<void> {
  try {
    // A savepoint, so that after the index has said no the holder can still be asked for.
    await transaction.transaction(write)
  } catch (error) {
    const rule = uniqueFields[databaseError(error)?.constraint ?? '']
    const value = rule && values[rule.field]
    if (!rule || !value) throw error
    throw isTaken(rule, await getHolderOf(transaction, workspaceId, rule.holds(value)))
  }
}

/** The holder of a value may be deleted between being in the way and being asked for. */
const insertAttempts = 3

/**
 * Inserts a user identity with values that nobody has. Here too the unique indexes decide; as the database itself
 * skips what they refuse, no savepoint is needed, and so two round trips fewer.
 *
 * @throws Refusal `user_identity_key_conflict`, `email_address_conflict` or `phone_number_conflict`
 */
export async function insertUnlessTaken(
  transaction: Transaction,
  row: typeof userIdentities.$inferInsert,
  values: UniqueValues,
): Promise<void> {
  for (let attempt = 0; attempt < insertAttempts; attempt++) {
    const inserted = await transaction
      .insert(userIdentities)
      .values(row)
      .onConflictDoNothing()
      .returning({ userIdentityId: userIdentities.userIdentityId })
    if (inserted.length > 0) return
    for (const rule of Object.values(uniqueFields)) {
      const value = values[rule.field]
      const holder = value && (await getHolderOf(transaction, row.workspaceId, rule.holds(value)))
      if (holder) throw isTaken(rule, holder)
    }
  }
  throw new Error('A user identity could not be inserted, though nobody has its values.')
}

type Holder = { userIdentityId: string; displayName: string }

async function getHolderOf(transaction: Transaction, workspaceId: string, holds: SQL): Promise<Holder | undefined> {
  const [holder] = await transaction
    .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
    .from(userIdentities)
    .where(and(eq(userIdentities.workspaceId, workspaceId), holds))
  return holder
}

function isTaken({ field, words }: { field: UniqueField; words: string }, holder: Holder | undefined): Refusal {
  const message = `${holder ? `“${holder.displayName}”` : 'Another user identity'} already has this ${words}.`
  return new Refusal({
    kind: 'conflict',
    type: `${field}_conflict`,
    message,
    fields: { [field]: [message] },
    data: { field, ...(holder && { user_identity_id: holder.userIdentityId }) },
  })
}
