import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNpm } from './run-command.mjs'

/**
 * Installs the packages of package-lock.json, unless it is they that are installed.
 *
 * @throws Error when npm cannot.
 */
export async function installDependencies() {
  const wanted = readLockfile('package-lock.json')
  // npm's own account of what it put there, written last.
  const installed = readLockfile(join('node_modules', '.package-lock.json'))
  if (isInstalled(wanted, installed)) return
  console.log('Installing packages …')
  // The build needs the development packages too, whatever NODE_ENV says.
  const { exitCode } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (exitCode !== 0) throw new Error('The packages could not be installed (npm ci failed; its message is above).')
}

/**
 * Whether all packages of a lockfile are installed in their very versions. Those that only some
 * systems need may be missing.
 *
 * @param {Packages} wanted
 * @param {Packages} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = installed[path]
    if (path === '' || (!found && (optional || devOptional))) return true
    return found?.version === version && found?.integrity === integrity
  })
}

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} Packages */

/**
 * @param {string} path
 * @returns {Packages} nothing where there is no lockfile
 */
function readLockfile(path) {
  const file = join(root, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}
