import { and, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { rowCounts } from '@/db/schema/row-counts'

/**
 * How many rows there are by the counts that the database keeps, as a part of a query: exactly, whatever
 * their number, and without reading them.
 *
 * @param conditions of whose and which counts, on `rowCounts`; they may be correlated with the query.
 */
export function keptCount(...conditions: SQL[]): SQL<number> {
  return sql`(select coalesce(sum(${rowCounts.change}), 0) from ${rowCounts} where ${and(...conditions)})`.mapWith(
    Number,
  )
}

/** Asks for what is made of such counts, by itself. */
export async function readKeptCount(count: SQL<number>): Promise<number> {
  const connection = await database()
  const [row] = await connection.select({ count }).from(sql`(values (1)) as one`)
  return row?.count ?? 0
}
