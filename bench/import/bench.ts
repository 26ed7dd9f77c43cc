/*
 * npm run bench:import -- [rows [user_identities|acs_users]]: how long an import takes, of people unless said
 * otherwise, beside reading the same file and inserting its rows with nothing checked, in the same run. On
 * the database that DATABASE_URL names, else on an embedded one of its own; what it makes is removed again.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { closeDatabase, database, withinTransaction } from '@/db/client'
import { insertAll } from '@/db/insert-all'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaces } from '@/db/schema/workspaces'
import { emptySandboxWorkspace } from '@/lib/accounts/workspaces/commands'
import { takeStep } from '@/lib/background/jobs/runner'
import { guessMapping } from '@/lib/imports/columns'
import { applyImport, checkImport, receiveFile } from '@/lib/imports/commands'
import { readFile } from '@/lib/imports/file'
import { importJobHandlers } from '@/lib/imports/job-handlers'
import { getImport } from '@/lib/imports/queries'
import type { Actor } from '@/lib/platform/actor'

const rowCount = Number(process.argv[2] ?? 100_000)
const kind = process.argv[3] === 'acs_users' ? 'acs_users' : 'user_identities'

/** So many people as CSV. */
function fileOf(rows: number): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, n) => `K${n},Person ${n} Of Bench,person${n}@example.com,+1415${String(2_000_000 + n)}`,
  )
  // The key of an ACS user's row is that of the person to whom it is to be attached; here there is none.
  return Buffer.from(`${kind === 'acs_users' ? 'Flat' : 'Key'},Name,Email,Phone\n${lines.join('\n')}\n`)
}

type BenchWorkspace = { actor: Actor; acsSystemId: string }

async function addWorkspace(): Promise<BenchWorkspace> {
  const workspaceId = uuidv7()
  const connection = await database()
  await connection
    .insert(workspaces)
    .values({ workspaceId, slug: `bench-${workspaceId}`, name: 'Bench', isSandbox: true })
  const acsSystemId = uuidv7()
  await connection.insert(accessSystems).values({
    ...{ workspaceId, acsSystemId, name: 'Bench', externalType: 'salto_ks_site', connectedAccountId: uuidv7() },
  })
  return { actor: { workspaceId, kind: 'system', id: null, name: 'Bench' }, acsSystemId }
}

async function removeWorkspace({ actor: { workspaceId } }: BenchWorkspace): Promise<void> {
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
async function insertPlainly({ actor: { workspaceId }, acsSystemId }: BenchWorkspace, bytes: Buffer): Promise<void> {
  const { batches } = await readFile([bytes])
  // What has a default is given here, as the statements name every column.
  const defaults = { version: 1, createdAt: new Date() }
  for await (const batch of batches) {
    await withinTransaction((transaction) =>
      kind === 'acs_users'
        ? insertAll(
            transaction,
            acsUsers,
            batch.map(({ cells: [, fullName, emailAddress, phoneNumber] }) => ({
              ...{ workspaceId, acsUserId: uuidv7(), acsSystemId, fullName, emailAddress, phoneNumber },
              ...{ phoneNumberE164: phoneNumber, isSuspended: false, errors: [], warnings: [], ...defaults },
            })),
          )
        : insertAll(
            transaction,
            userIdentities,
            batch.map(({ cells: [userIdentityKey, fullName, emailAddress, phoneNumber] }) => ({
              ...{ workspaceId, userIdentityId: uuidv7(), userIdentityKey, fullName, emailAddress, phoneNumber },
              ...{ updatedAt: new Date(), ...defaults },
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
    `${rowCount.toLocaleString('en')} rows of ${kind}, on ${process.env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database'}`,
  )
  const baseline = await timed('Reading the file and inserting its rows', () => insertPlainly(plain, bytes))
  const received = await timed('Import: receiving', () =>
    receiveFile(
      admin.actor,
      { name: 'bench.csv', chunks: [bytes] },
      kind === 'acs_users' ? { kind, acs_system_id: admin.acsSystemId } : { kind },
    ),
  )
  const { importId } = received.value
  const { headers } = await getImport(admin.actor.workspaceId, importId)
  await checkImport(admin.actor, { import_id: importId, mapping: guessMapping(kind, headers, null) })
  const checked = await timed('Import: checking', runJobs)
  await applyImport(admin.actor, { import_id: importId, conflict_choice: 'skip', applies_removals: false })
  const applied = await timed('Import: applying, with its events', runJobs)
  const { outcomes } = await getImport(admin.actor.workspaceId, importId)
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
