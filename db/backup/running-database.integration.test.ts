/* Backups of embedded databases that are in use; on a server, PostgreSQL itself sees to it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import type { Database } from '../client'
import { lockFile } from '../data-folder-lock'
import { insertInto, rowsOf } from '../testing/attempt'
import { type Connection, connectToFolder } from './connection'
import { connectToRunning } from './running-database'
import { NobodyToAsk, reachStandstill } from './standstill-client'
import { offerStandstills } from './standstill-server'
import { findStandstillSocket } from './standstill-socket'

const disk = vi.hoisted(() => ({ isFull: false }))
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>()
  const statfsSync = (path: string) => ({ ...original.statfsSync(path), ...(disk.isFull && { bavail: 1000 }) })
  return { ...original, statfsSync }
})

let parent: string
let folder: string
const writers = new Set<ChildProcess>()

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'keyholder-running-'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))
beforeEach(() => {
  folder = join(parent, uuidv7())
})
afterEach(() => {
  disk.isFull = false
  for (const child of writers) child.kill('SIGKILL')
})

/** A server's process that adds one workspace after another, and tells each that is committed. */
function startWriter() {
  const child = spawn(process.execPath, ['--import', 'tsx', join('db', 'testing', 'database-process.ts'), 'write'], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder },
  })
  writers.add(child)
  const lines: string[] = []
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      writers.delete(child)
      resolve()
    }),
  )
  return {
    acknowledged: () => lines.slice(1),
    /** Waits until it has acknowledged so many. */
    reach: (count: number) =>
      new Promise<void>((resolve, reject) => {
        const look = () => lines.length > count && resolve()
        reader.on('line', look)
        ended.then(() => reject(new Error(`It ended: ${errors}`)))
        look()
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function workspacesOf(connection: Database): Promise<Set<unknown>> {
  const found = await rowsOf(sql`select workspace_id from workspaces`, connection)
  return new Set(found.map(({ workspace_id }) => workspace_id))
}

const missing = (acknowledged: string[], found: Set<unknown>) => acknowledged.filter((id) => !found.has(id))

describe.runIf(!process.env.DATABASE_URL)('a database that is in use', () => {
  test('is copied as it was at one moment, loses nothing, and is copied again after its process was killed', async () => {
    const writer = startWriter()
    await writer.reach(300)
    const before = writer.acknowledged()
    const copy = await connectToRunning(folder)
    const after = writer.acknowledged()
    const copied = await workspacesOf(copy.database)
    expect(missing(before, copied)).toEqual([])
    // Nothing that was written later is in it, so its rows are the first of all that were ever written.
    await writer.reach(after.length + 100)
    const firstOfAll = writer.acknowledged().slice(0, copied.size)
    expect(missing(firstOfAll, copied)).toEqual([])
    expect(copied.size).toBeLessThan(writer.acknowledged().length)
    // Indexes and tables agree.
    const byIndex = sql`select count(*)::int as count from workspaces where slug >= ''`
    await copy.database.execute(sql`set enable_seqscan = off`)
    expect(await rowsOf(byIndex, copy.database)).toEqual([{ count: copied.size }])
    await copy.close()
    expect(existsSync(join(folder, 'backup-copy'))).toBe(false)

    await writer.kill()
    const next = startWriter()
    await next.reach(50)
    const again = await connectToRunning(folder)
    expect(
      missing([...writer.acknowledged(), ...next.acknowledged().slice(0, 50)], await workspacesOf(again.database)),
    ).toEqual([])
    await again.close()
    await next.kill()
    const live = await connectToFolder(folder)
    const found = await workspacesOf(live.database)
    expect(missing([...writer.acknowledged(), ...next.acknowledged()], found)).toEqual([])
    await live.close()
  })

  describe('by this process', () => {
    let live: Connection
    let end: (() => Promise<void>) | undefined
    const add = () =>
      rowsOf(insertInto('workspaces', { workspace_id: uuidv7(), slug: uuidv7(), name: 'Added' }), live.database)

    beforeEach(async () => {
      live = await openCopyOfTemplate()
    })
    afterEach(async () => {
      await end?.()
      end = undefined
      await live.close()
    })

    /** Opens an empty, migrated database in `folder`. */
    async function openCopyOfTemplate(): Promise<Connection> {
      cpSync(inject('databaseTemplate'), folder, { recursive: true })
      return connectToFolder(folder)
    }

    test('has requests wait while it stands still', async () => {
      end = await offerStandstills(folder, live.database)
      const socket = connect(findStandstillSocket(folder) ?? '')
      socket.write('hold\n')
      expect(String((await once(socket, 'data'))[0])).toBe('held\n')
      let isAdded = false
      const adding = add().then(() => {
        isAdded = true
      })
      await sleep(100)
      expect(isAdded).toBe(false)
      socket.write('release\n')
      expect(String((await once(socket, 'data'))[0])).toBe('released\n')
      await adding
    })

    test('has requests wait for no longer than may be', async () => {
      end = await offerStandstills(folder, live.database, 300)
      const tooLong = (await reachStandstill(folder)).during(() => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
      })
      await expect(tooLong).rejects.toThrow('or waited too long, while its files were being copied. Run it again.')
      await add()
    })

    test('goes on when who asked is gone, breaks off when it ends, and leaves no socket', async () => {
      end = await offerStandstills(folder, live.database)
      const socket = findStandstillSocket(folder) ?? ''
      expect(statSync(socket).mode & 0o777).toBe(0o600)
      const gone = (await reachStandstill(folder)).during(() => {
        throw new Error('No space left')
      })
      await expect(gone).rejects.toThrow('No space left')
      await add()

      const ending = (await reachStandstill(folder)).during(() => {
        void end?.()
      })
      await expect(ending).rejects.toThrow('Keyholder ended')
      await end()
      end = undefined
      expect(existsSync(socket)).toBe(false)
      await expect(reachStandstill(folder)).rejects.toThrow(NobodyToAsk)
    })

    test('is not copied for who says something else', async () => {
      end = await offerStandstills(folder, live.database)
      const socket = connect(findStandstillSocket(folder) ?? '')
      socket.write('hello\n')
      let answer = ''
      for await (const chunk of socket) answer += chunk
      expect(answer).toBe('')
    })

    test('leaves no copy where its disk is full, its process ends meanwhile or nobody answers, nor two at once', async () => {
      await expect(connectToRunning(folder)).rejects.toThrow(NobodyToAsk)
      end = await offerStandstills(folder, live.database)
      disk.isFull = true
      await expect(connectToRunning(folder)).rejects.toThrow(
        /^The disk of .* has \d+ MB free, and a backup .* needs [\d,]+ MB/,
      )
      disk.isFull = false
      const unlock = lockFile(join(folder, 'backup.lock'))
      await expect(connectToRunning(folder)).rejects.toThrow(
        /^Another backup of .* is being made\. Wait for it to end\.$/,
      )
      unlock?.()

      await end()
      const ends = createServer((socket) => socket.once('data', () => socket.destroy()))
      ends.listen(join(folder, 'backup.sock'))
      await expect(connectToRunning(folder)).rejects.toThrow(/^Keyholder ended, /)
      ends.close()
      expect(readdirSync(folder).filter((name) => name.startsWith('backup-'))).toEqual([])
    })

    test('removes the copy that a killed process has left', async () => {
      end = await offerStandstills(folder, live.database)
      mkdirSync(join(folder, 'backup-copy', 'postgres'), { recursive: true })
      writeFileSync(join(folder, 'backup-copy', 'postgres', 'PG_VERSION'), 'of another time')
      await add()
      const copy = await connectToRunning(folder)
      expect((await workspacesOf(copy.database)).size).toBe(1)
      await copy.close()
    })

    test('is reached where its folder has too long a name for a socket', async () => {
      await live.close()
      folder = join(folder, 'a folder of a long name '.repeat(4), 'and one within it of a name as long')
      live = await openCopyOfTemplate()
      const note = join(folder, 'backup.sock.path')
      end = await offerStandstills(folder, live.database)
      const killed = readFileSync(note, 'utf8').trim()
      // The next one finds what a killed one has left.
      const endNext = await offerStandstills(folder, live.database)
      const socket = readFileSync(note, 'utf8').trim()
      expect(existsSync(dirname(killed))).toBe(false)
      const copy = await connectToRunning(folder)
      await copy.close()
      expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
      await endNext()
      expect([note, dirname(socket)].filter((path) => existsSync(path))).toEqual([])
    })
  })
})
