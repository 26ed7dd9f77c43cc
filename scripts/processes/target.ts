import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openEmbeddedFiles } from '@/db/embedded'
import { root } from '../run-command.mjs'
import { type PostgresServer, startPostgresServer } from './postgres-server'
import { runScriptOf } from './run-script'

/** Asks the database itself, without the application. */
export type Query = <Row>(statement: string, parameters?: unknown[]) => Promise<Row[]>

/** A database with the demo workspace in it and a key to that. */
export type Target = {
  kind: 'embedded' | 'postgres'
  /** What the application's environment says of the database. */
  variables: Record<string, string>
  apiKey: string
  /** Of the embedded database, only while no application runs on it. */
  inspect: <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>
  remove: () => Promise<void>
}

let filling: Promise<{ folder: string; apiKey: string }> | undefined

/** A filled embedded database of which all others are copies. */
function embeddedTemplate() {
  filling ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyholder-faults-template-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    return { folder, apiKey: await fill({ DATA_DIR: folder }) }
  })()
  return filling
}

/** A new embedded database. @param folder an empty one for its files, made if not given */
export async function createEmbeddedTarget(folder?: string): Promise<Target> {
  const parent = folder ?? mkdtempSync(join(tmpdir(), 'keyholder-faults-data-'))
  const variables = { DATA_DIR: join(parent, 'data') }
  const template = await embeddedTemplate()
  cpSync(template.folder, variables.DATA_DIR, { recursive: true })
  return {
    kind: 'embedded',
    variables,
    apiKey: template.apiKey,
    inspect: async (work) => {
      const { client, close } = await openEmbeddedFiles(variables.DATA_DIR)
      try {
        return await work(async <Row>(statement: string, parameters: unknown[] = []) => {
          const { rows } = await client.query<Row>(statement, parameters)
          return rows
        })
      } finally {
        await close()
      }
    },
    remove: async () => {
      if (!folder) rmSync(parent, { recursive: true, force: true })
    },
  }
}

let fillingServer: Promise<{ server: PostgresServer; apiKey: string }> | undefined

/** A filled server, stopped, of which all others are copies. */
function postgresTemplate() {
  fillingServer ??= (async () => {
    const server = await startPostgresServer()
    process.once('exit', () => rmSync(server.folder, { recursive: true, force: true }))
    const apiKey = await fill({ DATABASE_URL: server.url })
    await server.stop()
    return { server, apiKey }
  })()
  return fillingServer
}

/** A database on a PostgreSQL server of its own, which goes with it. @param settings of its configuration */
export async function createPostgresTarget(
  settings: Record<string, string | number> = {},
): Promise<Target & { server: PostgresServer }> {
  const template = await postgresTemplate()
  const server = await startPostgresServer(settings, template.server)
  return { ...targetAt(server.url, template.apiKey), server, remove: server.remove }
}

/**
 * Fills an empty database on a PostgreSQL server, which stays when the target goes.
 *
 * @param folder of another version that does it
 */
export async function fillPostgresDatabase(url: string, folder?: string): Promise<Target> {
  return targetAt(url, await fill({ DATABASE_URL: url }, folder))
}

function targetAt(url: string, apiKey: string): Target {
  return {
    ...{ kind: 'postgres', apiKey },
    variables: { DATABASE_URL: url },
    inspect: async (work) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        return await work(async <Row>(statement: string, parameters: unknown[] = []) => {
          const { rows } = await client.query(statement, parameters)
          return rows as Row[]
        })
      } finally {
        await client.end()
      }
    },
    remove: async () => undefined,
  }
}

async function fill(variables: Record<string, string>, folder: string = root): Promise<string> {
  await runScriptOf(folder, variables, 'seed')
  return runScriptOf(folder, variables, 'api-key', '--workspace', 'demo', '--name', 'Faults')
}
