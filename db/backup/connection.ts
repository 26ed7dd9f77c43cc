import { sql } from 'drizzle-orm'
import type { Database } from '../client'
import { ConfigurationError } from '../configuration'
import { openEmbeddedFiles } from '../embedded'
import { rows } from '../rows'

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
 * @throws Error when it is out of reach, or the role does not see all of it.
 */
export async function connectToServer(url: string): Promise<Connection> {
  const [{ drizzle }, { default: pg }] = await Promise.all([import('drizzle-orm/node-postgres'), import('pg')])
  const client = new pg.Client({ connectionString: url, keepAlive: true })
  // A connection that breaks fails the statement that is under way; without one there is nothing to fail.
  client.on('error', () => undefined)
  await client.connect()
  const database = drizzle({ client }) as unknown as Database
  try {
    await refuseServingRole(database)
  } catch (error) {
    await client.end()
    throw error
  }
  return { database, close: () => client.end() }
}

/** To a role that row-level security binds, a full database looks empty. */
async function refuseServingRole(database: Database): Promise<void> {
  const [role] = await rows<{ isBound: boolean }>(
    database,
    sql`select exists (select from pg_class where oid = to_regclass('public.workspaces') and row_security_active(oid)) as "isBound"`,
  )
  if (!role?.isBound) return
  throw new ConfigurationError([
    'DATABASE_OWNER_URL is missing: the role of DATABASE_URL sees one workspace at a time. Set it to the same database for the role that owns the tables.',
  ])
}

/** Where a database is, as its configuration has it. */
type Place = { url: string | undefined; ownerUrl: string | undefined; folder: string }

/** Opens the database that the environment names, as it is; a server's as the role that owns the tables. */
export async function connect({ url, ownerUrl, folder }: Place): Promise<Connection> {
  const address = ownerUrl ?? url
  return address ? connectToServer(address) : connectToFolder(folder)
}
