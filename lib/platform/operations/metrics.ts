import { setTimeout as sleep } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { connectionCounts } from '@/db/client'
import { logger } from '../logger'
import { measureQueues } from './queries'

/** What a request was, without anything that a client could make up. */
export type ObservedRequest = {
  kind: 'api' | 'page' | 'action' | 'data' | 'asset'
  /** The pattern of its path, such as `/identities/[id]`; null when nothing answers there. */
  route: string | null
  method: string
  status: number
  seconds: number
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const patienceMilliseconds = 4000

// Next's bundle and the server entry each load their own copy of this module; the numbers are one.
const holder = globalThis as unknown as { [key: symbol]: Metrics | undefined }
const key = Symbol.for('keyholder.metrics')
type Metrics = ReturnType<typeof createMetrics>

function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `keyholder_${name}`, help, labelNames, registers })
  return {
    registry,
    requests: new Counter({
      name: 'keyholder_http_requests_total',
      help: 'Requests answered, by the pattern of their path and the class of the status.',
      labelNames: ['kind', 'route', 'method', 'status'],
      registers,
    }),
    durations: new Histogram({
      name: 'keyholder_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['kind', 'route', 'method'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    databaseUp: gauge('database_up', 'Whether the database answered when this was asked for.'),
    connections: gauge('database_connections', 'Connections to PostgreSQL that this process holds.', ['state']),
    waiting: gauge('database_waiting_requests', 'Statements that wait for a connection to PostgreSQL.'),
    jobs: gauge('jobs_unfinished', 'Jobs that are queued or running, in the whole database.', ['kind']),
    jobDelay: gauge('job_delay_seconds', 'How long the job that has been due for longest has waited.', ['kind']),
    deliveries: gauge('webhook_deliveries_pending', 'Webhook deliveries still to be made, in the whole database.'),
    webhookDelay: gauge(
      'webhook_delay_seconds',
      'How long the most overdue webhook delivery has been due, of receivers that are sent to as usual.',
    ),
    troubledWebhooks: gauge('webhooks_troubled', 'Webhooks that are slow or switched off.', ['state']),
    mails: gauge('mails_pending', 'Mails still to be sent, in the whole database.'),
    mailDelay: gauge('mail_delay_seconds', 'How long the most overdue mail has been due.'),
  }
}

function metrics(): Metrics {
  holder[key] ??= createMetrics()
  return holder[key]
}

/** Counts a request that was answered. */
export function observeRequest({ kind, route, method, status, seconds }: ObservedRequest): void {
  const { requests, durations } = metrics()
  const labels = { kind, route: route ?? 'unknown', method: methods.includes(method) ? method : 'other' }
  requests.inc({ ...labels, status: `${Math.floor(status / 100)}xx` })
  durations.observe(labels, seconds)
}

/** All metrics in Prometheus' text format; those of the database as it is now, or `keyholder_database_up 0`. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  const { registry, ...gauges } = metrics()
  const connections = await connectionCounts()
  if (connections) {
    gauges.connections.set({ state: 'total' }, connections.total)
    gauges.connections.set({ state: 'idle' }, connections.idle)
    gauges.waiting.set(connections.waiting)
  }
  const queues = await Promise.race([measured(), sleep(patienceMilliseconds, null, { ref: false })])
  gauges.databaseUp.set(queues ? 1 : 0)
  gauges.jobs.reset()
  gauges.jobDelay.reset()
  gauges.troubledWebhooks.reset()
  if (queues) {
    for (const { kind, unfinished, delaySeconds } of queues.jobs) {
      gauges.jobs.set({ kind }, unfinished)
      gauges.jobDelay.set({ kind }, delaySeconds)
    }
    gauges.deliveries.set(queues.webhooks.pending)
    gauges.webhookDelay.set(queues.webhooks.delaySeconds)
    gauges.troubledWebhooks.set({ state: 'slow' }, queues.webhooks.slow)
    gauges.troubledWebhooks.set({ state: 'switched_off' }, queues.webhooks.switchedOff)
    gauges.mails.set(queues.mails.pending)
    gauges.mailDelay.set(queues.mails.delaySeconds)
  } else {
    // Nothing known is not nothing to do.
    gauges.deliveries.remove()
    gauges.webhookDelay.remove()
    gauges.mails.remove()
    gauges.mailDelay.remove()
  }
  return { contentType: registry.contentType, text: await registry.metrics() }
}

let measuring: ReturnType<typeof measureQueues> | undefined

/** The queues' lengths, or null when the database cannot tell; asked once at a time. */
async function measured() {
  measuring ??= measureQueues().finally(() => {
    measuring = undefined
  })
  return measuring.catch((error) => {
    logger().warn({ error }, 'The queues could not be measured')
    return null
  })
}
