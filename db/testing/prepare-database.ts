import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { closeDatabase, database } from '../client'
import { databaseConfiguration } from '../configuration'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder with an empty, migrated database, to be copied; without a server. */
    databaseTemplate: string | null
  }
}

/**
 * Says once, before the integration tests, which database they run on. An embedded one is made and
 * migrated here once: to copy it takes a fraction of the time.
 */
export default async function prepareDatabase(project: TestProject) {
  const { url } = databaseConfiguration()
  console.log(`Integration tests on ${url ? `PostgreSQL at ${new URL(url).host}` : 'the embedded database'}\n`)
  if (url) {
    project.provide('databaseTemplate', null)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-template-'))
  process.env.DATA_DIR = folder
  await database()
  await closeDatabase()
  project.provide('databaseTemplate', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
