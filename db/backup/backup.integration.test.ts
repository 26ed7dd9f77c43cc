/* Backups of the test's own database, restored into others. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { database } from '../client'
import { fillDemoWorkspace } from '../demo/fill-demo-workspace'
import { attempt, deleteFrom, insertInto, rowsOf, update } from '../testing/attempt'
import { createTwoWorkspaces, type TestWorkspace } from '../testing/two-workspaces'
import { type Connection, connectToFolder, connectToServer } from './connection'
import { dumpDatabase } from './dump'
import { checkBackupFile, restoreBackupFile, writeBackupFile } from './file'
import { DamagedBackup } from './format'
import { knownMigrations, migrateWithin, newestMigration } from './history'
import { RestoreRefused } from './restore'

const isOnServer = Boolean(process.env.DATABASE_URL)
const keep = { replace: false }
let folder: string
let file: string
let live: TestWorkspace
const others: { connection: Connection; drop: () => Promise<void> }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyholder-backup-'))
  file = join(folder, 'whole.backup')
  ;({ live } = await createTwoWorkspaces())
  const demoId = uuidv7()
  const connection = await database()
  await connection.execute(insertInto('workspaces', { workspace_id: demoId, slug: 'demo', name: 'Demo' }))
  await connection.transaction((transaction) => fillDemoWorkspace(transaction, demoId))
  // What is easily lost on the way: a JSON value's null, quotes, line ends of all kinds, microseconds.
  await connection.execute(
    update('jobs', { job_id: live.jobId }, { cursor: 'null', actor_name: 'a "quoted"\\\n\r\u2028\t名 {}' }),
  )
  await connection.execute(
    update('users', { user_id: live.userId }, { updated_at: '2026-03-29 02:30:00.123456+05:30' }),
  )
  await writeBackupFile(connection, file)
})

afterEach(async () => {
  for (const { connection, drop } of others.splice(0)) {
    await connection.close()
    await drop()
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** A database without anything, of the kind that these tests run on. */
async function emptyDatabase(kind: 'embedded' | 'server' = isOnServer ? 'server' : 'embedded') {
  if (kind === 'embedded') {
    const connection = await connectToFolder('memory://')
    others.push({ connection, drop: async () => undefined })
    return connection.database
  }
  const name = `kh_restored_${uuidv7().replaceAll('-', '')}`
  await rowsOf(sql.raw(`create database ${name}`))
  const url = new URL(process.env.DATABASE_URL ?? '')
  url.pathname = `/${name}`
  const connection = await connectToServer(url.href)
  others.push({ connection, drop: async () => void (await rowsOf(sql.raw(`drop database ${name}`))) })
  return connection.database
}

/** Every row of every table as PostgreSQL itself writes it, columns that it works out included. */
async function everything(connection = database()) {
  const one = await connection
  const tables = await rowsOf<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    one,
  )
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    found[name] = await rowsOf(
      sql`select to_jsonb(t)::text as row from ${sql.identifier(name)} t order by to_jsonb(t)::text collate "C"`,
      one,
    )
  }
  return found
}

/** A copy of the backup with its text changed. */
async function rewritten(change: (text: string) => string): Promise<string> {
  const path = join(folder, `${uuidv7()}.backup`)
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file)).toString())))
  return path
}

describe('a backup', () => {
  test('is restored with every row of every table, and what guards them', async () => {
    const target = await emptyDatabase()
    const { sums, migratedTo } = await restoreBackupFile(target, file, keep)
    const before = await everything()
    expect(await everything(Promise.resolve(target))).toEqual(before)
    expect(Object.fromEntries(sums.map(({ table, rows }) => [table, rows]))).toEqual(
      Object.fromEntries(Object.entries(before).map(([table, rows]) => [table, rows.length])),
    )
    expect(migratedTo).toEqual(await newestMigration(await database()))
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([['verifications', []]])

    // Foreign keys and triggers are as they were, and so is what counts on.
    const guards = sql`select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as rule
      from pg_constraint where connamespace = 'public'::regnamespace
      union all select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal
      union all select 'migration', hash, created_at::text from drizzle.__drizzle_migrations order by 1, 2, 3`
    expect(await rowsOf(guards, target)).toEqual(await rowsOf(guards))
    const counter = sql`select last_value::text, is_called from webhook_deliveries_position_seq`
    expect(await rowsOf(counter, target)).toEqual(await rowsOf(counter))
  })

  test('of one kind of database is restored into the other', async () => {
    if (!isOnServer) return
    const target = await emptyDatabase('embedded')
    await restoreBackupFile(target, file, keep)
    expect(await everything(Promise.resolve(target))).toEqual(await everything())
    const back = await emptyDatabase('server')
    const fromEmbedded = join(folder, 'embedded.backup')
    await writeBackupFile(target, fromEmbedded)
    await restoreBackupFile(back, fromEmbedded, keep)
    expect(await everything(Promise.resolve(back))).toEqual(await everything())
  })

  test('has one state of the database, whatever is written meanwhile', async () => {
    if (!isOnServer) return
    const before = await everything()
    const lines: string[] = []
    const late = uuidv7()
    await dumpDatabase(await database(), async (line) => {
      lines.push(line)
      // The first table is being read: all others, which come later, change now.
      if (lines.length !== 3) return
      const connection = await database()
      await connection.execute(insertInto('workspaces', { workspace_id: late, slug: 'late', name: 'Late' }))
      await connection.execute(
        insertInto('user_identities', { workspace_id: late, user_identity_id: uuidv7(), full_name: 'Late' }),
      )
      await connection.execute(
        update('user_identities', { user_identity_id: live.userIdentityId }, { full_name: 'Renamed' }),
      )
    })
    const path = join(folder, 'snapshot.backup')
    await writeFile(path, gzipSync(`${lines.join('\n')}\n`))
    const target = await emptyDatabase()
    await restoreBackupFile(target, path, keep)
    expect(await everything(Promise.resolve(target))).toEqual(before)

    await rowsOf(update('user_identities', { user_identity_id: live.userIdentityId }, { full_name: 'Jane Doe' }))
    await rowsOf(deleteFrom('user_identities', { workspace_id: late }))
    await rowsOf(deleteFrom('workspaces', { workspace_id: late }))
  })

  test('never takes the place of another file, and leaves nothing unfinished', async () => {
    const text = await readFile(file)
    await expect(writeBackupFile(await database(), file)).rejects.toThrow(/There is a file .* already/)
    expect(await readFile(file)).toEqual(text)
    await expect(writeBackupFile(await database(), join(folder, 'none', 'x'))).rejects.toThrow(/ENOENT/)
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('is not made of a database without Keyholder, or with somebody else’s tables', async () => {
    const empty = await emptyDatabase()
    await expect(dumpDatabase(empty, () => undefined)).rejects.toThrow(/no Keyholder in this database yet/)
    await migrateWithin(empty)
    await rowsOf(sql`create table invoices (id int)`, empty)
    await expect(dumpDatabase(empty, () => undefined)).rejects.toThrow(/tables that are not Keyholder’s: invoices\./)
    await expect(restoreBackupFile(empty, file, { replace: true })).rejects.toThrow(/not Keyholder’s: invoices/)
  })
})

describe('what is not as it was written', () => {
  test('is refused wherever the file ends, before anything is touched', async () => {
    const target = await emptyDatabase()
    const whole = await readFile(file)
    const path = join(folder, 'cut.backup')
    for (const length of [0, 5, 20, 1000, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length))
      await expect(restoreBackupFile(target, path, keep), `${length} bytes`).rejects.toThrow(DamagedBackup)
    }
    expect(await everything(Promise.resolve(target))).toEqual({})
  })

  test('is refused when any byte of it is another, but for those that say nothing', async () => {
    const whole = await readFile(file)
    const path = join(folder, 'changed.backup')
    // The first ten bytes are the compressed file's own: when and by which system it was made.
    for (let place = 10; place < whole.length; place += Math.ceil(whole.length / 40)) {
      const changed = Buffer.from(whole)
      changed[place] = (changed[place] ?? 0) ^ 0x10
      await writeFile(path, changed)
      await expect(checkBackupFile(path), `byte ${place}`).rejects.toThrow(DamagedBackup)
    }
  })

  test.each([
    ['a value', (text: string) => text.replace('Ada Owner', 'Eve Owner'), /The table \w+ is not what was written/],
    ['a row less', (text: string) => text.replace(/\n\[.*/, ''), /The table \w+ is not what was written/],
    ['a table less', (text: string) => text.replace(/\n\{"table":"users"[^{]*/, '\n'), /The table users is not/],
    ['no end', (text: string) => text.slice(0, text.lastIndexOf('\n{"tables"') + 1), /Its end is missing/],
    ['half a last line', (text: string) => text.slice(0, -20), /Its last line is not whole/],
    ['something after the end', (text: string) => `${text}[]\n`, /Something follows/],
    ['another program’s lines', () => 'hello\n', /no JSON/],
    ['other JSON', () => '{"name":"keyholder"}\n', /that Keyholder does not write/],
    ['a later format', (text: string) => text.replace('_backup":1', '_backup":2'), /a newer one made it/],
  ])('is refused with %s', async (_, change, problem) => {
    const refused = checkBackupFile(await rewritten(change))
    await expect(refused).rejects.toThrow(problem)
    await expect(refused).rejects.toThrow(DamagedBackup)
  })

  test('is refused by the database too, which then holds what it held', async () => {
    // As if somebody had made the checksums anew for a member of no workspace.
    const target = await emptyDatabase()
    const lines: string[] = []
    await restoreBackupFile(target, file, keep)
    const before = await everything(Promise.resolve(target))
    await rowsOf(sql`alter table workspace_members drop constraint workspace_members_user_id_users_user_id_fk`, target)
    await rowsOf(
      insertInto('workspace_members', { workspace_id: live.workspaceId, user_id: uuidv7(), role: 'viewer' }),
      target,
    )
    await dumpDatabase(target, (line) => void lines.push(line))
    const path = join(folder, 'orphan.backup')
    await writeFile(path, gzipSync(`${lines.join('\n')}\n`))
    const second = await emptyDatabase()
    await restoreBackupFile(second, file, keep)
    await expect(restoreBackupFile(second, path, { replace: true })).rejects.toThrow()
    expect(await everything(Promise.resolve(second))).toEqual(before)
  })
})

describe('a database that is not empty', () => {
  test('keeps what it holds, unless it may be replaced', async () => {
    const target = await emptyDatabase()
    await migrateWithin(target)
    await rowsOf(insertInto('workspaces', { workspace_id: uuidv7(), slug: 'there', name: 'There' }), target)
    const before = await everything(Promise.resolve(target))
    const refused = restoreBackupFile(target, file, keep)
    await expect(refused).rejects.toThrow(RestoreRefused)
    await expect(refused).rejects.toThrow(
      'The database is not empty: there are rows in workspaces. Restore into an empty one, or add --replace to lose all that it holds.',
    )
    expect(await everything(Promise.resolve(target))).toEqual(before)
    await restoreBackupFile(target, file, { replace: true })
    expect(await everything(Promise.resolve(target))).toEqual(await everything())
  })

  test('is emptied of a history that nobody may change', async () => {
    const target = await emptyDatabase()
    await restoreBackupFile(target, file, keep)
    await restoreBackupFile(target, file, { replace: true })
    expect(await everything(Promise.resolve(target))).toEqual(await everything())
  })
})

describe('a backup of another version', () => {
  test('that is older is migrated after its rows are in', async () => {
    const old = await emptyDatabase()
    const before = knownMigrations().find(({ name }) => name.startsWith('0005'))
    await migrateWithin(old, before)
    const workspaceId = uuidv7()
    await rowsOf(insertInto('workspaces', { workspace_id: workspaceId, slug: 'old', name: 'Old' }), old)
    const person = { workspace_id: workspaceId, user_identity_id: uuidv7(), full_name: 'Zoë  Smith' }
    await rowsOf(insertInto('user_identities', person), old)
    const path = join(folder, 'old.backup')
    await writeBackupFile(old, path)

    const target = await emptyDatabase()
    const { from, migratedTo } = await restoreBackupFile(target, path, keep)
    expect([from, migratedTo]).toEqual([before, knownMigrations().at(-1)])
    await migrateWithin(old)
    expect(await everything(Promise.resolve(target))).toEqual(await everything(Promise.resolve(old)))
  })

  test('that is newer is refused, and says what to do', async () => {
    const path = await rewritten((text) =>
      text.replace(/"migration":\{[^}]*\}/, '"migration":{"name":"9999_later","made_at":9999999999999}'),
    )
    const refused = restoreBackupFile(await emptyDatabase(), path, keep)
    await expect(refused).rejects.toThrow(RestoreRefused)
    await expect(refused).rejects.toThrow(/^A newer Keyholder made this backup: .* 9999_later, .* Update Keyholder/)
  })

  test('is not made or replaced by this one, if it is newer', async () => {
    const target = await emptyDatabase()
    await migrateWithin(target)
    await rowsOf(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)`, target)
    await expect(dumpDatabase(target, () => undefined)).rejects.toThrow(/a Keyholder that is newer than this one/)
    await expect(restoreBackupFile(target, file, { replace: true })).rejects.toThrow(/newer than this one/)
  })
})

test('what was restored holds to the rules', async () => {
  const target = await emptyDatabase()
  await restoreBackupFile(target, file, keep)
  await expect(rowsOf(sql`delete from events`, target)).rejects.toThrow()
  expect(await attempt(sql`delete from events`)).toMatchObject({ message: 'events are append-only' })
})
