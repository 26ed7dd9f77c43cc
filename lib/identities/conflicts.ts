import { and, eq, type SQL, sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { databaseError } from '../database-error'
import { Refusal } from '../errors'
import type { Transaction } from '../transaction'

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

/**
 * Runs a write of a user identity's unique values. The unique indexes alone decide who was first;
 * their verdict becomes a refusal that names the holder, the same for a race's loser as for a
 * latecomer.
 *
 * @throws Refusal `user_identity_key_conflict`, `email_address_conflict` or `phone_number_conflict`
 */
export async function refuseTakenValues(
  transaction: Transaction,
  workspaceId: string,
  values: Partial<Record<UniqueField, string | null>>,
  write: (savepoint: Transaction) => Promise<unknown>,
): Promise<void> {
  try {
    // A savepoint, so that after the index has said no the holder can still be asked for.
    await transaction.transaction(write)
  } catch (error) {
    const rule = uniqueFields[databaseError(error)?.constraint ?? '']
    const value = rule && values[rule.field]
    if (!rule || !value) throw error
    const [holder] = await transaction
      .select({ userIdentityId: userIdentities.userIdentityId, displayName: userIdentities.displayName })
      .from(userIdentities)
      .where(and(eq(userIdentities.workspaceId, workspaceId), rule.holds(value)))
    const message = `${holder ? `“${holder.displayName}”` : 'Another user identity'} already has this ${rule.words}.`
    throw new Refusal({
      kind: 'conflict',
      type: `${rule.field}_conflict`,
      message,
      fields: { [rule.field]: [message] },
      data: { field: rule.field, ...(holder && { user_identity_id: holder.userIdentityId }) },
    })
  }
}

/**
 * Runs a write that links an ACS user to an identity. The unique index decides whether the identity
 * already has one in that access system.
 *
 * @throws Refusal `acs_system_already_linked`
 */
export async function refuseSecondLink(
  transaction: Transaction,
  workspaceId: string,
  link: { userIdentityId: string; acsSystemId: string },
  write: (savepoint: Transaction) => Promise<unknown>,
): Promise<void> {
  try {
    await transaction.transaction(write)
  } catch (error) {
    if (databaseError(error)?.constraint !== 'acs_users_one_per_identity_and_system') throw error
    const [present] = await transaction
      .select({ acsUserId: acsUsers.acsUserId, displayName: acsUsers.displayName })
      .from(acsUsers)
      .where(
        and(
          eq(acsUsers.workspaceId, workspaceId),
          eq(acsUsers.userIdentityId, link.userIdentityId),
          eq(acsUsers.acsSystemId, link.acsSystemId),
        ),
      )
    throw hasOneAlready(link, present)
  }
}

/** Why an identity cannot have an ACS user: it has one in that access system. */
export function hasOneAlready(
  link: { userIdentityId: string; acsSystemId: string },
  present: { acsUserId: string; displayName: string } | undefined,
): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'acs_system_already_linked',
    message: `This user identity already has ${present ? `“${present.displayName}”` : 'an ACS user'} in this access system. Detach that ACS user first.`,
    data: {
      user_identity_id: link.userIdentityId,
      acs_system_id: link.acsSystemId,
      ...(present && { acs_user_id: present.acsUserId }),
    },
  })
}
