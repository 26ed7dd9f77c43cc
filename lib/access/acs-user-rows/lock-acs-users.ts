import { and, eq, type SQL, sql } from 'drizzle-orm'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { invalidInput, notFound } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { type AcsUserTarget, isTarget } from './acs-user-target'

/** An ACS user as it stands while it is held, with its access system's name. */
export type LockedAcsUser = typeof acsUsers.$inferSelect & { acsSystemName: string }

/** Reads the ACS users of a condition and holds them until the transaction ends. */
export async function lockAcsUsers(transaction: Transaction, condition: SQL | undefined): Promise<LockedAcsUser[]> {
  const rows = await transaction
    .select({ acsUser: acsUsers, acsSystemName: accessSystems.name })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .where(condition)
    .orderBy(acsUsers.acsUserId)
    .for('update', { of: acsUsers })
  return rows.map(({ acsUser, acsSystemName }) => ({ ...acsUser, acsSystemName }))
}

/**
 * Holds the identity of the ACS user that is meant, if it has one. Whoever takes a link away has the database
 * hold the identity: it is held before the ACS user, as by all others, so that two cannot wait for each other.
 */
export async function lockHolder(transaction: Transaction, workspaceId: string, target: AcsUserTarget): Promise<void> {
  await transaction
    .select({ userIdentityId: userIdentities.userIdentityId })
    .from(userIdentities)
    .where(
      and(
        eq(userIdentities.workspaceId, workspaceId),
        sql`${userIdentities.userIdentityId} in (select ${acsUsers.userIdentityId} from ${acsUsers}
          where ${isTarget(workspaceId, target)})`,
      ),
    )
    .for('no key update')
}

/**
 * Reads the ACS user that is meant and holds it until the transaction ends.
 *
 * @throws Refusal `acs_user_not_found`
 */
export async function lockAcsUser(
  transaction: Transaction,
  workspaceId: string,
  target: AcsUserTarget,
): Promise<LockedAcsUser> {
  const [acsUser] = await lockAcsUsers(transaction, isTarget(workspaceId, target))
  if (!acsUser) throw notFound('acs_user')
  return acsUser
}

/**
 * Holds the ACS user of one access system that is meant: by its own id, or by the identity's.
 *
 * @param thing what the access system is known from, for the sentence of a refusal: "entrance", say.
 * @throws Refusal `acs_user_not_found`, and `invalid_input` for no id or an ACS user of another access system
 */
export async function lockMember(
  transaction: Transaction,
  workspaceId: string,
  member: { acs_user_id?: string; user_identity_id?: string },
  { acsSystemId, thing }: { acsSystemId: string; thing: string },
): Promise<LockedAcsUser> {
  const { acs_user_id, user_identity_id } = member
  if (!acs_user_id && !user_identity_id) throw invalidInput('Send acs_user_id or user_identity_id.', 'acs_user_id')
  const target = acs_user_id ? { acs_user_id, user_identity_id } : { acs_system_id: acsSystemId, user_identity_id }
  const acsUser = await lockAcsUser(transaction, workspaceId, target)
  if (acsUser.acsSystemId !== acsSystemId) {
    throw invalidInput(`The ACS user and the ${thing} are not of the same access system.`, 'acs_user_id')
  }
  return acsUser
}
