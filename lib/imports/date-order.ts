import { and, asc, gt, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { type ColumnMapping, importRows } from '@/db/schema/imports'
import { type DateOrder, dateFields } from './import'
import { areRowsOf, type Import } from './rows'

const rowsAtOnce = 1000

/**
 * Finds out what comes first in the dates of a file, from those that can be read in one way alone; null
 * where no column holds dates. It reads some rows at a time, and holds nothing in between.
 */
export async function findDateOrder(found: Import, mapping: ColumnMapping): Promise<DateOrder | null> {
  const columns = dateFields.flatMap((field) => mapping[field] ?? [])
  if (columns.length === 0) return null
  const told = { dayFirst: false, monthFirst: false }
  for (let after: number | null = 0; after !== null && !(told.dayFirst && told.monthFirst); ) {
    const some = await lookAtDates(found, columns, after)
    told.dayFirst ||= some?.dayFirst ?? false
    told.monthFirst ||= some?.monthFirst ?? false
    after = some?.last ?? null
  }
  if (told.dayFirst) return told.monthFirst ? 'mixed' : 'day_first'
  return told.monthFirst ? 'month_first' : 'unknown'
}

async function lookAtDates(found: Import, columns: number[], after: number) {
  const numeric = String.raw`^\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)`
  const connection = await database()
  const rows = connection
    .select({ rowNumber: importRows.rowNumber, cells: importRows.cells })
    .from(importRows)
    .where(and(areRowsOf(found), gt(importRows.rowNumber, after)))
    .orderBy(asc(importRows.rowNumber))
    .limit(rowsAtOnce)
    .as('some_rows')
  const [told] = await connection
    .select({
      dayFirst: sql<boolean>`coalesce(bool_or(parts[1]::integer > 12), false)`,
      monthFirst: sql<boolean>`coalesce(bool_or(parts[2]::integer > 12), false)`,
      last: sql<number | null>`max(${rows.rowNumber})`,
    })
    .from(rows)
    .leftJoinLateral(
      sql`(select regexp_match(${rows.cells} ->> columns.at, ${numeric}) as parts
        from unnest(${`{${columns}}`}::integer[]) as columns (at)) as dates`,
      sql`true`,
    )
  return told
}
