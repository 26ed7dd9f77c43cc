import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { closeDatabase, database } from '../client'
import { databaseConfiguration } from '../configuration'
import { databaseOnServer, onServer } from './test-server'

declare module 'vitest' {
  interface ProvidedContext {
    /** An empty, migrated database to copy: a data folder, or the name of a database on the server. */
    databaseTemplate: string
  }
}

/**
 * Prints the database that the integration tests run on, and migrates one there once. Every file of
 * tests starts with a copy of it, which takes a fraction of the time of the migrations.
 */
export default function prepareDatabase(project: TestProject) {
  const { url } = databaseConfiguration()
  console.log(`Integration tests on ${url ? `PostgreSQL at ${new URL(url).host}` : 'the embedded database'}\n`)
  return url ? prepareOnServer(project, url) : prepareEmbedded(project)
}

async function prepareOnServer(project: TestProject, url: string) {
  const name = `kh_template_${randomBytes(8).toString('hex')}`
  await onServer(url, `create database ${name}`)
  process.env.DATABASE_URL = databaseOnServer(url, name)
  await database()
  await closeDatabase()
  process.env.DATABASE_URL = url
  project.provide('databaseTemplate', name)
  return () => onServer(url, `drop database ${name}`)
}

async function prepareEmbedded(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-template-'))
  process.env.DATA_DIR = folder
  await database()
  await closeDatabase()
  project.provide('databaseTemplate', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
