// npm run build: lists all components of production, as CycloneDX, in .next/sbom.cdx.json.
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { root } from './run-command.mjs'

const run = promisify(execFile)
const sbomFile = join(root, '.next', 'sbom.cdx.json')

/**
 * Lists the components that production has, with those of components, by version and checksum.
 *
 * `npm sbom --omit dev` leaves out what is also a development dependency of something, so npm is given a copy of the
 * lockfile that names production only, as the Dockerfile has its packages pruned.
 *
 * @returns {Promise<any>} the list in CycloneDX's JSON
 */
export async function listComponents() {
  const folder = mkdtempSync(join(tmpdir(), 'keyholder-sbom-'))
  try {
    const { devDependencies: _, workspaces: __, ...production } = readJson(join(root, 'package.json'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify(production))
    cpSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
    const npm = async (/** @type {string[]} */ ...words) =>
      (await run('npm', [...words, '--package-lock-only'], { cwd: folder, maxBuffer: 100_000_000 })).stdout
    await npm('install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund')
    const sbom = JSON.parse(await npm('sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'))
    refuseGaps(sbom, readJson(join(folder, 'package-lock.json')))
    // npm takes the folder's name for it.
    sbom.metadata.component.name = production.name
    return sbom
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes that list beside the build. */
export async function writeSbom() {
  mkdirSync(dirname(sbomFile), { recursive: true })
  writeFileSync(sbomFile, `${JSON.stringify(await listComponents(), null, 2)}\n`)
}

/**
 * @param {any} sbom
 * @param {any} lockfile
 * @throws Error when a package of the lockfile is not in the list.
 */
function refuseGaps(sbom, lockfile) {
  const listed = new Set(sbom.components.map((/** @type {any} */ { name, version }) => `${name}@${version}`))
  const missing = Object.entries(lockfile.packages)
    .filter(([path]) => path !== '')
    .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`)
    .filter((component) => !listed.has(component))
  if (missing.length > 0) throw new Error(`The list of components is incomplete: ${missing.join(', ')}`)
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await writeSbom()
