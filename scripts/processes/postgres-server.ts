import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCluster, findPostgresServer, freePort, postgresOwner, startServer } from '../temporary-postgres.mjs'
import { endWithThisProcess } from './children'

/** A PostgreSQL server of one's own that keeps what it has committed, as a real one does. */
export type PostgresServer = {
  url: string
  port: number
  folder: string
  /** Starts it again, on the same port. */
  start: () => Promise<void>
  /** SIGQUIT: every process of it ends at once, nothing is written, and the next start recovers from the log. */
  stopAtOnce: () => Promise<void>
  /** Has it finish, and keeps its files. */
  stop: () => Promise<void>
  /** Ends it and removes its files. */
  remove: () => Promise<void>
}

/** The folder of PostgreSQL's programs. @throws Error when there is none. */
export function postgresPrograms(): string {
  const programs = findPostgresServer()
  if (!programs) throw new Error('No PostgreSQL server (initdb) was found on this machine.')
  return programs
}

/**
 * Starts a new server.
 *
 * @param settings of its configuration
 * @param copyOf a server that has ended, whose files it begins with
 * @throws Error when it does not start.
 */
export async function startPostgresServer(
  settings: Record<string, string | number> = {},
  copyOf?: PostgresServer,
): Promise<PostgresServer> {
  const programs = postgresPrograms()
  const owner = postgresOwner()
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-faults-postgres-'))
  const port = await freePort()
  const dataFolder = join(folder, 'data')
  let stop: ((signal?: NodeJS.Signals) => Promise<void>) | undefined
  const end = async (signal?: NodeJS.Signals) => {
    await stop?.(signal)
    stop = undefined
  }
  const start = async () => {
    stop = await startServer(programs, dataFolder, port, owner, settings, endWithThisProcess)
  }
  const remove = async () => {
    await end()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    if (owner) chownSync(folder, owner.uid, owner.gid)
    if (copyOf) execFileSync('cp', ['-a', join(copyOf.folder, 'data'), dataFolder])
    else createCluster(programs, folder, owner)
    await start()
  } catch (error) {
    await remove()
    throw error
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    ...{ port, folder, start, remove },
    stop: () => end(),
    stopAtOnce: () => end('SIGQUIT'),
  }
}
