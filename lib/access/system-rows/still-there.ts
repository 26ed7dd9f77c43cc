import { and, eq, inArray } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from '@/lib/platform/transaction'

/** A table of things that belong to one access system. */
type PartOfSystem = PgTable & { workspaceId: AnyPgColumn; acsSystemId: AnyPgColumn }

/**
 * Which of some things of an access system are still there, such as the access groups that a removed door was in.
 * They're held until the transaction ends.
 *
 * @param id the column of the table that the ids are of.
 */
export async function stillThere(
  transaction: Transaction,
  table: PartOfSystem,
  id: AnyPgColumn,
  { workspaceId, acsSystemId }: { workspaceId: string; acsSystemId: string },
  ids: string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await transaction
    .select({ id })
    .from(table as PgTable)
    .where(and(eq(table.workspaceId, workspaceId), eq(table.acsSystemId, acsSystemId), inArray(id, ids)))
    .for('key share')
  return found.map((row) => String(row.id))
}
