/* The embedded database as Postgres itself writes it, which asks for files that everybody may read and write. */
import { chmodSync, cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { databaseConfiguration } from './configuration'
import { openEmbeddedFiles } from './embedded'

// A database is opened in each, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const template = inject('databaseTemplate')
const onServer = databaseConfiguration().url !== undefined

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyholder-private-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const pathsIn = (within: string) =>
  ['', ...readdirSync(within, { recursive: true, encoding: 'utf8' })].map((path) => join(within, path))
const openToOthers = (within: string) => pathsIn(within).filter((path) => lstatSync(path).mode & 0o077)

test.skipIf(onServer)('a new database, and every file that it adds, is its owner’s alone', async () => {
  expect(openToOthers(template)).toEqual([])
  cpSync(template, folder, { recursive: true })
  const { client, close } = await openEmbeddedFiles(folder)
  const before = pathsIn(folder).length
  await client.exec('create table added (value text); insert into added values (1); checkpoint')
  expect(pathsIn(folder).length).toBeGreaterThan(before)
  expect(openToOthers(folder)).toEqual([])
  await close()
})

test.skipIf(onServer)('one that an older version made for everybody is repaired as it is opened', async () => {
  cpSync(template, folder, { recursive: true })
  for (const path of pathsIn(folder)) chmodSync(path, lstatSync(path).isDirectory() ? 0o777 : 0o666)
  const { close } = await openEmbeddedFiles(folder)
  expect(openToOthers(folder)).toEqual([])
  await close()
})
