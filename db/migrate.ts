import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import type { Database } from './database-type'
import { migrationsFolder } from './migrations-folder'
import { rows } from './rows'

const concurrently = /\bconcurrently\s+/gi
/** While a migration waits for a table, everybody else waits behind it: no longer than they are patient. */
const lockTimeout = '2s'
/** Long enough for what holds a table for long to be seen in the error, short enough for a start to be noticed as failed. */
const tries = { most: 20, pauseMilliseconds: 1500 }

/**
 * Brings the embedded database up to date, which nobody else uses.
 *
 * @param folder of the migrations
 */
export async function migrateEmbedded(connection: Database, folder: string = migrationsFolder()): Promise<void> {
  await makeRecord(connection)
  for (const migration of await pendingMigrations(connection, folder)) {
    await connection.transaction((transaction) => applyMigration(transaction, migration))
  }
}

/**
 * Brings a PostgreSQL server up to date while older instances go on working on it. Instances that start together do
 * so one after another. Each migration is a transaction, but for those that build indexes concurrently, which no
 * transaction can: such a one may be broken off in its middle, and is begun again.
 *
 * @param connection to the server itself, for this alone; its end gives the lock free.
 * @param folder of the migrations
 * @throws Error when a table is in use by somebody else's transaction for longer than a start may take.
 */
export async function migrateServer(
  connection: Database,
  folder: string = migrationsFolder(),
  patience: Patience = tries,
): Promise<void> {
  await lockMigrations(connection)
  await makeRecord(connection)
  const pending = await pendingMigrations(connection, folder)
  // Its views keep columns from changing. Without them who serves looks at the tables, until they are made again.
  const dropViews = sql.raw('drop schema if exists serving cascade')
  if (pending.length > 0) await onFreeTables(connection, patience, (transaction) => transaction.execute(dropViews))
  for (const migration of pending) {
    if (migration.sql.some((statement) => statement.search(concurrently) >= 0)) {
      await applyOutsideTransaction(connection, migration)
      continue
    }
    await onFreeTables(connection, patience, (transaction) => applyMigration(transaction, migration))
  }
}

/** How many migrations a PostgreSQL server lacks, for a role that may only read. */
export async function countPending(connection: Database): Promise<number> {
  return (await pendingMigrations(connection, migrationsFolder())).length
}

type Patience = { most: number; pauseMilliseconds: number }

/** Runs what locks tables in a transaction, again and again while somebody else keeps one of them. */
async function onFreeTables(
  connection: Database,
  { most, pauseMilliseconds }: Patience,
  change: (transaction: Database) => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.transaction(async (transaction) => {
        await transaction.execute(sql.raw(`set local lock_timeout = '${lockTimeout}'`))
        await change(transaction)
      })
      return
    } catch (error) {
      if (!isLockConflict(error)) throw error
      if (attempt === most) throw new Error(tableInUse, { cause: error })
      await sleep(pauseMilliseconds)
    }
  }
}

const tableInUse =
  'The database could not be migrated: another transaction has kept a table for too long, such as a backup that is being made. Start again when it has ended; nothing was changed by the migration that waited.'

/** Asked for again and again, since one statement that waits would keep indexes from being built concurrently. */
async function lockMigrations(connection: Database): Promise<void> {
  const tryLock = sql`select pg_try_advisory_lock(hashtext('keyholder.migrations')) as "isLocked"`
  while (!(await rows<{ isLocked: boolean }>(connection, tryLock))[0]?.isLocked) await sleep(100)
}

/** @returns what of the migrations a database lacks; one that a newer Keyholder has migrated lacks none. */
async function pendingMigrations(connection: Database, folder: string): Promise<MigrationMeta[]> {
  const newest = sql`select max(created_at)::text as "madeAt" from drizzle.__drizzle_migrations`
  const [record] = await rows<{ madeAt: string | null }>(connection, newest)
  return readMigrationFiles({ migrationsFolder: folder }).filter(
    ({ folderMillis }) => !record?.madeAt || folderMillis > Number(record.madeAt),
  )
}

/** Makes the table in which Drizzle's own migrator records migrations, if it is not there. */
export async function makeRecord(connection: Database): Promise<void> {
  await connection.execute(sql`create schema if not exists drizzle`)
  await connection.execute(
    sql`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
  )
}

/** Applies a migration within the caller's transaction, where indexes are built while nobody else writes. */
export async function applyMigration(transaction: Database, migration: MigrationMeta): Promise<void> {
  for (const statement of migration.sql) await transaction.execute(sql.raw(statement.replace(concurrently, '')))
  await record(transaction, migration)
}

async function applyOutsideTransaction(connection: Database, migration: MigrationMeta): Promise<void> {
  // What a process that was killed meanwhile has left is there by its name, and of no use.
  const brokenOff = sql`select indexrelid::regclass::text as name from pg_index
    join pg_class on pg_class.oid = indexrelid where not indisvalid and relnamespace = 'public'::regnamespace`
  for (const { name } of await rows<{ name: string }>(connection, brokenOff)) {
    await connection.execute(sql.raw(`drop index concurrently ${name}`))
  }
  for (const statement of migration.sql) await connection.execute(sql.raw(statement))
  await record(connection, migration)
}

async function record(connection: Database, { hash, folderMillis }: MigrationMeta): Promise<void> {
  await connection.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`,
  )
}

/** Somebody else has kept a table for too long, or waits for one that the migration has taken. */
function isLockConflict(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined
  return ['55P03', '40P01'].includes((cause as { code?: string } | undefined)?.code ?? '')
}
