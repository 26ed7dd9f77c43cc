/*
 * One part of `npm run bench`: measures the database that DATABASE_URL names, else an embedded one of its own,
 * at each size. Writes its results as JSON to the file that it is given.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/db/client'
import { databaseName, inBenchDatabase } from '../bench-database'
import { measureRequests } from './measure-requests'
import { measureWorkspace } from './measure-workspace'
import { removeAdded } from './remove-added'
import { printMeasurement, printRequest } from './report'
import type { SizeResults } from './results'
import { recordRequests } from './served-requests'

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000' },
    output: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
// Requests are recorded in this process; their log lines would stand among the results.
process.env.LOG_LEVEL = 'warn'
const isChosen = (name: string) => name.includes(options.only)

async function measureSize(people: number): Promise<SizeResults> {
  console.log(`\n${databaseName()}, ${people.toLocaleString('en')} people`)
  const results: SizeResults = { people, queries: [], requests: [] }
  const samples = await measureWorkspace(people, isChosen, (measurement) => {
    results.queries.push(measurement)
    printMeasurement(measurement)
  })
  const { apiKey, requests } = await recordRequests(samples)
  // The servers open it for themselves; the embedded one has room for one process.
  await closeDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'keyholder-bench-'))
  try {
    const chosen = requests.filter(({ name }) => isChosen(name))
    if (chosen.length > 0) results.requests = await measureRequests(apiKey, chosen, folder)
    results.requests.forEach(printRequest)
  } finally {
    await rm(folder, { recursive: true, force: true })
    // An embedded one is thrown away.
    if (process.env.DATABASE_URL) await removeAdded(samples.workspaceId)
  }
  return results
}

await inBenchDatabase(async () => {
  const results: SizeResults[] = []
  for (const people of options.sizes.split(',').map(Number)) {
    results.push(await measureSize(people))
    if (options.output) await writeFile(options.output, JSON.stringify(results))
  }
})
