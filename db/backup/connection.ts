import type { Database } from '../client'
import { openEmbeddedFiles } from '../embedded'

/** A database beside the process's own, as it is: not migrated. */
export type Connection = { database: Database; close: () => Promise<void> }

/**
 * Opens the embedded database in a folder for this process alone.
 *
 * @throws DataFolderInUse while Keyholder runs on it.
 */
export async function connectToFolder(folder: string): Promise<Connection> {
  const [{ drizzle }, { client, close }] = await Promise.all([import('drizzle-orm/pglite'), openEmbeddedFiles(folder)])
  return { database: drizzle({ client }) as unknown as Database, close }
}

/**
 * Connects to a PostgreSQL server, by one connection.
 *
 * @throws Error when it is out of reach.
 */
export async function connectToServer(url: string): Promise<Connection> {
  const [{ drizzle }, { default: pg }] = await Promise.all([import('drizzle-orm/node-postgres'), import('pg')])
  const client = new pg.Client({ connectionString: url, keepAlive: true })
  // A connection that breaks fails the statement that is under way; without one there is nothing to fail.
  client.on('error', () => undefined)
  await client.connect()
  return { database: drizzle({ client }) as unknown as Database, close: () => client.end() }
}

/** Opens the database that the environment names, as it is. */
export async function connect({ url, folder }: { url: string | undefined; folder: string }): Promise<Connection> {
  return url ? connectToServer(url) : connectToFolder(folder)
}
