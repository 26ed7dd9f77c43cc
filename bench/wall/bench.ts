/*
 * What row-level security costs: the same with one role, which owns the tables, and with two, by turns.
 *   node scripts/temporary-postgres.mjs -- node --import tsx bench/wall/bench.ts [people] [turns]
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { closeDatabase, databaseSetUp } from '@/db/client'
import { benchWorkspace } from '../bench-workspace'

const roundsOfATurn = 40
const [people = '20000', turns = '3'] = process.argv.slice(2)
const ownerUrl = process.env.DATABASE_URL
if (!ownerUrl)
  throw new Error('DATABASE_URL is missing: it names a PostgreSQL whose tables its role owns, or will own.')

const workspaceId = await benchWorkspace(Number(people))
await closeDatabase()
const role = `bench_${randomBytes(4).toString('hex')}`
const servingUrl = Object.assign(new URL(ownerUrl), { username: role }).href
await asOwner(`create role ${role} login`)
try {
  Object.assign(process.env, { DATABASE_URL: servingUrl, DATABASE_OWNER_URL: ownerUrl })
  await databaseSetUp()
  await closeDatabase()
  delete process.env.DATABASE_OWNER_URL
  report(await measureByTurns())
} finally {
  await asOwner(`drop owned by ${role}; drop role ${role}`)
}

type Turns = Map<string, { 'one role': number[]; 'two roles': number[] }>

async function measureByTurns(): Promise<Turns> {
  const found: Turns = new Map()
  for (let turn = 0; turn < Number(turns); turn++) {
    for (const url of turn % 2 ? [servingUrl, ownerUrl] : [ownerUrl, servingUrl]) {
      const program = ['--import', 'tsx', 'bench/wall/measure.ts', workspaceId, people, String(roundsOfATurn)]
      const environment = { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'silent', API_RATE_LIMIT: '0' }
      const output = execFileSync(process.execPath, program, { env: environment, encoding: 'utf8' })
      const { setUp, medians } = JSON.parse(output) as { setUp: 'one role' | 'two roles'; medians: object }
      for (const [name, median] of Object.entries(medians)) {
        const both = found.get(name) ?? { 'one role': [], 'two roles': [] }
        both[setUp].push(median)
        found.set(name, both)
      }
    }
  }
  return found
}

function report(found: Turns): void {
  const middle = (times: number[]) => [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
  console.log(`| ${Number(people).toLocaleString('en')} people | one role | two roles | ratio |\n|---|---|---|---|`)
  for (const [name, times] of found) {
    const [one, two] = [middle(times['one role']), middle(times['two roles'])]
    console.log(`| ${name} | ${one.toFixed(2)} ms | ${two.toFixed(2)} ms | ${(two / one).toFixed(2)}× |`)
  }
}

async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(statements)
  await client.end()
}
