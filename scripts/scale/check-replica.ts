import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { callApi } from '../faults/call-api'
import type { Outcome } from '../faults/scenario'
import type { Target } from '../processes/target'
import { authSecret, type Cluster } from './cluster'

/** A little longer than db/replica-lag.ts lets a replica be behind. */
const staleMilliseconds = 12_000

/** Pages are read from the replica, but by nobody who would miss their own change there, and not when it is behind or gone. */
export async function checkReplica({ target, replica, instances }: Cluster): Promise<Outcome> {
  const session = await openSession(target)
  const [{ url }] = instances
  const problems: string[] = []
  const expect = (what: string, isSo: boolean) => {
    if (!isSo) problems.push(what)
  }
  const sees = async (name: string, more = '') => {
    const response = await fetch(`${url}/data/identities?search=${name}`, { headers: { Cookie: session + more } })
    if (!response.ok) throw new Error(`The list of people answered ${response.status}: ${await response.text()}`)
    return (await response.text()).includes(name)
  }
  const add = (name: string) => callApi(url, target.apiKey, '/user_identities/create', { full_name: name })
  const wrote = '; keyholder_wrote=1'

  // A change sets the cookie, whatever becomes of it.
  const changed = await fetch(`${url}/identities/new`, { method: 'POST', headers: { Cookie: session } })
  const [cookie] = changed.headers.getSetCookie().filter((one) => one.startsWith('keyholder_wrote='))
  expect('who changes something is not given the cookie that has them read from the primary', cookie !== undefined)

  const standby = new pg.Client({ connectionString: replica.url })
  await standby.connect()
  // Has it measured, so that it is read from.
  await sees('anybody')
  await sleep(1500)
  await sees('anybody')
  await sleep(500)
  await standby.query('select pg_wal_replay_pause()')
  await sleep(500)
  await add('Replicated One')
  expect('the replica is not read from', !(await sees('Replicated')))
  expect('who has just changed something does not find it', await sees('Replicated', wrote))
  const limit = performance.now() + staleMilliseconds
  let isFound = false
  while (!isFound && performance.now() < limit) {
    await sleep(500)
    isFound = await sees('Replicated')
  }
  expect('a replica that stands still is read from for longer than 12 s', isFound)

  await standby.query('select pg_wal_replay_resume()')
  await sleep(2500)
  await sees('anybody')
  await sleep(1000)
  const [{ count } = { count: 0 }] = await reads(standby)
  for (let time = 0; time < 5; time++) await sees('Replicated')
  const [{ count: later } = { count: 0 }] = await reads(standby)
  expect('a replica that has caught up is not read from again', later > count)
  await standby.end()

  const standing = Array.from({ length: 20 }, () => sees('Replicated'))
  await replica.stopAtOnce()
  const answers = await Promise.allSettled([...standing, ...Array.from({ length: 20 }, () => sees('Replicated'))])
  const failed = answers.filter((answer) => answer.status === 'rejected' || !answer.value).length
  expect(`${failed} of 40 reads failed when the replica was lost`, failed === 0)
  return {
    ...{ fault: 'reads from a replica that stands still, and is lost', database: 'postgres' },
    ...{ acknowledged: 0, found: 0, notes: [], problems },
  }
}

/** How many rows the replica's own statements have returned so far. */
async function reads(standby: pg.Client): Promise<{ count: number }[]> {
  await sleep(1500)
  const { rows } = await standby.query(
    "select xact_commit::int as count from pg_stat_database where datname = 'postgres'",
  )
  return rows
}

/** The cookie of a session of the demo's manager, as better-auth signs it. */
async function openSession(target: Target): Promise<string> {
  const token = randomBytes(24).toString('hex')
  await target.inspect((query) =>
    query(
      `insert into sessions (session_id, token, user_id, expires_at)
       select $1, $2, user_id, now() + interval '1 day' from users where email like 'demo.manager@%'`,
      [randomUUID(), token],
    ),
  )
  const signature = createHmac('sha256', authSecret).update(token).digest('base64')
  return `keyholder.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}
