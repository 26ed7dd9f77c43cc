/*
 * Gives every file of integration tests an empty database of its own, a copy of a migrated one:
 * on the server that DATABASE_URL names, else embedded. With TEST_SERVING_ROLE, a role that owns no table serves it.
 */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, database } from '../client'
import { letTestsSeeAll, serveByOwnRole } from './serving-role'
import { databaseOnServer, onServer } from './test-server'

const serverUrl = process.env.DATABASE_URL

if (serverUrl) {
  const name = `kh_${randomBytes(8).toString('hex')}`
  let restore: () => Promise<void> = async () => undefined
  beforeAll(async () => {
    await onServer(serverUrl, `create database ${name} template ${inject('databaseTemplate')}`)
    const ownerUrl = databaseOnServer(serverUrl, name)
    process.env.DATABASE_URL = ownerUrl
    if (!process.env.TEST_SERVING_ROLE) return
    restore = await serveByOwnRole()
    await letTestsSeeAll(ownerUrl)
  })
  afterAll(async () => {
    await closeDatabase()
    await restore()
    process.env.DATABASE_URL = serverUrl
    await onServer(serverUrl, `drop database if exists ${name} with (force)`)
  })
} else {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-integration-'))
  process.env.DATA_DIR = folder
  beforeAll(async () => {
    cpSync(inject('databaseTemplate'), folder, { recursive: true })
    // Opened here and not by the first test, whose time it would take.
    await database()
  })
  afterAll(async () => {
    await closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  })
}
