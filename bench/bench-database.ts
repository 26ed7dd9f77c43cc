import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase } from '@/db/client'

/** Which database is measured: the one that DATABASE_URL names, else an embedded one. */
export function databaseName(): string {
  return process.env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database'
}

/** Runs a bench on the database that DATABASE_URL names, else on an embedded one that is removed afterwards. */
export async function inBenchDatabase(run: () => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
  process.env.DATA_DIR = folder
  try {
    await run()
  } finally {
    await closeDatabase()
    await rm(folder, { recursive: true, force: true })
  }
}
