/*
 * npm run bench:import -- [rows]: how long an import of people takes, beside reading the same file and
 * inserting its rows with nothing checked, in the same run. On the database that DATABASE_URL names, else
 * on an embedded one of its own; what it makes is removed again.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { closeDatabase, database, withinTransaction } from '@/db/client'
import { insertAll } from '@/db/insert-all'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaces } from '@/db/schema/workspaces'
import type { Actor } from '@/lib/events/actor'
import { applyImport, checkImport, receiveFile } from '@/lib/import/commands'
import { readFile } from '@/lib/import/file'
import { importJobHandlers } from '@/lib/import/job-handlers'
import { getImport } from '@/lib/import/queries'
import { takeStep } from '@/lib/jobs/runner'
import { emptySandboxWorkspace } from '@/lib/workspaces/commands'

const rowCount = Number(process.argv[2] ?? 100_000)
const mapping = { user_identity_key: 0, full_name: 1, email_address: 2, phone_number: 3 }

/** So many people as CSV. */
function fileOf(rows: number): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, n) => `K${n},Person ${n} Of Bench,person${n}@example.com,+1415${String(2_000_000 + n)}`,
  )
  return Buffer.from(`Key,Name,Email,Phone\n${lines.join('\n')}\n`)
}

async function addWorkspace(): Promise<Actor> {
  const workspaceId = uuidv7()
  const connection = await database()
  await connection
    .insert(workspaces)
    .values({ workspaceId, slug: `bench-${workspaceId}`, name: 'Bench', isSandbox: true })
  return { workspaceId, kind: 'system', id: null, name: 'Bench' }
}

async function removeWorkspace({ workspaceId }: Actor): Promise<void> {
  await withinTransaction((transaction) => emptySandboxWorkspace(transaction, workspaceId))
  const connection = await database()
  await connection.delete(workspaces).where(eq(workspaces.workspaceId, workspaceId))
}

async function timed<Value>(what: string, run: () => Promise<Value>): Promise<{ seconds: number; value: Value }> {
  const before = performance.now()
  const value = await run()
  const seconds = (performance.now() - before) / 1000
  console.log(`${what.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s`)
  return { seconds, value }
}

/** Reads the file and inserts its rows as they are: the least that could be done. */
async function insertPlainly({ workspaceId }: Actor, bytes: Buffer): Promise<void> {
  const { batches } = await readFile(bytes, 1000)
  for await (const batch of batches) {
    await withinTransaction((transaction) =>
      insertAll(
        transaction,
        userIdentities,
        batch.map(({ cells: [userIdentityKey, fullName, emailAddress, phoneNumber] }) => ({
          ...{ workspaceId, userIdentityId: uuidv7(), userIdentityKey, fullName, emailAddress, phoneNumber },
          // What has a default is given here, as the statement names every column.
          ...{ version: 1, createdAt: new Date(), updatedAt: new Date() },
        })),
      ),
    )
  }
}

async function runJobs(): Promise<number> {
  let longest = 0
  for (;;) {
    const before = performance.now()
    if (!(await takeStep(importJobHandlers))) return longest
    longest = Math.max(longest, performance.now() - before)
  }
}

const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
process.env.DATA_DIR = folder
try {
  const bytes = fileOf(rowCount)
  const [plain, admin] = [await addWorkspace(), await addWorkspace()]
  console.log(
    `${rowCount.toLocaleString('en')} rows, on ${process.env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database'}`,
  )
  const baseline = await timed('Reading the file and inserting its rows', () => insertPlainly(plain, bytes))
  const received = await timed('Import: receiving', () =>
    receiveFile(admin, { name: 'bench.csv', bytes }, { kind: 'user_identities' }),
  )
  const { importId } = received.value
  await checkImport(admin, { import_id: importId, mapping })
  const checked = await timed('Import: checking', runJobs)
  await applyImport(admin, { import_id: importId, conflict_choice: 'skip', applies_removals: false })
  const applied = await timed('Import: applying, with its events', runJobs)
  const { outcomes } = await getImport(admin.workspaceId, importId)
  const whole = received.seconds + checked.seconds + applied.seconds
  console.log(`Outcome: ${JSON.stringify(outcomes)}`)
  console.log(`The longest step held the database for ${Math.max(checked.value, applied.value).toFixed(0)} ms.`)
  console.log(
    `The import took ${(whole / baseline.seconds).toFixed(2)} times as long, applying alone ${(applied.seconds / baseline.seconds).toFixed(2)} times.`,
  )
  await removeWorkspace(plain)
  await removeWorkspace(admin)
} finally {
  await closeDatabase()
  await rm(folder, { recursive: true, force: true })
}
