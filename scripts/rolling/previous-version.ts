import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../run-command.mjs'

/** A version before this one, in a folder of its own, built. */
export type PreviousVersion = { revision: string; folder: string; remove: () => void }

const migrations = 'db/migrations'
const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 }).trim()

/** The newest commit that has other migrations than the files here. @throws Error when git knows none */
export function findPreviousRevision(): string {
  const here = readdirSync(join(root, migrations)).filter((name) => name.endsWith('.sql'))
  const changes = git('log', '--format=%H', '--', migrations).split('\n').filter(Boolean)
  // The commit itself, for migrations that are not committed yet, then what was there before each change.
  for (const revision of ['HEAD', ...changes.map((commit) => `${commit}^`)]) {
    const found = listMigrations(revision)
    if (found.length > 0 && found.join() !== here.sort().join()) return git('rev-parse', '--short', revision)
  }
  throw new Error('Git knows no commit with other migrations than these; it needs the whole history.')
}

/** Nothing for a commit that is not there, as before the first, or in a clone without history. */
function listMigrations(revision: string): string[] {
  try {
    const names = git('ls-tree', '--name-only', revision, `${migrations}/`).split('\n')
    return names.filter((name) => name.endsWith('.sql')).map((name) => name.slice(migrations.length + 1))
  } catch {
    return []
  }
}

/**
 * Takes a version out of git, installs its packages and builds it, in some minutes.
 *
 * @throws Error when one of these fails.
 */
export function preparePreviousVersion(revision: string): PreviousVersion {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-rolling-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const run = (program: string, ...words: string[]) =>
    execFileSync(program, words, {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const archive = join(folder, 'version.tar')
  writeFileSync(archive, execFileSync('git', ['archive', '--format=tar', revision], { cwd: root, maxBuffer: 1e9 }))
  run('tar', '--extract', '--file', archive)
  rmSync(archive)
  run('npm', 'ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error')
  mkdirSync(join(folder, '.next', 'cache'), { recursive: true })
  run('npm', 'run', '--silent', 'build')
  return { revision, folder, remove }
}
