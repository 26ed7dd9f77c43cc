import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { writeSbom } from './make-sbom.mjs'
import { root, runCommand } from './run-command.mjs'
import { say } from './step-output.mjs'

/** What the production build is made of, as far as it is there: paths from the root. */
export const buildSources = [
  'app',
  'components',
  'db',
  'lib',
  'public',
  'instrumentation.ts',
  'middleware.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
]
const stampFile = join(root, '.next', 'keyholder-build-hash')
const buildIdFile = join(root, '.next', 'BUILD_ID')

/**
 * Builds the application for production, unless the last build was of these very sources.
 *
 * @throws Error when it cannot be built.
 */
export async function buildWhenNeeded() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === buildStamp()) return
  say('Building the application …')
  const { exitCode } = await buildApplication()
  if (exitCode !== 0) throw new Error('The application could not be built (the message is above).')
}

/**
 * Builds the application for production in any case.
 *
 * @returns {Promise<{ exitCode: number, interrupted: boolean, warnings: string[] }>} with the lines of output that warn
 */
export async function buildApplication() {
  let output = ''
  // In CI, Next warns of a missing cache; a clean clone has none by its nature, an empty one will do.
  mkdirSync(join(root, '.next', 'cache'), { recursive: true })
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const result = await runCommand(process.execPath, [next, 'build'], {
    environment: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onOutput: (text) => {
      output += text
    },
  })
  if (result.exitCode === 0) {
    await writeSbom()
    writeFileSync(stampFile, buildStamp())
  }
  return { ...result, warnings: output.split('\n').filter((line) => /⚠|\bwarn(ing)?\b/i.test(line)) }
}

/** What identifies a build: its sources, and Next's own name for it, so that a build made by hand is noticed. */
function buildStamp() {
  const hash = createHash('sha256')
  for (const source of buildSources) addToHash(hash, source)
  if (existsSync(buildIdFile)) hash.update(readFileSync(buildIdFile))
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path from the root
 */
function addToHash(hash, path) {
  const absolutePath = join(root, path)
  if (!existsSync(absolutePath)) return
  if (statSync(absolutePath).isDirectory()) {
    for (const name of readdirSync(absolutePath).sort()) addToHash(hash, join(path, name))
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${path}\0`).update(readFileSync(absolutePath)).update('\0')
  }
}
