import { setTimeout as sleep } from 'node:timers/promises'
import { startApplication } from '../processes/application'
import { createMovableClock, type MovableClock } from '../processes/movable-clock'
import { startReceiver } from '../processes/receiver'
import { createEmbeddedTarget, createPostgresTarget, type Target } from '../processes/target'
import { callApi } from './call-api'
import { runWithLoad } from './run-with-load'
import type { Outcome } from './scenario'

const hour = 3600
const jumps = [hour, -2 * hour, 26 * hour, -30, 0]
const writesBetween = 150
const receiverMilliseconds = 100

/**
 * The application's clock jumps to and fro. On PostgreSQL a second server, whose clock is an hour ahead,
 * does the same work beside it: each webhook is delivered once, since the database says how late it is.
 */
export async function moveClock(database: Target['kind']): Promise<Outcome> {
  const fault = 'the clock jumps to and fro'
  const clocks = [createMovableClock(), createMovableClock()].filter((clock) => clock !== undefined)
  const [clock, otherClock] = clocks
  if (!clock || !otherClock) {
    const notes = ['NOT TRIED: libfaketime is not installed (Debian: apt-get install faketime)']
    return { fault, database, acknowledged: 0, found: 0, notes, problems: [] }
  }
  const target = await (database === 'embedded' ? createEmbeddedTarget() : createPostgresTarget())
  try {
    return await (database === 'embedded' ? jump(target, clock, fault) : jumpBeside(target, clock, otherClock, fault))
  } finally {
    await target.remove()
    for (const one of clocks) one.remove()
  }
}

async function jumpBeside(target: Target, clock: MovableClock, otherClock: MovableClock, fault: string) {
  otherClock.moveTo(hour)
  const other = await startApplication({ ...target.variables, ...otherClock.variables, ...forWebhooks })
  try {
    return await jump(target, clock, `${fault}, another server’s is ahead`)
  } finally {
    await other.kill()
  }
}

const forWebhooks = { WEBHOOKS_ALLOW_PRIVATE: '1' }

async function jump(target: Target, clock: MovableClock, fault: string): Promise<Outcome> {
  const receiver = await startReceiver(receiverMilliseconds)
  try {
    return await runWithLoad(target, {
      fault,
      prefix: `clock-${target.kind}`,
      allowed: [],
      variables: { ...clock.variables, ...forWebhooks },
      during: async (load, { url }) => {
        await callApi(url, target.apiKey, '/webhooks/create', {
          url: receiver.url,
          event_types: ['user_identity.deleted'],
        })
        for (const seconds of jumps) {
          clock.moveTo(seconds)
          await load.reach(load.ledger.acknowledged + writesBetween)
        }
        // What is about to be delivered needs a moment; what would come twice, too.
        await sleep(3000)
        const problems = [...receiver.arrivals.values()]
          .filter((count) => count > 1)
          .map((count) => `a webhook was delivered ${count} times`)
        const deleted = [...load.ledger.people.values()].filter(({ isDeleted }) => isDeleted).length
        if (receiver.arrivals.size < deleted / 2) {
          problems.push(`of ${deleted} deletions only ${receiver.arrivals.size} were told to the webhook`)
        }
        return { notes: [`${receiver.arrivals.size} webhooks, each delivered once`], problems }
      },
    })
  } finally {
    receiver.close()
  }
}
