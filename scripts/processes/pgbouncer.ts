import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram } from '../find-program.mjs'
import { freePort, postgresOwner } from '../temporary-postgres.mjs'
import { endWithThisProcess } from './children'

/** A PgBouncer in transaction mode. */
export type PgBouncer = { url: string; remove: () => Promise<void> }

/**
 * Starts a PgBouncer in front of a server, with a few connections to it.
 *
 * @throws Error when it is not installed or does not start.
 */
export async function startPgBouncer(serverPort: number): Promise<PgBouncer> {
  const program = findProgram('pgbouncer', ['/usr/sbin'])
  if (!program) throw new Error('PgBouncer is not installed (Debian: apt-get install pgbouncer).')
  // It refuses to run as root, too.
  const owner = postgresOwner()
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-faults-pgbouncer-'))
  const port = await freePort()
  const configuration = join(folder, 'pgbouncer.ini')
  writeFileSync(
    configuration,
    `[databases]
postgres = host=127.0.0.1 port=${serverPort} dbname=postgres user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 8
max_client_conn = 500
`,
  )
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const child = spawn(program, [configuration], { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  endWithThisProcess(child)
  let log = ''
  child.stderr.on('data', (chunk) => {
    log = (log + chunk).slice(-5000)
  })
  const remove = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isListening(port)) return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, remove }
    if (child.exitCode !== null) break
    await sleep(100)
  }
  await remove()
  throw new Error(`PgBouncer did not start:\n${log}`)
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
