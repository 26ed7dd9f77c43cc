import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createPostgresTarget } from '../processes/target'
import { runWithLoad } from './run-with-load'
import { type Outcome, unavailable } from './scenario'

const heldMilliseconds = 6000

/** Somebody else takes every connection that PostgreSQL has, the application's own included. */
export async function takeConnections(): Promise<Outcome> {
  const target = await createPostgresTarget({ max_connections: 20 })
  const taken: pg.Client[] = []
  try {
    return await runWithLoad(target, {
      fault: 'all connections taken by somebody else',
      prefix: 'take-connections',
      allowed: [unavailable],
      during: async (load) => {
        await load.reach(300)
        const [first] = [await connect(target.server.url)]
        if (!first) throw new Error('No connection was left for the first of those who take them.')
        taken.push(first)
        // Whoever is quicker has the place that the application lost; so it is taken until none is left to it, and
        // none comes for a while: one that is just being opened is not seen yet.
        let nothingLeft = 0
        for (const limit = performance.now() + 10_000; performance.now() < limit && nothingLeft < 20; ) {
          const client = await connect(target.server.url)
          if (client) taken.push(client)
          const pids = taken.map((one) => (one as unknown as { processID: number }).processID)
          const { rowCount } = await first.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> all($1)`,
            [pids],
          )
          nothingLeft = !client && rowCount === 0 ? nothingLeft + 1 : 0
        }
        const before = load.ledger.acknowledged
        await sleep(heldMilliseconds)
        const meanwhile = load.ledger.acknowledged - before
        const problems = load.ledger.otherAnswers.has(unavailable) ? [] : ['nobody was told to come again']
        if (meanwhile > 0) problems.push(`${meanwhile} writes were done: not all connections were taken`)
        await Promise.all(taken.splice(0).map((client) => client.end()))
        await load.reach(load.ledger.acknowledged + 300)
        return { notes: [`no connection for ${heldMilliseconds / 1000} s`], problems }
      },
    })
  } finally {
    await Promise.all(taken.map((client) => client.end()))
    await target.remove()
  }
}

/** The pool's connections all wait for a lock that somebody holds, and whoever comes later for one of them. */
export async function holdConnections(): Promise<Outcome> {
  const target = await createPostgresTarget()
  const holder = new pg.Client({ connectionString: target.server.url })
  try {
    await holder.connect()
    return await runWithLoad(target, {
      fault: 'the pool’s connections all held up by a lock',
      prefix: 'hold-connections',
      allowed: [unavailable],
      workers: 40,
      during: async (load) => {
        await load.reach(300)
        await holder.query('begin')
        await holder.query('lock table user_identities in access exclusive mode')
        await sleep(heldMilliseconds + 1000)
        const problems = load.ledger.otherAnswers.has(unavailable) ? [] : ['nobody was told to come again']
        await holder.query('commit')
        await load.reach(load.ledger.acknowledged + 300)
        return { problems }
      },
    })
  } finally {
    await holder.end()
    await target.remove()
  }
}

/** A connection, or undefined when there is none left. */
async function connect(connectionString: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch {
    return undefined
  }
}
