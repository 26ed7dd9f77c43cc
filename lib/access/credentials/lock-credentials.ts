import { and, eq, inArray } from 'drizzle-orm'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import type { EventData } from '@/db/schema/events'
import { notFound } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { acsUserEventDetails } from '../acs-user-rows/acs-user-event-details'

/** One credential of one workspace, as a condition. */
export function isCredential(workspaceId: string, acsCredentialId: string) {
  return and(eq(credentials.workspaceId, workspaceId), eq(credentials.acsCredentialId, acsCredentialId))
}

/** A credential as it stands while it is held, with its access system's name. */
export type LockedCredential = typeof credentials.$inferSelect & { acsSystemName: string }

/**
 * Reads a credential with its access system's name and holds it until the transaction ends. Who
 * holds its ACS user too does so first.
 *
 * @throws Refusal `acs_credential_not_found`
 */
export async function lockCredential(
  transaction: Transaction,
  workspaceId: string,
  acsCredentialId: string,
): Promise<LockedCredential> {
  const [row] = await transaction
    .select({ credential: credentials, acsSystemName: accessSystems.name })
    .from(credentials)
    .innerJoin(
      accessSystems,
      and(
        eq(accessSystems.workspaceId, credentials.workspaceId),
        eq(accessSystems.acsSystemId, credentials.acsSystemId),
      ),
    )
    .where(isCredential(workspaceId, acsCredentialId))
    .for('update', { of: credentials })
  if (!row) throw notFound('acs_credential')
  return { ...row.credential, acsSystemName: row.acsSystemName }
}

/** Reads those of some credentials that are there, in the order of their ids, and holds them. */
export async function lockCredentials(
  transaction: Transaction,
  workspaceId: string,
  acsCredentialIds: string[],
): Promise<LockedCredential[]> {
  if (acsCredentialIds.length === 0) return []
  const rows = await transaction
    .select({ credential: credentials, acsSystemName: accessSystems.name })
    .from(credentials)
    .innerJoin(
      accessSystems,
      and(
        eq(accessSystems.workspaceId, credentials.workspaceId),
        eq(accessSystems.acsSystemId, credentials.acsSystemId),
      ),
    )
    .where(and(eq(credentials.workspaceId, workspaceId), inArray(credentials.acsCredentialId, acsCredentialIds)))
    .orderBy(credentials.acsCredentialId)
    .for('update', { of: credentials })
  return rows.map(({ credential, acsSystemName }) => ({ ...credential, acsSystemName }))
}

/** What an event about a credential says: its ids and names, and those of the ACS user whose it is. */
export async function credentialEventDetails(transaction: Transaction, credential: LockedCredential) {
  const { workspaceId, acsCredentialId, acsSystemId, acsUserId, acsSystemName } = credential
  const [holder] = acsUserId
    ? await transaction
        .select({
          workspaceId: acsUsers.workspaceId,
          acsUserId: acsUsers.acsUserId,
          acsSystemId: acsUsers.acsSystemId,
          userIdentityId: acsUsers.userIdentityId,
          displayName: acsUsers.displayName,
        })
        .from(acsUsers)
        .where(and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.acsUserId, acsUserId)))
    : []
  const nobodys: EventData = { acs_system_name: acsSystemName }
  if (!holder) return { acsCredentialId, acsSystemId, data: nobodys }
  return { acsCredentialId, ...(await acsUserEventDetails(transaction, { ...holder, acsSystemName })) }
}
