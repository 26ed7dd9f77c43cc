import type { SQL } from 'drizzle-orm'
import type { Database } from './database-type'

/** The rows of a raw statement, alike on both databases. */
export async function rows<Row extends Record<string, unknown>>(connection: Database, statement: SQL): Promise<Row[]> {
  return ((await connection.execute(statement)) as unknown as { rows: Row[] }).rows
}
