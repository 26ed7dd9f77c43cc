import { type Column, type SQL, sql } from 'drizzle-orm'

/**
 * A time as ISO 8601 in UTC, to the millisecond, as `Date.prototype.toISOString` writes it. Made by the database: to read
 * a `Date` and write it again takes longer than the rest of a row of the API's lists.
 */
export function isoTimeOf(column: Column): SQL<string> {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
