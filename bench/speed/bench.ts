/*
 * npm run bench [-- --sizes 1000,100000 --databases postgres,embedded --only list]: how fast the application
 * is, as ratios to its own statements alone and to a bare server; bench/README.md says how to read it. Starts
 * a PostgreSQL of its own unless DATABASE_URL names one, and needs the production build (`npm run build`).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printGrowth } from './report'
import type { Results, SizeResults } from './results'

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000,1000000' },
    databases: { type: 'string', default: 'postgres,embedded' },
    only: { type: 'string', default: '' },
  },
})
/** What the embedded database is meant for. */
const mostOfEmbedded = 100_000
const resultsFile = 'bench/results.json'

function measure(database: string, sizes: string, folder: string): SizeResults[] {
  const output = join(folder, `${database}.json`)
  const script = ['--import', 'tsx', 'bench/speed/measure-database.ts']
  const command = [process.execPath, ...script, '--sizes', sizes, '--only', options.only, '--output', output]
  const { DATABASE_URL, ...environment } = process.env
  const wrapped =
    database === 'postgres' && !DATABASE_URL
      ? [process.execPath, 'scripts/temporary-postgres.mjs', '--', ...command]
      : command
  const [program = '', ...parameters] = wrapped
  const { status } = spawnSync(program, parameters, {
    env: database === 'postgres' ? process.env : (environment as NodeJS.ProcessEnv),
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`Measuring ${database} ended with ${status}.`)
  return JSON.parse(readFileSync(output, 'utf8')) as SizeResults[]
}

if (!existsSync('.next/BUILD_ID')) throw new Error('Build the application first: npm run build')
const folder = mkdtempSync(join(tmpdir(), 'keyholder-bench-'))
try {
  const results: Results = {
    measuredAt: new Date().toISOString(),
    machine: {
      ...{ processors: cpus().length, processor: cpus()[0]?.model ?? '', memoryBytes: totalmem() },
      node: process.version,
    },
    databases: [],
  }
  for (const database of options.databases.split(',')) {
    const sizes = options.sizes.split(',').filter((size) => database === 'postgres' || Number(size) <= mostOfEmbedded)
    if (sizes.length > 0) results.databases.push({ database, sizes: measure(database, sizes.join(','), folder) })
  }
  printGrowth(results)
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 1)}\n`)
  console.log(`\nAll of it, with how the database answers each statement, is in ${resultsFile}.`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
