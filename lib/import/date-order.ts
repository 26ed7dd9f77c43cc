import { and, sql } from 'drizzle-orm'
import { type ColumnMapping, importRows } from '@/db/schema/imports'
import type { Transaction } from '../transaction'
import { type DateOrder, dateFields } from './import'
import { areRowsOf, type Import } from './rows'

/**
 * Finds out what comes first in the dates of a file, from those that can be read in one way alone; null
 * where no column holds dates.
 */
export async function findDateOrder(
  transaction: Transaction,
  found: Import,
  mapping: ColumnMapping,
): Promise<DateOrder | null> {
  const columns = dateFields.flatMap((field) => mapping[field] ?? [])
  if (columns.length === 0) return null
  const numeric = String.raw`^\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)`
  const [told] = await transaction
    .select({
      dayFirst: sql<boolean>`coalesce(bool_or(parts[1]::integer > 12), false)`,
      monthFirst: sql<boolean>`coalesce(bool_or(parts[2]::integer > 12), false)`,
    })
    .from(importRows)
    .crossJoinLateral(
      sql`(select regexp_match(${importRows.cells} ->> columns.at, ${numeric}) as parts
        from unnest(${`{${columns}}`}::integer[]) as columns (at)) as dates`,
    )
    .where(and(areRowsOf(found), sql`parts is not null`))
  if (told?.dayFirst) return told.monthFirst ? 'mixed' : 'day_first'
  return told?.monthFirst ? 'month_first' : 'unknown'
}
