import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Database } from '../client'
import { applyMigration, makeRecord } from '../migrate'
import { migrationsFolder } from '../migrations-folder'
import { rows } from '../rows'

/** One step of the schema's history, by its name and by the moment it was made, in milliseconds since 1970. */
export type Migration = { name: string; madeAt: number }

type Journal = { entries: { tag: string; when: number }[] }

/** Every migration that this Keyholder knows, the oldest first. */
export function knownMigrations(): Migration[] {
  const journal = JSON.parse(readFileSync(join(migrationsFolder(), 'meta', '_journal.json'), 'utf8')) as Journal
  return journal.entries.map(({ tag, when }) => ({ name: tag, madeAt: when }))
}

/** The tables that Keyholder has once it is migrated so far. */
export function tablesAsOf({ name }: Migration): Set<string> {
  const file = join(migrationsFolder(), 'meta', `${name.slice(0, name.indexOf('_'))}_snapshot.json`)
  const { tables } = JSON.parse(readFileSync(file, 'utf8')) as { tables: Record<string, { name: string }> }
  return new Set(Object.values(tables).map((table) => table.name))
}

/**
 * The newest migration that a database has had; null for one that has had none.
 *
 * @throws Error when this Keyholder does not know it.
 */
export async function newestMigration(connection: Database): Promise<Migration | null> {
  const [table] = await rows(
    connection,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as "isThere"`,
  )
  if (!table?.isThere) return null
  const [newest] = await rows(
    connection,
    sql`select max(created_at)::text as "madeAt" from drizzle.__drizzle_migrations`,
  )
  if (!newest?.madeAt) return null
  const madeAt = Number(newest.madeAt)
  const known = knownMigrations().find((migration) => migration.madeAt === madeAt)
  if (!known) {
    throw new Error(
      'The database was migrated by a Keyholder that is newer than this one. Use that version, or a newer one, for this.',
    )
  }
  return known
}

/**
 * Applies the migrations that a database lacks, in the caller's transaction.
 *
 * @param upTo the last of them to apply; all unless given.
 */
export async function migrateWithin(transaction: Database, upTo?: Migration): Promise<void> {
  await makeRecord(transaction)
  const newest = await newestMigration(transaction)
  for (const migration of readMigrationFiles({ migrationsFolder: migrationsFolder() })) {
    if (newest && migration.folderMillis <= newest.madeAt) continue
    if (upTo && migration.folderMillis > upTo.madeAt) break
    await applyMigration(transaction, migration)
  }
}
