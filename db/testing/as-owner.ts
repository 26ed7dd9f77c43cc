import { sql } from 'drizzle-orm'
import { database } from '../client'
import { onServer } from './test-server'

/** Runs a statement that only the role that owns the tables may run. */
export async function asOwner(statement: string): Promise<void> {
  const url = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL
  if (url) return onServer(url, statement)
  const connection = await database()
  await connection.execute(sql.raw(statement))
}
