import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError, databaseConfiguration } from '../configuration'
import { makeFolderPrivate } from '../private-files'

/** What a secret must have at least, in characters. */
export const shortestSecret = 32

const keptFile = 'auth-secret'
const previousFile = 'auth-secret-previous'

let known: { from: string; secrets: [string, ...string[]] } | undefined

/**
 * The current secret, and after it those that it replaced, which still open what they encrypted. They come from
 * `AUTH_SECRET` and `AUTH_SECRET_PREVIOUS`, or from files beside the embedded database, made on first use.
 *
 * @throws ConfigurationError where several servers may share a database, but no secret.
 */
export function authSecrets(): [string, ...string[]] {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS, DATA_DIR, DATABASE_URL } = process.env
  // Asked for with every value that is encrypted; tests change the environment.
  const from = [AUTH_SECRET, AUTH_SECRET_PREVIOUS, DATA_DIR, DATABASE_URL].join('\n')
  if (known?.from !== from) {
    const [current, ...kept] = AUTH_SECRET ? [AUTH_SECRET] : keptSecrets()
    const previous = previousSecrets().filter((secret) => secret.length >= shortestSecret)
    known = { from, secrets: [current, ...new Set([...kept, ...previous].filter((secret) => secret !== current))] }
  }
  return known.secrets
}

/** The secret that everything is encrypted and signed with now. */
export function authSecret(): string {
  return authSecrets()[0]
}

/** The values of `AUTH_SECRET_PREVIOUS`. A secret may have commas in it, so the whole counts as one too. */
export function previousSecrets(): string[] {
  const given = process.env.AUTH_SECRET_PREVIOUS
  return given ? [...new Set([given, ...given.split(',').map((part) => part.trim())])] : []
}

/** Throws a ConfigurationError where several servers may share a database, but no secret. */
export function requireAuthSecret(): void {
  if (process.env.AUTH_SECRET || !process.env.DATABASE_URL || process.env.NODE_ENV !== 'production') return
  throw new ConfigurationError([
    'AUTH_SECRET is missing. With DATABASE_URL it must be set, the same for every server: at least 32 random characters, for instance from `openssl rand -hex 32`.',
  ])
}

function keptSecrets(): [string, ...string[]] {
  requireAuthSecret()
  const { folder } = databaseConfiguration()
  if (folder === 'memory://') return [newSecret()]
  const current = readSecret(join(folder, keptFile)) ?? writeSecret(folder)
  const previous = readSecret(join(folder, previousFile))
  return previous ? [current, previous] : [current]
}

/**
 * Replaces the secret that lies beside the embedded database. Until `forgetPreviousSecret`, the former one is kept.
 *
 * @returns false where the secret is `AUTH_SECRET`, or its last replacement isn't finished.
 */
export function replaceKeptSecret(): boolean {
  const { folder } = databaseConfiguration()
  if (process.env.AUTH_SECRET || process.env.DATABASE_URL || folder === 'memory://') return false
  if (existsSync(join(folder, previousFile))) return false
  const [former] = keptSecrets()
  writeFileSync(join(folder, previousFile), former, { mode: 0o600 })
  writeSecret(folder)
  known = undefined
  return true
}

/** Removes the former secret beside the embedded database, once nothing is encrypted with it any more. */
export function forgetPreviousSecret(): void {
  if (process.env.AUTH_SECRET || process.env.DATABASE_URL) return
  rmSync(join(databaseConfiguration().folder, previousFile), { force: true })
  known = undefined
}

function newSecret(): string {
  return randomBytes(32).toString('hex')
}

function readSecret(file: string): string | undefined {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return kept.length >= shortestSecret ? kept : undefined
}

/** Writes it aside first: a file that was half written would be a secret that nobody knows. */
function writeSecret(folder: string): string {
  const made = newSecret()
  makeFolderPrivate(folder)
  writeFileSync(join(folder, `${keptFile}.new`), made, { mode: 0o600 })
  renameSync(join(folder, `${keptFile}.new`), join(folder, keptFile))
  return made
}
