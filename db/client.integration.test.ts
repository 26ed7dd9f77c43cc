/* What several processes do to one database, each of them a real one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { closeDatabase, database, listenToQueries } from './client'
import { rowsOf } from './testing/attempt'
import { databaseOnServer, onServer } from './testing/test-server'

const serverUrl = process.env.DATABASE_URL
const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

function startProcess(mode: 'hold' | 'write' | 'list', environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', join('db', 'testing', 'database-process.ts'), mode], {
    env: { ...process.env, ...environment },
  })
  running.add(child)
  const lines: string[] = []
  let errors = ''
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child)
      resolve(code)
    }),
  )
  return {
    pid: child.pid,
    lines,
    errors: () => errors,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    /** Waits until it has told so many lines. */
    told: (count: number) =>
      new Promise<void>((resolve, reject) => {
        const look = () => lines.length >= count && resolve()
        reader.on('line', look)
        ended.then((code) => reject(new Error(`It ended with ${code}: ${errors}`)))
        look()
      }),
  }
}

if (!serverUrl) {
  describe('the embedded database', () => {
    let folder: string
    let embedded: Record<string, string>

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'keyholder-client-test-'))
      embedded = { DATABASE_URL: '', DATA_DIR: join(folder, 'made', 'if need be') }
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    test('refuses a second process, says who holds the folder and what to do, and is free again when the holder is killed', async () => {
      const holder = startProcess('hold', embedded)
      await holder.told(1)

      const refused = startProcess('list', embedded)
      expect(await refused.ended).toBe(1)
      expect(refused.errors().trim()).toBe(
        `The data folder ${embedded.DATA_DIR} is in use by another Keyholder process (process ${holder.pid}). ` +
          'Stop that process first, choose another folder with DATA_DIR, or set DATABASE_URL to a PostgreSQL server that several processes may share.',
      )
      expect(refused.lines).toEqual([])

      await holder.kill()
      const next = startProcess('list', embedded)
      expect(await next.ended).toBe(0)
      expect(next.errors()).toBe('')
    })

    test('of several processes that start together, lets one in', async () => {
      const together = { ...embedded, DATA_DIR: join(folder, 'together') }
      const processes = Array.from({ length: 3 }, () => startProcess('hold', together))
      const outcomes = await Promise.allSettled(processes.map((process) => process.told(1)))
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    })

    test('has every acknowledged write after its process was killed in the middle of writing', async () => {
      const acknowledged: string[] = []
      for (const target of [50, 400]) {
        const writer = startProcess('write', embedded)
        await writer.told(1 + target)
        await writer.kill()
        acknowledged.push(...writer.lines.slice(1))
      }
      const reader = startProcess('list', embedded)
      expect(await reader.ended).toBe(0)
      const found = new Set(reader.lines)
      expect(acknowledged.length).toBeGreaterThanOrEqual(450)
      expect(acknowledged.filter((workspaceId) => !found.has(workspaceId))).toEqual([])
    })
  })
}

if (serverUrl) {
  describe('a PostgreSQL server', () => {
    test('is migrated once by four processes that start together, and all of them succeed', async () => {
      const migrations = (await readdir('db/migrations')).filter((name) => name.endsWith('.sql')).length
      const name = `kh_blank_${uuidv7().replaceAll('-', '')}`
      await onServer(serverUrl, `create database ${name}`)
      try {
        const blank = { DATABASE_URL: databaseOnServer(serverUrl, name) }
        const processes = Array.from({ length: 4 }, () => startProcess('list', blank))
        for (const { ended, lines, errors } of processes) {
          expect(await ended, errors()).toBe(0)
          expect(lines).toEqual(['open', `migrations: ${migrations}`])
        }
      } finally {
        await onServer(serverUrl, `drop database ${name}`)
      }
    })

    test('out of reach is an error at once, and is tried anew by the next who asks', async () => {
      const right = process.env.DATABASE_URL
      await closeDatabase()
      process.env.DATABASE_URL = 'postgres://postgres@127.0.0.1:1/none'
      await expect(database()).rejects.toThrow(/ECONNREFUSED/)
      process.env.DATABASE_URL = right
      await expect(database()).resolves.toBeDefined()
    })
  })
}

describe('the database of a process', () => {
  test('is one, however many ask for it at once', async () => {
    const asked = await Promise.all([database(), database(), database()])
    expect(new Set(asked).size).toBe(1)
  })

  test('tells every statement to who listens, and no more once nobody does', async () => {
    const statements: string[] = []
    listenToQueries((statement) => statements.push(statement))
    await rowsOf(sql`select 1 as one`)
    listenToQueries(undefined)
    await rowsOf(sql`select 2 as two`)
    expect(statements).toEqual(['select 1 as one'])
  })

  test('is opened again after it was closed', async () => {
    await database()
    await closeDatabase()
    expect(await rowsOf(sql`select 1 as one`)).toEqual([{ one: 1 }])
  })
})

test('between statements that follow one another at once, everything else gets a turn', async () => {
  const connection = await database()
  let [isOver, longest] = [false, 0]
  const watch = async () => {
    while (!isOver) {
      const before = statements
      await setImmediate()
      longest = Math.max(longest, statements - before)
    }
  }
  let statements = 0
  const watching = watch()
  while (statements < 300) {
    // Some milliseconds each, however fast the machine is.
    await connection.execute(sql`select count(*) from generate_series(1, 20000)`)
    statements++
  }
  isOver = true
  await watching
  expect(longest).toBeLessThan(50)
})
