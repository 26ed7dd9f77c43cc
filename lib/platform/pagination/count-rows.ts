import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { mostCounted } from './total'

/** Counts the rows of a table that meet a condition: exactly up to `mostCounted`, one more stands for all above. */
export async function countRows(table: PgTable, condition: SQL | undefined): Promise<number> {
  const connection = await database()
  const [row] = await connection.select({ count: countOf(table, condition) }).from(sql`(values (1)) as one`)
  return row?.count ?? 0
}

/** The same as a part of a query, which the condition may correlate. */
export function countOf(table: PgTable, condition: SQL | undefined): SQL<number> {
  const counted = sql`select 1 from ${table} where ${condition ?? sql`true`} limit ${mostCounted + 1}`
  return sql`(select count(*) from (${counted}) as counted)`.mapWith(Number)
}
