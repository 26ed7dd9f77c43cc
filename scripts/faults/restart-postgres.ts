import { setTimeout as sleep } from 'node:timers/promises'
import { createPostgresTarget } from '../processes/target'
import { runWithLoad } from './run-with-load'
import { type Outcome, unavailable } from './scenario'

const times = 4
const writesBetween = 300

/** Ends PostgreSQL at once under load, again and again; the application goes on. */
export async function restartPostgres(): Promise<Outcome> {
  const target = await createPostgresTarget()
  try {
    return await runWithLoad(target, {
      fault: `PostgreSQL stopped at once, ${times} times`,
      prefix: 'restart-postgres',
      allowed: [unavailable],
      during: async (load, { url }) => {
        const problems: string[] = []
        for (let time = 0; time < times; time++) {
          await load.reach(load.ledger.acknowledged + writesBetween)
          await target.server.stopAtOnce()
          const { status } = await fetch(`${url}/api/health/ready`)
          if (status !== 503) problems.push(`said that it is ready without a database (${status})`)
          await sleep(1000)
          await target.server.start()
        }
        await load.reach(load.ledger.acknowledged + writesBetween)
        const { status } = await fetch(`${url}/api/health/ready`)
        if (status !== 200) problems.push(`said that it is not ready although the database is (${status})`)
        return { problems }
      },
    })
  } finally {
    await target.remove()
  }
}
