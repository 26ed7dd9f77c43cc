import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNpm } from './run-command.mjs'

const stampFile = join(root, 'node_modules', '.keyholder-lock-hash')

/**
 * Installs the packages of package-lock.json, when they are missing or belong to another lockfile.
 *
 * @throws Error when npm cannot.
 */
export async function installDependencies() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return
  console.log('Installing packages …')
  // The build needs the development packages too, whatever NODE_ENV says.
  const { exitCode } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (exitCode !== 0) throw new Error('The packages could not be installed (npm ci failed; its message is above).')
  writeFileSync(stampFile, hash)
}
