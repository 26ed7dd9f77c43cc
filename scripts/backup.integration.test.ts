/* `npm run backup`, `restore` and `db:move`, each time as a process of its own. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connectToFolder } from '@/db/backup/connection'
import { migrateWithin } from '@/db/backup/history'
import { offerStandstills } from '@/db/backup/standstill-server'
import { insertInto, rowsOf } from '@/db/testing/attempt'

const isOnServer = Boolean(process.env.DATABASE_URL)
/** Processes that each open a database of their own take their time on a busy machine. */
const patience = 120_000
let folder: string
let dataFolder: string
let held: Connection

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyholder-backup-commands-'))
  dataFolder = join(folder, 'data')
  held = await connectToFolder(dataFolder)
  await migrateWithin(held.database)
  await rowsOf(insertInto('workspaces', { workspace_id: uuidv7(), slug: 'moved', name: 'Moved' }), held.database)
}, patience)

afterAll(() => rm(folder, { recursive: true }))

function run(script: string, options: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', join('scripts', script), ...options], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataFolder, AUTH_SECRET: '', ...environment },
  })
  let output = ''
  let problems = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    problems += chunk
  })
  return new Promise<{ code: number | null; output: string; problems: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output, problems })),
  )
}

test.runIf(!isOnServer)('wrong command lines are answered with how it is done', { timeout: patience }, async () => {
  const cases = [
    ['backup.ts', [], 'The file is missing.'],
    ['backup.ts', ['a', '--replace'], '--replace'],
    ['restore.ts', ['a', 'b'], 'There is no place for “b”.'],
    ['db-move.ts', ['a'], 'There is no place for “a”.'],
  ] as const
  const runs = await Promise.all(cases.map(([script, options]) => run(script, [...options])))
  for (const [place, { code, output, problems }] of runs.entries()) {
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(problems).toContain(cases[place]?.[2])
    expect(problems).toContain('npm run --silent')
  }
})

test.runIf(!isOnServer)(
  'the embedded database is backed up while a server has it or nobody, and restored while nobody has',
  {
    timeout: 3 * patience,
  },
  async () => {
    const file = join(folder, 'keyholder.backup')
    const inUse = await run('backup.ts', [file])
    expect({ code: inUse.code, output: inUse.output }).toEqual({ code: 1, output: '' })
    expect(inUse.problems).toMatch(
      /^The data folder .* is in use by a process \(\d+\) that cannot be asked for a copy: .* run this again\.$/m,
    )
    const restoreInUse = await run('restore.ts', [file])
    expect(restoreInUse.problems).toMatch(
      /^Keyholder is running on the data folder .* Stop it, then run this again\.$/m,
    )

    const endStandstills = await offerStandstills(dataFolder, held.database)
    const ofRunning = join(folder, 'running.backup')
    const running = await run('backup.ts', [ofRunning])
    expect(running).toMatchObject({ code: 0, problems: '' })
    expect(running.output).toMatch(/^Backed up the embedded database in .*: 1 rows in \d+ tables, .* is whole\.$/m)
    const told = /^It has everything as it was at (.*)\. Keyholder went on running; requests waited for \d+ ms then\.$/m
    expect(running.output).toMatch(told)
    const [introduction = ''] = gunzipSync(await readFile(ofRunning))
      .toString()
      .split('\n', 1)
    expect(JSON.parse(introduction).made_at).toBe(told.exec(running.output)?.[1])
    expect((await run('backup.ts', [ofRunning])).problems).toMatch(/^There is a file .* already\./)
    expect(await readdir(dataFolder)).not.toContain('backup-copy')
    await endStandstills()
    await held.close()

    const missing = await run('backup.ts', [file], { DATA_DIR: join(folder, 'nothing') })
    expect(missing).toMatchObject({ code: 1, problems: expect.stringContaining('There is no embedded database in') })

    const backup = await run('backup.ts', [file])
    expect(backup).toMatchObject({ code: 0, problems: '' })
    expect(backup.output).toMatch(/^Backed up the embedded database in .*: 1 rows in \d+ tables, .* is whole\.$/m)

    const target = { DATA_DIR: join(folder, 'restored') }
    const restore = await run('restore.ts', [file], target)
    expect(restore).toMatchObject({ code: 0, problems: '' })
    expect(restore.output).toMatch(/^Restored 1 rows in .* they are the same\.$/m)
    const again = await run('restore.ts', [file], target)
    expect(again).toMatchObject({ code: 1, output: '', problems: expect.stringContaining('The database is not empty') })

    const nowhere = await run('db-move.ts', [])
    expect(nowhere).toMatchObject({ code: 1, problems: expect.stringContaining('DATABASE_URL is missing.') })
  },
)

test.runIf(isOnServer)(
  'the embedded database is moved to a server, and keeps what it has',
  {
    timeout: patience,
  },
  async () => {
    await held.close()
    const move = await run('db-move.ts', [], { DATABASE_URL: process.env.DATABASE_URL ?? '' })
    expect(move).toMatchObject({ code: 0, problems: '' })
    expect(move.output).toMatch(/^workspaces +1 → 1 +(\w{16}) → \1$/m)
    expect(move.output).toContain(`Set AUTH_SECRET to what ${join(dataFolder, 'auth-secret')} holds`)
    expect(await rowsOf(sql`select slug from workspaces`)).toEqual([{ slug: 'moved' }])
    held = await connectToFolder(dataFolder)
    expect(await rowsOf(sql`select slug from workspaces`, held.database)).toEqual([{ slug: 'moved' }])
    await held.close()
  },
)
