/* Files that are imported in an integration test, with their jobs run by hand. */

import { takeStep } from '@/lib/background/jobs/runner'
import { guessMapping } from '@/lib/imports/columns'
import { applyImport, checkImport, receiveFile } from '@/lib/imports/commands'
import { importJobHandlers } from '@/lib/imports/job-handlers'
import { getImport, listImportRows } from '@/lib/imports/queries'
import type { Actor } from '@/lib/platform/actor'

/** Runs the jobs of importing until there are none left. */
export async function runImportJobs(): Promise<void> {
  while (await takeStep(importJobHandlers));
}

/** Receives a file and gives the id of its import. */
export async function receiveText(
  admin: Actor,
  text: string | Buffer,
  about: unknown = { kind: 'user_identities' },
): Promise<string> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return (await receiveFile(admin, { name: 'tenants.csv', chunks: [bytes] }, about)).importId
}

/** Receives a file, takes its columns for what they are called, and checks it. */
export async function checkText(admin: Actor, text: string, about?: unknown, choices: object = {}): Promise<string> {
  const importId = await receiveText(admin, text, about)
  const { kind, headers } = await getImport(admin.workspaceId, importId)
  await checkImport(admin, { import_id: importId, mapping: guessMapping(kind, headers, null), ...choices })
  await runImportJobs()
  return importId
}

/** Has what a check has planned be done. */
export async function applyChecked(
  admin: Actor,
  importId: string,
  choices: { conflict_choice?: string; applies_removals?: boolean } = {},
): Promise<void> {
  await applyImport(admin, { import_id: importId, conflict_choice: 'skip', applies_removals: false, ...choices })
  await runImportJobs()
}

/** The first rows of an import. */
export async function rowsOfImport(admin: Actor, importId: string) {
  return (await listImportRows(admin.workspaceId, importId, {}, 0)).rows
}
