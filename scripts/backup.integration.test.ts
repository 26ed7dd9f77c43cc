/* `npm run backup`, `restore` and `db:move`: each once as a process, else within this one. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Connection, connectToFolder } from '@/db/backup/connection'
import { migrateWithin } from '@/db/backup/history'
import { offerStandstills } from '@/db/backup/standstill-server'
import { insertInto, rowsOf } from '@/db/testing/attempt'
import { backupCommand } from './backup'
import { type BackupCommand, runBackupCommand } from './backup-command'
import { moveCommand } from './db-move'
import { restoreCommand } from './restore'
import { runScript } from './testing/run-script'

const isOnServer = Boolean(process.env.DATABASE_URL)
let folder: string
let dataFolder: string
let held: Connection

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyholder-backup-commands-'))
  dataFolder = join(folder, 'data')
  held = await connectToFolder(dataFolder)
  await migrateWithin(held.database)
  await rowsOf(insertInto('workspaces', { workspace_id: uuidv7(), slug: 'moved', name: 'Moved' }), held.database)
})

afterAll(() => rm(folder, { recursive: true }))

/** What the commands get from the environment. */
const variables = (more: Record<string, string> = {}) => ({
  ...{ DATABASE_URL: '', DATA_DIR: dataFolder, AUTH_SECRET: '' },
  ...more,
})

function start(script: 'backup' | 'restore' | 'db-move', options: string[], more?: Record<string, string>) {
  return runScript(script, options, variables(more))
}

async function run(command: BackupCommand, options: string[], more?: Record<string, string>) {
  for (const [name, value] of Object.entries(variables(more))) vi.stubEnv(name, value)
  try {
    return await runBackupCommand(command, options)
  } finally {
    vi.unstubAllEnvs()
  }
}

test.runIf(!isOnServer).each([
  [backupCommand, [], 'The file is missing.'],
  [backupCommand, ['a', '--replace'], '--replace'],
  [restoreCommand, ['a', 'b'], 'There is no place for “b”.'],
  [moveCommand, ['a'], 'There is no place for “a”.'],
])('wrong command lines are answered with how it is done: %#', async (command, options, problem) => {
  const { code, output, problems } = await run(command, options)
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(problems).toContain(problem)
  expect(problems).toContain('npm run --silent')
})

test.runIf(!isOnServer)(
  'the embedded database is backed up while a server has it or nobody, and restored while nobody has',
  async () => {
    const file = join(folder, 'keyholder.backup')
    const inUse = await run(backupCommand, [file])
    expect({ code: inUse.code, output: inUse.output }).toEqual({ code: 1, output: '' })
    expect(inUse.problems).toMatch(
      /^The data folder .* is in use by a process \(\d+\) that cannot be asked for a copy: .* run this again\.$/m,
    )
    const restoreInUse = await run(restoreCommand, [file])
    expect(restoreInUse.problems).toMatch(
      /^Keyholder is running on the data folder .* Stop it, then run this again\.$/m,
    )

    const endStandstills = await offerStandstills(dataFolder, held.database)
    const ofRunning = join(folder, 'running.backup')
    const running = await start('backup', [ofRunning])
    expect(running).toMatchObject({ code: 0, problems: '' })
    expect(running.output).toMatch(/^Backed up the embedded database in .*: 1 rows in \d+ tables, .* is whole\.$/m)
    const told = /^It has everything as it was at (.*)\. Keyholder went on running; requests waited for \d+ ms then\.$/m
    expect(running.output).toMatch(told)
    const [introduction = ''] = gunzipSync(await readFile(ofRunning))
      .toString()
      .split('\n', 1)
    expect(JSON.parse(introduction).made_at).toBe(told.exec(running.output)?.[1])
    expect((await run(backupCommand, [ofRunning])).problems).toMatch(/^There is a file .* already\./)
    expect(await readdir(dataFolder)).not.toContain('backup-copy')
    await endStandstills()
    await held.close()

    const missing = await run(backupCommand, [file], { DATA_DIR: join(folder, 'nothing') })
    expect(missing).toMatchObject({ code: 1, problems: expect.stringContaining('There is no embedded database in') })

    const backup = await run(backupCommand, [file])
    expect(backup).toMatchObject({ code: 0, problems: '' })
    expect(backup.output).toMatch(/^Backed up the embedded database in .*: 1 rows in \d+ tables, .* is whole\.$/m)

    const target = { DATA_DIR: join(folder, 'restored') }
    const restore = await start('restore', [file], target)
    expect(restore).toMatchObject({ code: 0, problems: '' })
    expect(restore.output).toMatch(/^Restored 1 rows in .* they are the same\.$/m)
    const again = await run(restoreCommand, [file], target)
    expect(again).toMatchObject({ code: 1, output: '', problems: expect.stringContaining('The database is not empty') })

    const nowhere = await run(moveCommand, [])
    expect(nowhere).toMatchObject({ code: 1, problems: expect.stringContaining('DATABASE_URL is missing.') })
  },
)

test.runIf(isOnServer)('the embedded database is moved to a server, and keeps what it has', async () => {
  await held.close()
  const move = await start('db-move', [], { DATABASE_URL: process.env.DATABASE_URL ?? '' })
  expect(move).toMatchObject({ code: 0, problems: '' })
  expect(move.output).toMatch(/^workspaces +1 → 1 +(\w{16}) → \1$/m)
  expect(move.output).toContain(`Set AUTH_SECRET to what ${join(dataFolder, 'auth-secret')} holds`)
  expect(await rowsOf(sql`select slug from workspaces`)).toEqual([{ slug: 'moved' }])
  held = await connectToFolder(dataFolder)
  expect(await rowsOf(sql`select slug from workspaces`, held.database)).toEqual([{ slug: 'moved' }])
  await held.close()
})
