/*
 * Gives every file of integration tests an empty database of its own: on the server that
 * DATABASE_URL names, else embedded, as a copy of one that is migrated already.
 */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, database } from '../client'

const serverUrl = process.env.DATABASE_URL

if (serverUrl) {
  const name = `kh_${randomBytes(8).toString('hex')}`
  beforeAll(async () => {
    await onServer(serverUrl, `create database ${name}`)
    const url = new URL(serverUrl)
    url.pathname = `/${name}`
    process.env.DATABASE_URL = url.href
  })
  afterAll(async () => {
    await closeDatabase()
    await onServer(serverUrl, `drop database if exists ${name} with (force)`)
  })
} else {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-integration-'))
  process.env.DATA_DIR = folder
  beforeAll(async () => {
    cpSync(inject('databaseTemplate') ?? '', folder, { recursive: true })
    // Opened here and not by the first test, whose time it would take.
    await database()
  })
  afterAll(async () => {
    await closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  })
}

async function onServer(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
