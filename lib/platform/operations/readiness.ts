import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '../logger'
import { isStopping } from './lifecycle'
import { askDatabase } from './queries'

/** Whether requests may be sent here and, if not, why not. */
export type Readiness = { ready: true } | { ready: false; reason: 'stopping' | 'database_unreachable' }

/** Longer than the embedded database is ever busy with one statement, shorter than a load balancer's patience. */
const patienceMilliseconds = 4000

const unreachable: Readiness = { ready: false, reason: 'database_unreachable' }

let asking: Promise<Readiness> | undefined

/**
 * Whether the process takes requests and its database answers.
 *
 * @param milliseconds how long the database may take.
 */
export async function readiness(milliseconds = patienceMilliseconds): Promise<Readiness> {
  if (isStopping()) return { ready: false, reason: 'stopping' }
  // Who asks again and again while the database hangs shall not take up its connections.
  asking ??= askDatabase()
    .then(
      (): Readiness => ({ ready: true }),
      (error) => {
        logger().warn({ error }, 'The database does not answer')
        return unreachable
      },
    )
    .finally(() => {
      asking = undefined
    })
  return Promise.race([asking, sleep(milliseconds, unreachable, { ref: false })])
}
