/*
 * Gives every file of integration tests an empty database of its own: on the server that
 * DATABASE_URL names, else embedded and in memory.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
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
  process.env.DATA_DIR = 'memory://'
  // Opened here and not by the first test, whose time it would take.
  beforeAll(database)
  afterAll(closeDatabase)
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
