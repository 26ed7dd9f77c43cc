// A throwaway PostgreSQL server for tests:
//   node scripts/temporary-postgres.mjs -- <command…>    runs the command with its DATABASE_URL
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { findProgram } from './find-program.mjs'
import { runCommand } from './run-command.mjs'

/**
 * Finds the folder of the newest PostgreSQL server's programs on this machine.
 *
 * @returns {string | undefined}
 */
export function findPostgresServer() {
  /** @param {string} parent @param {RegExp} pattern @param {string} below */
  const versions = (parent, pattern, below) =>
    (existsSync(parent) ? readdirSync(parent) : [])
      .filter((name) => pattern.test(name))
      .sort((left, right) => right.localeCompare(left, 'en', { numeric: true }))
      .map((name) => join(parent, name, below))
  const initdb = findProgram('initdb', [
    ...versions('/usr/lib/postgresql', /^\d+$/, 'bin'),
    ...versions('/opt/homebrew/opt', /^postgresql(@\d+)?$/, 'bin'),
    ...versions('/usr/local/opt', /^postgresql(@\d+)?$/, 'bin'),
    ...versions('/Applications/Postgres.app/Contents/Versions', /^\d+$/, 'bin'),
  ])
  return initdb && dirname(initdb)
}

/**
 * Starts a server in a temporary folder, on loopback and a free port. It keeps nothing: it does not
 * even wait for the disk.
 *
 * @param {string} programs folder of its programs, as findPostgresServer() gives it
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 * @throws Error when it does not start.
 */
async function startTemporaryPostgres(programs) {
  const owner = postgresOwner()
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    if (owner) chownSync(folder, owner.uid, owner.gid)
    createCluster(programs, folder, owner)
    const { port, stop } = await startOnFreePort(programs, join(folder, 'data'), owner)
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await stop()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** @param {string} programs @param {string} dataFolder @param {Owner} owner */
async function startOnFreePort(programs, dataFolder, owner) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return { port, stop: await startServer(programs, dataFolder, port, owner, forgetful) }
    } catch (error) {
      // Another program may take the port between the two.
      if (attempt === 5 || !String(error).includes('Address already in use')) throw error
    }
  }
}

/**
 * Whose processes PostgreSQL's are; undefined: the caller's own.
 *
 * @typedef {{ uid: number, gid: number } | undefined} Owner
 */

/**
 * Makes a server's files in `folder`/data.
 *
 * @param {string} programs @param {string} folder @param {Owner} owner
 * @throws Error when initdb fails.
 */
export function createCluster(programs, folder, owner) {
  // Not every system has C.UTF-8.
  const failures = []
  for (const locale of ['C.UTF-8', 'en_US.UTF-8']) {
    const result = spawnSync(
      join(programs, 'initdb'),
      ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', locale, '--no-sync'],
      { ...owner, cwd: folder, encoding: 'utf8' },
    )
    if (result.status === 0) return
    failures.push(result.stderr || String(result.error))
  }
  throw new Error(`initdb failed: ${failures[0]}`)
}

/** What makes a server that keeps nothing faster. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts a server on loopback.
 *
 * @param {string} programs @param {string} dataFolder @param {number} port @param {Owner} owner
 * @param {Record<string, string | number>} [more] settings
 * @param {(server: import('node:child_process').ChildProcess) => void} [onStart] told of its process at once
 * @returns {Promise<(signal?: NodeJS.Signals) => Promise<void>>} what stops it: SIGINT (fast) unless told otherwise
 * @throws Error when it does not start.
 */
export function startServer(programs, dataFolder, port, owner, more = {}, onStart = () => {}) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    lc_messages: 'C',
    ...more,
  }
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // In a process group of its own, so that Ctrl-C ends the tests before the server, not both at once.
    { ...owner, cwd: dataFolder, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  onStart(server)
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async (/** @type {NodeJS.Signals} */ signal = 'SIGINT') => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill(signal)
      const atOnce = setTimeout(() => server.kill('SIGQUIT'), 10_000)
      await ended
      clearTimeout(atOnce)
    }
  }
  return new Promise((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-10_000)
      // A replica accepts read-only ones.
      if (/database system is ready to accept (read-only )?connections/.test(log)) resolve(stop)
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`The PostgreSQL server ended at its start:\n${log}`)))
  })
}

/**
 * PostgreSQL refuses to run as root, so its own user stands in.
 *
 * @returns {Owner}
 */
export function postgresOwner() {
  return process.getuid?.() === 0 ? postgresUser() : undefined
}

function postgresUser() {
  try {
    const id = (/** @type {string} */ option) => Number(execFileSync('id', [option, 'postgres'], { stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    throw new Error('PostgreSQL cannot run as root, and there is no user "postgres" to run it as.')
  }
}

/**
 * A port of the loopback interface that nobody uses.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** @param {string[]} command */
async function runWithTemporaryPostgres([program, ...programArguments]) {
  if (!program) throw new Error('Usage: node scripts/temporary-postgres.mjs -- <command…>')
  const programs = findPostgresServer()
  if (!programs) throw new Error('No PostgreSQL server (initdb) was found on this machine.')
  // Asked to end at whatever moment, the server goes and leaves nothing behind.
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (interrupted = true))
  const server = await startTemporaryPostgres(programs)
  try {
    if (interrupted) return 130
    const { exitCode } = await runCommand(program, programArguments, {
      environment: { ...process.env, DATABASE_URL: server.url },
    })
    return exitCode
  } finally {
    await server.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.exitCode = await runWithTemporaryPostgres(
      process.argv.slice(2).filter((word, place) => place > 0 || word !== '--'),
    )
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
