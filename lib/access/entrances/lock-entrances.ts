import { and, eq, inArray } from 'drizzle-orm'
import { entrances } from '@/db/schema/entrances'
import { notFound } from '@/lib/platform/refusals'
import type { Transaction } from '@/lib/platform/transaction'

/**
 * Reads entrances and locks them until the transaction ends.
 *
 * @param acsSystemId the access system that they must be of; null for any.
 * @throws Refusal `acs_entrance_not_found` when one is not there
 */
export async function lockEntrances(
  transaction: Transaction,
  workspaceId: string,
  acsSystemId: string | null,
  acsEntranceIds: string[],
) {
  if (acsEntranceIds.length === 0) return []
  const found = await transaction
    .select({
      acsEntranceId: entrances.acsEntranceId,
      acsSystemId: entrances.acsSystemId,
      displayName: entrances.displayName,
    })
    .from(entrances)
    .where(
      and(
        eq(entrances.workspaceId, workspaceId),
        acsSystemId ? eq(entrances.acsSystemId, acsSystemId) : undefined,
        inArray(entrances.acsEntranceId, acsEntranceIds),
      ),
    )
    .orderBy(entrances.acsEntranceId)
    .for('key share')
  if (found.length < new Set(acsEntranceIds).size) throw notFound('acs_entrance')
  return found
}
