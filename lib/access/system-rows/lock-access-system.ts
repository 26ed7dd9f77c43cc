import { and, eq } from 'drizzle-orm'
import { accessSystems } from '@/db/schema/access-systems'
import { notFound, Refusal } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'
import { isKeptByHand } from './vendor'

/**
 * Reads an access system and locks it until the transaction ends, so that a reset of the workspace
 * can't remove it meanwhile.
 *
 * @throws Refusal `acs_system_not_found`
 */
export async function lockAccessSystem(transaction: Transaction, workspaceId: string, acsSystemId: string) {
  const [system] = await transaction
    .select({ acsSystemId: accessSystems.acsSystemId, name: accessSystems.name })
    .from(accessSystems)
    .where(and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.acsSystemId, acsSystemId)))
    .for('key share')
  if (!system) throw notFound('acs_system')
  return system
}

/**
 * Reads an access system that's kept by hand and locks it until the transaction ends: nobody else adds
 * anything to it meanwhile.
 *
 * @throws Refusal `acs_system_not_found`, and `acs_system_not_kept_by_hand` for a system that a vendor reports
 */
export async function lockKeptByHand(transaction: Transaction, workspaceId: string, acsSystemId: string) {
  const [system] = await transaction
    .select()
    .from(accessSystems)
    .where(and(eq(accessSystems.workspaceId, workspaceId), eq(accessSystems.acsSystemId, acsSystemId)))
    .for('update')
  if (!system) throw notFound('acs_system')
  if (!isKeptByHand(system)) {
    throw new Refusal({
      kind: 'conflict',
      type: 'acs_system_not_kept_by_hand',
      message: `“${system.name}” is reported by its vendor, so it can't be changed here. Change it in the vendor's own app.`,
    })
  }
  return system
}
