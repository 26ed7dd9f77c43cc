/* A server that is killed in the middle of an import: nothing is lost, and nothing is done twice. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { events } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import { takeStep } from '@/lib/background/jobs/runner'
import { addWorkspace } from '@/lib/testing/test-data'
import { applyImport, checkImport, receiveFile, undoImport } from './commands'
import { importJobHandlers } from './job-handlers'
import { getImport } from './queries'

const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Has another process do the jobs, on this test's database; gives how it ended. */
async function work({ killAfterSteps }: { killAfterSteps?: number } = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', join('lib', 'imports', 'job-process.ts')])
  running.add(child)
  let [steps, errors] = [0, '']
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  createInterface({ input: child.stdout }).on('line', async () => {
    if (++steps !== killAfterSteps) return
    // Before its commit or just after it: both happen.
    await sleep(20 * Math.random())
    child.kill('SIGKILL')
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  running.delete(child)
  if (killAfterSteps === undefined) expect(errors).toBe('')
  return { code, steps }
}

test('an import and its undo that are killed end as if they never were', async () => {
  const admin = await addWorkspace()
  const rowCount = 450
  const keys = Array.from({ length: rowCount }, (_, index) => `K${index}`)
  const bytes = Buffer.from(`Key,Name\n${keys.map((key) => `${key},Person ${key}`).join('\n')}\n`)
  const { importId } = await receiveFile(admin, { name: 'many.csv', chunks: [bytes] }, { kind: 'user_identities' })
  await checkImport(admin, { import_id: importId, mapping: { user_identity_key: 0, full_name: 1 } })

  while (await takeStep(importJobHandlers));

  /** Lets processes work, the first one only until it is killed, while this one is out of their way. */
  const withKill = async () => {
    await closeDatabase()
    expect(await work({ killAfterSteps: 2 })).toEqual({ code: null, steps: 2 })
    expect(await work()).toMatchObject({ code: 0 })
  }
  const people = async () => {
    const connection = await database()
    const rows = await connection
      .select({ key: userIdentities.userIdentityKey })
      .from(userIdentities)
      .where(eq(userIdentities.workspaceId, admin.workspaceId))
    return rows.map(({ key }) => key).sort()
  }
  const count = async (eventType: string) => {
    const connection = await database()
    return connection.$count(events, and(eq(events.workspaceId, admin.workspaceId), eq(events.eventType, eventType)))
  }

  await applyImport(admin, { import_id: importId, conflict_choice: 'skip', applies_removals: false })
  await withKill()
  expect(await getImport(admin.workspaceId, importId)).toMatchObject({
    ...{ state: 'applied', outcomes: { created: rowCount } },
    job: { state: 'done', done: rowCount, total: rowCount },
  })
  expect(await people()).toEqual(keys.sort())
  expect(await count('user_identity.created')).toBe(rowCount)

  await undoImport(admin, importId)
  await withKill()
  expect(await getImport(admin.workspaceId, importId)).toMatchObject({
    state: 'undone',
    outcomes: { undone: rowCount },
  })
  expect(await people()).toEqual([])
  expect(await count('user_identity.deleted')).toBe(rowCount)
}, 240_000)
