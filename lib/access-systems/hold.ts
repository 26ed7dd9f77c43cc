import { and, eq } from 'drizzle-orm'
import { accessSystems } from '@/db/schema/access-systems'
import { notFound } from '../errors'
import type { Transaction } from '../transaction'

/**
 * Reads an access system and holds it until the transaction ends, so that a reset of the workspace
 * does not take it away under what is being put into it.
 *
 * @throws Refusal `acs_system_not_found`
 */
export async function holdAccessSystem(transaction: Transaction, workspaceId: string, acsSystemId: string) {
  const [system] = await transaction
    .select({ acsSystemId: accessSystems.acsSystemId, name: accessSystems.name })
    .from(accessSystems)
    .where(and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.acsSystemId, acsSystemId)))
    .for('key share')
  if (!system) throw notFound('acs_system')
  return system
}
