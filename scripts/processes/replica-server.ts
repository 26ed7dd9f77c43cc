import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../find-program.mjs'
import { freePort, postgresOwner, startServer } from '../temporary-postgres.mjs'
import { endWithThisProcess } from './children'
import { type PostgresServer, postgresPrograms } from './postgres-server'

/** A streaming replica of a server. */
export type ReplicaServer = {
  url: string
  /** Ends it at once. */
  stopAtOnce: () => Promise<void>
  remove: () => Promise<void>
}

/** Copies a server and starts the copy, which follows it from then on. */
export async function startReplicaServer(primary: PostgresServer): Promise<ReplicaServer> {
  const programs = postgresPrograms()
  const owner = postgresOwner()
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-faults-replica-'))
  let stop: ((signal?: NodeJS.Signals) => Promise<void>) | undefined
  const remove = async () => {
    await stop?.()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    if (owner) chownSync(folder, owner.uid, owner.gid)
    const dataFolder = join(folder, 'data')
    const words = ['--dbname', primary.url, '--pgdata', dataFolder, '--checkpoint=fast', '--write-recovery-conf']
    const copy = findProgram('pg_basebackup', [programs])
    if (!copy) throw new Error('pg_basebackup, which comes with PostgreSQL, was not found.')
    execFileSync(copy, words, { ...owner, cwd: folder, stdio: 'pipe' })
    const port = await freePort()
    stop = await startServer(programs, dataFolder, port, owner, {}, endWithThisProcess)
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      stopAtOnce: async () => stop?.('SIGQUIT'),
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
