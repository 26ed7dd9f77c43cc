/* Migrations of a PostgreSQL server that others use meanwhile. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Connection, connectToServer } from './backup/connection'
import { database } from './client'
import { migrateEmbedded, migrateServer } from './migrate'
import { rowsOf } from './testing/attempt'

let folder: string
/** Later than any of Keyholder's own, which the embedded database has had. */
const newest = 9_000_000_000_000
const table = 'CREATE TABLE people (id int);\n--> statement-breakpoint\nINSERT INTO people VALUES (1), (1);'
const column = 'ALTER TABLE people ADD COLUMN name text;'
const index = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS people_name ON people (name);'
const uniqueIndex = 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS people_id ON people (id);'

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyholder-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Makes these the migrations there are. */
function write(...migrations: string[]): void {
  mkdirSync(join(folder, 'meta'), { recursive: true })
  const entries = migrations.map((_, idx) => ({
    idx,
    version: '7',
    when: newest + idx,
    tag: `000${idx}_test`,
    breakpoints: true,
  }))
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }))
  for (const [place, text] of migrations.entries()) writeFileSync(join(folder, `000${place}_test.sql`), text)
}

type Connected = Pick<Connection, 'database'>
const applied = (connection: Connected) =>
  rowsOf(
    sql`select (created_at - ${newest}::bigint)::int as at from drizzle.__drizzle_migrations where created_at >= ${newest} order by id`,
    connection.database,
  )
const validity = (connection: Connected) =>
  rowsOf(
    sql`select indexrelid::regclass::text as name, indisvalid as "isValid" from pg_index where indrelid = 'people'::regclass order by 1`,
    connection.database,
  )

test.runIf(!process.env.DATABASE_URL)('the embedded database gets the same indexes, in a transaction', async () => {
  const embedded = { database: await database() }
  write(table, column, index)
  await migrateEmbedded(embedded.database, folder)
  expect(await applied(embedded)).toEqual([{ at: 0 }, { at: 1 }, { at: 2 }])
  expect(await validity(embedded)).toEqual([{ name: 'people_name', isValid: true }])
})

describe.runIf(process.env.DATABASE_URL)('a server', () => {
  const name = `kh_migrate_${uuidv7().replaceAll('-', '')}`
  let url: string
  const open: Connection[] = []
  const connect = async () => {
    const connection = await connectToServer(url)
    open.push(connection)
    return connection
  }

  beforeAll(async () => {
    await rowsOf(sql.raw(`create database ${name}`))
    const address = new URL(process.env.DATABASE_URL ?? '')
    address.pathname = `/${name}`
    url = address.href
  })
  afterEach(async () => {
    for (const connection of open.splice(0)) await connection.close()
    const connection = await connectToServer(url)
    await rowsOf(sql`drop table if exists people`, connection.database)
    await rowsOf(sql`drop schema if exists drizzle cascade`, connection.database)
    await connection.close()
  })
  afterAll(() => rowsOf(sql.raw(`drop database ${name}`)))

  test('is migrated once by several that start together, indexes that are built concurrently too', async () => {
    write(table, column, index)
    const started = await Promise.all([connect(), connect(), connect()])
    // As processes end, so that the lock goes to the next.
    await Promise.all(
      started.map(async (connection) => {
        await migrateServer(connection.database, folder)
        open.splice(open.indexOf(connection), 1)
        await connection.close()
      }),
    )
    const look = await connect()
    expect(await applied(look)).toEqual([{ at: 0 }, { at: 1 }, { at: 2 }])
    expect(await validity(look)).toEqual([{ name: 'people_name', isValid: true }])
  })

  test('goes on answering while a migration waits for a table, which is tried again until it is free', async () => {
    write(table)
    const [migrating, reader, other] = [await connect(), await connect(), await connect()]
    await migrateServer(migrating.database, folder)
    write(table, column)
    let migration: Promise<void> | undefined
    await reader.database.transaction(async (transaction) => {
      await rowsOf(sql`select * from people`, transaction)
      const options = { most: 2, pauseMilliseconds: 10 }
      const given = migrateServer(migrating.database, folder, options)
      await expect(given).rejects.toThrow(/^The database could not be migrated: another transaction has kept a table/)
      migration = migrateServer(migrating.database, folder)
      await sleep(500)
      // It waits behind the migration, which gives way. Otherwise neither would ever end.
      await rowsOf(sql`select * from people`, other.database)
    })
    await migration
    expect(await applied(other)).toEqual([{ at: 0 }, { at: 1 }])
  })

  test('is begun again with an index that was broken off', async () => {
    write(table, uniqueIndex)
    const connection = await connect()
    await expect(migrateServer(connection.database, folder)).rejects.toThrow()
    expect(await validity(connection)).toEqual([{ name: 'people_id', isValid: false }])
    await rowsOf(sql`delete from people where ctid = (select max(ctid) from people)`, connection.database)
    await migrateServer(connection.database, folder)
    expect(await validity(connection)).toEqual([{ name: 'people_id', isValid: true }])
  })

  test('that a newer version has migrated is left as it is', async () => {
    write(table, column)
    const connection = await connect()
    await migrateServer(connection.database, folder)
    write(table)
    await migrateServer(connection.database, folder)
    expect(await applied(connection)).toEqual([{ at: 0 }, { at: 1 }])
  })
})
