/* What those who watch over the server are told: its health and its metrics. */
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectionCounts, database, listenToQueries, withinTransaction } from '@/db/client'
import { databaseConfiguration } from '@/db/configuration'
import { jobs } from '@/db/schema/jobs'
import { mails } from '@/db/schema/mails'
import { webhookDeliveries } from '@/db/schema/webhooks'
import { asOwner } from '@/db/testing/as-owner'
import { recordEvents } from '@/lib/history/events/commands'
import { app } from '@/lib/http-api/app'
import { createWebhook } from '@/lib/http-api/webhooks/commands'
import { createUserIdentity } from '@/lib/people/identities/commands'
import { type ApiRequest, addApiKey, apiRequest } from '@/lib/testing/api-requests'
import { addWorkspace } from '@/lib/testing/test-data'
import type { Actor } from '../actor'
import { inTransaction } from '../transaction'
import { measureQueues } from './queries'
import { readiness } from './readiness'

const isEmbedded = !process.env.DATABASE_URL
const token = 'a-token-of-those-who-watch'
const stoppingKey = Symbol.for('keyholder.stopping')

let admin: Actor
beforeEach(async () => {
  admin = await addWorkspace()
})
afterEach(() => {
  vi.unstubAllEnvs()
  listenToQueries(undefined)
  Reflect.deleteProperty(globalThis, stoppingKey)
})

const ask = (path: string, request: ApiRequest = {}) => app.fetch(apiRequest(path, { method: 'GET', ...request }))

/** The samples of the metrics, by name and labels as they are written. */
async function readSamples(): Promise<Map<string, number>> {
  vi.stubEnv('METRICS_TOKEN', token)
  const response = await ask('/metrics', { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/)
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

test('who is alive says so to everybody, also while it stops', async () => {
  Reflect.set(globalThis, stoppingKey, true)
  const response = await ask('/health/live')
  expect([response.status, await response.json()]).toEqual([200, { ok: true }])
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('who is ready says so, until it is asked to stop', async () => {
  const ready = await ask('/health/ready')
  expect([ready.status, await ready.json()]).toEqual([200, { ok: true }])
  Reflect.set(globalThis, stoppingKey, true)
  const stopping = await ask('/health/ready')
  expect([stopping.status, await stopping.json()]).toEqual([503, { ok: false, reason: 'stopping' }])
})

test('without a database nobody is ready, and afterwards again', async () => {
  listenToQueries(() => {
    throw new Error('connect ECONNREFUSED db.internal.example:5432')
  })
  const response = await ask('/health/ready')
  expect([response.status, await response.json()]).toEqual([503, { ok: false, reason: 'database_unreachable' }])
  listenToQueries(undefined)
  expect(await readiness()).toEqual({ ready: true })
})

test('a database that takes too long is one that does not answer, and is asked once at a time', async () => {
  const { release, ended } = await holdEveryConnection()
  let asked = 0
  listenToQueries((statement) => {
    if (statement === 'select 1') asked++
  })
  const states = await Promise.all([readiness(100), readiness(100), readiness(100)])
  release()
  await ended
  expect(states).toEqual(Array(3).fill({ ready: false, reason: 'database_unreachable' }))
  expect(asked).toBe(1)
  expect(await readiness()).toEqual({ ready: true })
})

/** Has transactions take all the connections there are, until they are let go. */
async function holdEveryConnection() {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let holding = 0
  const held = Array.from({ length: databaseConfiguration().poolSize }, () =>
    withinTransaction(async () => {
      holding++
      await released
    }),
  )
  await vi.waitFor(() => expect(holding).toBe(isEmbedded ? 1 : held.length))
  return { release, ended: Promise.all(held) }
}

test('metrics are for who has the token, and without one there are none', async () => {
  vi.stubEnv('METRICS_TOKEN', undefined)
  const absent = await ask('/metrics', { headers: { authorization: 'Bearer ' } })
  const unknown = await ask('/no-such-address')
  expect([absent.status, await absent.json()]).toEqual([404, await unknown.json()])

  vi.stubEnv('METRICS_TOKEN', token)
  const apiKey = await addApiKey(admin)
  for (const authorization of [undefined, token, `Basic ${token}`, `Bearer ${token}x`, `Bearer ${apiKey}`]) {
    const refused = await ask('/metrics', { headers: authorization === undefined ? {} : { authorization } })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused.text()).not.toContain('keyholder_')
  }
})

test('requests of the API are counted by what they asked, and nothing that a client makes up becomes a label', async () => {
  const before = await readSamples()
  const apiKey = await addApiKey(admin)
  await ask('/user_identities/list', { apiKey })
  await ask('/user_identities/list?jane=1', { apiKey })
  await ask('/user_identities/list', { apiKey: 'unknown' })
  await ask('/jane@example.com')
  await app.fetch(new Request(apiRequest('/user_identities/list', {}), { method: 'BREW' }))
  await ask('/health/live')
  const after = await readSamples()
  const counted = [...after]
    .filter(([name]) => name.startsWith('keyholder_http_requests_total'))
    .map(([name, value]) => [name, value - (before.get(name) ?? 0)])
    .filter(([, count]) => count !== 0)
  const labels = (route: string, method: string, status: string) =>
    `keyholder_http_requests_total{kind="api",route="${route}",method="${method}",status="${status}"}`
  expect(Object.fromEntries(counted)).toEqual({
    [labels('/user_identities/list', 'GET', '2xx')]: 1,
    [labels('/user_identities/list', 'GET', '4xx')]: 2,
    [labels('unknown', 'GET', '4xx')]: 1,
    [labels('unknown', 'other', '4xx')]: 1,
  })
  const observed = [...after.keys()].filter((name) => name.includes('duration_seconds_count{kind="api"'))
  expect(observed).toContain(
    'keyholder_http_request_duration_seconds_count{kind="api",route="/user_identities/list",method="GET"}',
  )
  expect([...after.keys()].join()).not.toContain('jane')
  expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(0)
})

test('queues are measured as long as they are and as late as they are', async () => {
  const connection = await database()
  const idle = await measureQueues()
  const kind = uuidv7()
  const job = (minutesAgo: number, state: 'queued' | 'running' | 'done' = 'queued') => ({
    ...{
      workspaceId: admin.workspaceId,
      jobId: uuidv7(),
      kind,
      subjectId: uuidv7(),
      actorName: 'Dana Reyes',
      total: 1,
    },
    ...{ state, dueAt: sql`now() - make_interval(mins => ${minutesAgo})` },
    finishedAt: state === 'done' ? sql`now()` : null,
  })
  await connection.insert(jobs).values([job(2), job(5, 'running'), job(-10), job(60, 'done')])
  const later = uuidv7()
  await connection.insert(jobs).values({ ...job(-10), kind: later })
  await createWebhook(admin, { url: 'https://example.com/webhooks', event_types: ['*'] })
  await createUserIdentity(admin, { full_name: 'Jane Doe' })
  await connection
    .update(webhookDeliveries)
    .set({ nextAttemptAt: sql`now() - interval '3 minutes'` })
    .where(eq(webhookDeliveries.workspaceId, admin.workspaceId))

  await connection.insert(mails).values({
    ...{ mailId: uuidv7(), kind: 'greeting', subjectId: uuidv7(), content: 'sealed', expiresAt: new Date(4e12) },
    nextAttemptAt: sql`now() - interval '4 minutes'`,
  })

  const { jobs: measured, webhooks, mails: measuredMails } = await measureQueues()
  expect(measuredMails).toEqual({ pending: idle.mails.pending + 1, delaySeconds: expect.closeTo(240, -1.5) })
  const delayOf = (sought: string) => measured.find((queue) => queue.kind === sought)
  expect(delayOf(kind)).toEqual({ kind, unfinished: 3, delaySeconds: expect.closeTo(300, -1.5) })
  expect(delayOf(later)).toEqual({ kind: later, unfinished: 1, delaySeconds: 0 })
  expect(webhooks.pending).toBe(idle.webhooks.pending + 1)
  expect(webhooks.delaySeconds).toBeGreaterThanOrEqual(180)

  const samples = await readSamples()
  expect(samples.get('keyholder_database_up')).toBe(1)
  expect(samples.get(`keyholder_jobs_unfinished{kind="${kind}"}`)).toBe(3)
  expect(samples.get(`keyholder_job_delay_seconds{kind="${kind}"}`)).toBeGreaterThanOrEqual(300)
  expect(samples.get('keyholder_webhook_deliveries_pending')).toBe(webhooks.pending)
  expect(samples.get('keyholder_webhook_delay_seconds')).toBeGreaterThanOrEqual(180)
  expect(samples.get('keyholder_mails_pending')).toBe(measuredMails.pending)
  expect(samples.get('keyholder_mail_delay_seconds')).toBeGreaterThanOrEqual(240)
})

test('while the database cannot tell, the queues are unknown and not empty', async () => {
  await readSamples()
  listenToQueries((statement) => {
    if (statement.includes('webhook_deliveries')) throw new Error('The connection was lost')
  })
  const samples = await readSamples()
  expect(samples.get('keyholder_database_up')).toBe(0)
  expect([...samples.keys()].filter((name) => /^keyholder_(job|webhook)/.test(name))).toEqual([])
})

test('the pool is measured, where there is one', async () => {
  await readiness()
  const counts = await connectionCounts()
  const samples = await readSamples()
  if (isEmbedded) {
    expect(counts).toBeNull()
    expect([...samples.keys()].filter((name) => name.startsWith('keyholder_database_connections'))).toEqual([])
  } else {
    expect(samples.get('keyholder_database_connections{state="total"}')).toBeGreaterThan(0)
    expect(samples.get('keyholder_database_waiting_requests')).toBe(0)
  }
})

test('however many deliveries were made, only those still to be made are read', async () => {
  const connection = await database()
  await createWebhook(admin, { url: 'https://example.com/webhooks', event_types: ['*'] })
  await inTransaction((transaction) =>
    recordEvents(
      transaction,
      admin,
      Array.from({ length: 2000 }, () => ({
        eventType: 'user_identity.created' as const,
        userIdentityId: uuidv7(),
        data: { user_identity_name: 'Jane Doe' },
      })),
    ),
  )
  await connection
    .update(webhookDeliveries)
    .set({ status: 'delivered', finishedAt: sql`now()` })
    .where(eq(webhookDeliveries.workspaceId, admin.workspaceId))
  await asOwner('vacuum analyze webhook_deliveries')
  let sent = ''
  listenToQueries((statement) => {
    sent = statement
  })
  await measureQueues()
  listenToQueries(undefined)
  const plan = await connection.execute(sql`explain (format json) ${sql.raw(sent)}`)
  expect(JSON.stringify(plan)).toMatch(/webhook_deliveries_(due|of_object)/)
})
