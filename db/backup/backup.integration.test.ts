/* Backups of the test's own database, restored into another. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, database } from '../client'
import { fillDemoWorkspace } from '../demo/fill-demo-workspace'
import { insertInto, rowsOf, update, verdictOf } from '../testing/attempt'
import { createTwoWorkspaces, type TestWorkspace } from '../testing/two-workspaces'
import { dropEverything } from './catalogue'
import { type Connection, connectToFolder, connectToServer } from './connection'
import { dumpDatabase } from './dump'
import { checkBackupFile, restoreBackupFile, writeBackupFile } from './file'
import { DamagedBackup, type TableHeading, TableTally } from './format'
import { knownMigrations, migrateWithin, newestMigration } from './history'
import { RestoreRefused } from './restore'

const isOnServer = Boolean(process.env.DATABASE_URL)
const keep = { replace: false }
const replace = { replace: true }
const otherName = `kh_other_${uuidv7().replaceAll('-', '')}`

let folder: string
/** A backup of two workspaces with something of everything, and what the database held then. */
let file: string
let held: Record<string, string[]>
let live: TestWorkspace
/** A database of the same kind as the test's own, with nothing in it at the start of every test. */
let other: Connection
let target: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyholder-backup-'))
  file = join(folder, 'whole.backup')
  other = await openOther()
  target = other.database
  ;({ live } = await createTwoWorkspaces())
  // What is easily lost on the way: a JSON value's null, quotes, line ends of all kinds, microseconds.
  await change(
    update('jobs', { job_id: live.jobId }, { cursor: 'null', actor_name: 'a "quoted"\\\n\r\u2028\t名 {}' }),
    update('users', { user_id: live.userId }, { updated_at: '2026-03-29 02:30:00.123456+05:30' }),
  )
  await writeBackupFile(await database(), file)
  held = await everythingIn(await database())
})

beforeEach(() => dropEverything(target))

afterAll(async () => {
  await other.close()
  if (isOnServer) await change(sql.raw(`drop database ${otherName}`))
  await rm(folder, { recursive: true, force: true })
})

async function openOther(): Promise<Connection> {
  if (!isOnServer) return connectToFolder('memory://')
  await change(sql.raw(`create database ${otherName}`))
  const url = new URL(process.env.DATABASE_URL ?? '')
  url.pathname = `/${otherName}`
  return connectToServer(url.href)
}

async function change(...statements: SQL[]): Promise<void> {
  for (const statement of statements) await rowsOf(statement)
}

/** Every row of every table as PostgreSQL itself writes it, columns that it works out included. */
async function everythingIn(connection: Database): Promise<Record<string, string[]>> {
  const tables = await rowsOf<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    connection,
  )
  const found: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await rowsOf<{ row: string }>(
      sql`select to_jsonb(t)::text as row from ${sql.identifier(name)} t`,
      connection,
    )
    found[name] = rows.map(({ row }) => row).sort()
  }
  return found
}

const textOf = async (path: string) => gunzipSync(await readFile(path)).toString()

function readsAs(compressed: Buffer, text: string): boolean {
  try {
    return gunzipSync(compressed).toString() === text
  } catch {
    return false
  }
}

async function writeLines(lines: string[]): Promise<string> {
  const path = join(folder, `${uuidv7()}.backup`)
  await writeFile(path, gzipSync(lines.map((line) => `${line}\n`).join('')))
  return path
}

/** A copy of the backup with its text changed. */
async function rewritten(rewrite: (text: string) => string): Promise<string> {
  const path = join(folder, `${uuidv7()}.backup`)
  await writeFile(path, gzipSync(rewrite(await textOf(file))))
  return path
}

describe('a backup', () => {
  test('is restored with every row of every table, and what guards them', async () => {
    const { sums, from, migratedTo } = await restoreBackupFile(target, file, keep)
    expect(await everythingIn(target)).toEqual(held)
    expect(Object.fromEntries(sums.map(({ table, rows }) => [table, rows]))).toEqual(
      Object.fromEntries(Object.entries(held).map(([table, rows]) => [table, rows.length])),
    )
    // Every table has rows that might be lost, but for one; a new table gets one in createTwoWorkspaces.
    expect(Object.keys(held).filter((table) => held[table]?.length === 0)).toEqual(['verifications'])
    expect([from, migratedTo]).toEqual([knownMigrations().at(-1), await newestMigration(await database())])

    // Foreign keys and triggers are as they were, and so is what counts on.
    const guards = sql`select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as rule
      from pg_constraint where connamespace = 'public'::regnamespace
      union all select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal
      union all select 'migration', hash, created_at::text from drizzle.__drizzle_migrations order by 1, 2, 3`
    expect(await rowsOf(guards, target)).toEqual(await rowsOf(guards))
    const counter = sql`select last_value::text, is_called from webhook_deliveries_position_seq`
    expect(await rowsOf(counter, target)).toEqual(await rowsOf(counter))
    const verdict = await rowsOf(sql`delete from events`, target).catch(verdictOf)
    expect(verdict).toMatchObject({ message: 'events are append-only' })
  })

  test('never takes the place of another file, and leaves nothing unfinished', async () => {
    const bytes = await readFile(file)
    await expect(writeBackupFile(await database(), file)).rejects.toThrow(/There is a file .* already/)
    expect(await readFile(file)).toEqual(bytes)
    await expect(writeBackupFile(await database(), join(folder, 'none', 'x'))).rejects.toThrow(/ENOENT/)
    await expect(writeBackupFile(target, join(folder, 'nothing.backup'))).rejects.toThrow(/no Keyholder/)
    expect((await readdir(folder)).filter((name) => /unfinished|nothing/.test(name))).toEqual([])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('is neither made of nor restored over a database that holds somebody else’s tables', async () => {
    await migrateWithin(target)
    await rowsOf(sql`create table invoices (id int)`, target)
    await expect(dumpDatabase(target, () => undefined)).rejects.toThrow(/tables that are not Keyholder’s: invoices\./)
    await expect(restoreBackupFile(target, file, replace)).rejects.toThrow(/not Keyholder’s: invoices\./)
  })
})

describe('what is not as it was written', () => {
  test('is refused wherever the file ends, before anything is touched', async () => {
    const whole = await readFile(file)
    const path = join(folder, 'cut.backup')
    for (const length of [0, 5, 20, 1000, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length))
      await expect(restoreBackupFile(target, path, keep), `${length} bytes`).rejects.toThrow(DamagedBackup)
    }
    expect(await everythingIn(target)).toEqual({})
  })

  // What only reads the file is tested once, not on both databases.
  test.skipIf(isOnServer)('is refused when any byte of it is another, but for those that say nothing', async () => {
    const whole = await readFile(file)
    const text = await textOf(file)
    const path = join(folder, 'changed.backup')
    // The first ten bytes are the compressed file's own: when and by which system it was made.
    for (let place = 10; place < whole.length; place += Math.ceil(whole.length / 40)) {
      const changed = Buffer.from(whole)
      changed[place] = (changed[place] ?? 0) ^ 0x10
      // Padding between compressed blocks can change without changing the text. It depends on the data.
      if (readsAs(changed, text)) continue
      await writeFile(path, changed)
      await expect(checkBackupFile(path), `byte ${place}`).rejects.toThrow(DamagedBackup)
    }
  })

  test.skipIf(isOnServer).each([
    ['a value changed', (text: string) => text.replace('Ada Owner', 'Eve Owner'), /The table \w+ is not what was/],
    ['a row less', (text: string) => text.replace(/\n\[.*/, ''), /The table \w+ is not what was written/],
    ['a table less', (text: string) => text.replace(/\n\{"table":"users"[^{]*/, '\n'), /The table users is not/],
    ['no end', (text: string) => text.slice(0, text.lastIndexOf('\n{"tables"') + 1), /Its end is missing/],
    ['half a last line', (text: string) => text.slice(0, -20), /Its last line is not whole/],
    ['something after its end', (text: string) => `${text}[]\n`, /Something follows/],
    ['another program’s lines', () => 'hello\n', /no JSON/],
    ['other JSON', () => '{"name":"keyholder"}\n', /that Keyholder does not write/],
    ['a later format', (text: string) => text.replace('_backup":1', '_backup":2'), /a newer one made it/],
  ])('is refused with %s', async (_, rewrite, problem) => {
    const refused = checkBackupFile(await rewritten(rewrite))
    await expect(refused).rejects.toThrow(problem)
    await expect(refused).rejects.toThrow(DamagedBackup)
  })

  test('is refused by the database where its sums are right, and changes nothing', async () => {
    // A member who is no user, as only somebody who makes the sums anew could write it.
    const lines = (await textOf(file))
      .replaceAll(live.userId, () => uuidv7())
      .split('\n')
      .slice(0, -2)
    const tallies: TableTally[] = []
    for (const line of lines.slice(1)) {
      if (line.startsWith('{')) tallies.push(new TableTally(JSON.parse(line) as TableHeading))
      else tallies.at(-1)?.addRow(line)
    }
    const path = await writeLines([
      ...lines,
      JSON.stringify({ tables: tallies.map((tally) => tally.sum()), counters: [] }),
    ])
    await restoreBackupFile(target, file, keep)
    const verdict = await restoreBackupFile(target, path, replace).catch(verdictOf)
    expect(verdict).toMatchObject({ code: '23503' })
    expect(await everythingIn(target)).toEqual(held)
  })
})

test('a database that is not empty keeps what it holds, its history too, unless it may be replaced', async () => {
  await migrateWithin(target)
  const workspaceId = uuidv7()
  await rowsOf(insertInto('workspaces', { workspace_id: workspaceId, slug: 'there', name: 'There' }), target)
  const ofSystem = { event_type: 'nothing.happened', actor_kind: 'system', actor_name: 'Nobody' }
  await rowsOf(insertInto('events', { workspace_id: workspaceId, event_id: uuidv7(), ...ofSystem }), target)
  const before = await everythingIn(target)
  const refused = restoreBackupFile(target, file, keep)
  await expect(refused).rejects.toThrow(RestoreRefused)
  await expect(refused).rejects.toThrow(
    'The database is not empty: there are rows in events, workspaces. Restore into an empty one, or add --replace to lose all that it holds.',
  )
  expect(await everythingIn(target)).toEqual(before)

  await restoreBackupFile(target, file, replace)
  expect(await everythingIn(target)).toEqual(held)
})

describe('a backup of another version', () => {
  test('that is older is migrated once its rows are in', async () => {
    const then = knownMigrations().find(({ name }) => name.startsWith('0005'))
    await migrateWithin(target, then)
    const workspaceId = uuidv7()
    const person = { workspace_id: workspaceId, user_identity_id: uuidv7(), full_name: 'Zoë  Smith' }
    await rowsOf(insertInto('workspaces', { workspace_id: workspaceId, slug: 'old', name: 'Old' }), target)
    await rowsOf(insertInto('user_identities', person), target)
    const path = join(folder, 'old.backup')
    await writeBackupFile(target, path)
    await migrateWithin(target)
    const migrated = await everythingIn(target)

    const { from, migratedTo } = await restoreBackupFile(target, path, replace)
    expect([from, migratedTo]).toEqual([then, knownMigrations().at(-1)])
    expect(await everythingIn(target)).toEqual(migrated)
  })

  test('that is newer is refused, and says what to do', async () => {
    const later = '"migration":{"name":"9999_later","made_at":9999999999999}'
    const path = await rewritten((text) => text.replace(/"migration":\{[^}]*\}/, later))
    const refused = restoreBackupFile(target, path, keep)
    await expect(refused).rejects.toThrow(RestoreRefused)
    await expect(refused).rejects.toThrow(/^A newer Keyholder made this backup: .* 9999_later, .* Update Keyholder/)
  })

  test('is neither made nor replaced where the database is newer', async () => {
    await migrateWithin(target)
    await rowsOf(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)`, target)
    await expect(dumpDatabase(target, () => undefined)).rejects.toThrow(/a Keyholder that is newer than this one/)
    await expect(restoreBackupFile(target, file, replace)).rejects.toThrow(/newer than this one/)
  })
})

test.runIf(isOnServer)('a backup has the database as it was at one moment, whatever is written meanwhile', async () => {
  const lines: string[] = []
  const late = { workspace_id: uuidv7() }
  await dumpDatabase(await database(), async (line) => {
    // The first table is being read; all others, which come later, change now.
    if (lines.push(line) !== 3) return
    await change(
      insertInto('workspaces', { ...late, slug: 'late', name: 'Late' }),
      insertInto('user_identities', { ...late, user_identity_id: uuidv7(), full_name: 'Late' }),
      update('user_identities', { user_identity_id: live.userIdentityId }, { full_name: 'Renamed' }),
    )
  })
  await restoreBackupFile(target, await writeLines(lines), keep)
  expect(await everythingIn(target)).toEqual(held)
})

describe('the demo', () => {
  beforeAll(async () => {
    const workspaceId = uuidv7()
    await change(insertInto('workspaces', { workspace_id: workspaceId, slug: 'demo', name: 'Demo' }))
    await (await database()).transaction((transaction) => fillDemoWorkspace(transaction, workspaceId))
  })

  test('is restored as it was', async () => {
    const path = join(folder, 'demo.backup')
    await writeBackupFile(await database(), path)
    await restoreBackupFile(target, path, keep)
    expect(await everythingIn(target)).toEqual(await everythingIn(await database()))
  })
})

describe.runIf(isOnServer)('the other kind of database', () => {
  let embedded: Connection
  beforeAll(async () => {
    embedded = await connectToFolder('memory://')
  })
  afterAll(() => embedded.close())

  test('is restored from the same file, and back', async () => {
    await restoreBackupFile(embedded.database, file, keep)
    const back = join(folder, 'back.backup')
    await writeBackupFile(embedded.database, back)
    const withoutMoment = (text: string) => text.replace(/"made_at":"[^"]*"/, '')
    expect(withoutMoment(await textOf(back))).toBe(withoutMoment(await textOf(file)))
    await restoreBackupFile(target, back, keep)
    expect(await everythingIn(target)).toEqual(held)
  })
})
