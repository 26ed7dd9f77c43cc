/* A request that names itself is done once, whatever happens to it, and its repetition gets the same answer. */
import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { idempotentRequests } from '@/db/schema/api-keys'
import { events } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import type { Actor } from '@/lib/platform/actor'
import { type ApiRequest, addApiKey, apiRequest, readAnswer } from '@/lib/testing/api-requests'
import { addAccessSystem, addWorkspace, everythingIn } from '../testing/test-data'
import { app } from './app'

const create = '/user_identities/create'
const jane = { full_name: 'Jane Doe', email_address: 'jane@example.com' }

let admin: Actor
let apiKey: string
beforeEach(async () => {
  admin = await addWorkspace()
  apiKey = await addApiKey(admin)
})

const send = (path: string, body: unknown, key: string, request: ApiRequest = {}) =>
  app.fetch(apiRequest(path, { apiKey, body, ...request, headers: { 'idempotency-key': key } }))
const ask = async (...given: Parameters<typeof send>) => readAnswer(await send(...given))

async function countPeople(): Promise<number> {
  const connection = await database()
  return connection.$count(userIdentities, eq(userIdentities.workspaceId, admin.workspaceId))
}

async function countKept(): Promise<number> {
  const connection = await database()
  return connection.$count(idempotentRequests, eq(idempotentRequests.workspaceId, admin.workspaceId))
}

test('a repetition gets the same answer byte for byte, with a request id of its own', async () => {
  const first = await ask(create, jane, 'one')
  const again = await ask(create, { email_address: jane.email_address, full_name: jane.full_name }, 'one')
  expect(first.status).toBe(200)
  expect(again.text).toBe(first.text)
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
  expect(again.headers.get('seam-request-id')).not.toBe(first.headers.get('seam-request-id'))
  expect(await countPeople()).toBe(1)
})

test('of twenty at once one does it, and all get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(create, jane, 'race')))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(200)
  expect(await countPeople()).toBe(1)
  const connection = await database()
  expect(await connection.$count(events, eq(events.workspaceId, admin.workspaceId))).toBe(1)
})

test('of twenty at once with different bodies one wins, and the others are told so', async () => {
  const bodies = Array.from({ length: 20 }, (_, number) => ({ full_name: `Jane ${number}` }))
  const answers = await Promise.all(bodies.map((body) => ask(create, body, 'race')))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 409)])
  expect(await countPeople()).toBe(1)
})

test('the key with another body or at another endpoint is refused, and does nothing', async () => {
  await ask(create, jane, 'one')
  const before = await everythingIn(admin)
  for (const answer of [
    await ask(create, { full_name: 'Jo' }, 'one'),
    await ask('/webhooks/create', { url: 'https://hooks.example.com/seam' }, 'one'),
  ]) {
    expect([answer.status, answer.body.error?.type]).toEqual([409, 'idempotency_key_conflict'])
  }
  expect((await everythingIn(admin)).identities).toEqual(before.identities)
})

test('an access system is created once, and deleted once', async () => {
  const first = await ask('/acs/systems/create', { name: 'Garden House' }, 'create')
  const again = await ask('/acs/systems/create', { name: 'Garden House' }, 'create')
  expect([again.status, again.text]).toEqual([200, first.text])
  const { acs_system_id } = first.body.acs_system as { acs_system_id: string }
  for (const repetition of [1, 2]) {
    expect((await ask('/acs/systems/delete', { acs_system_id }, 'delete')).status, `${repetition}`).toBe(200)
  }
  expect((await everythingIn(admin)).events.map(({ eventType }) => eventType)).toEqual([
    'acs_system.added',
    'acs_system.deleted',
  ])
})

test('the same key of another API key is another request', async () => {
  await ask(create, { full_name: 'Jane' }, 'one')
  const other = await addApiKey(admin)
  expect((await ask(create, { full_name: 'Jane' }, 'one', { apiKey: other })).status).toBe(200)
  expect(await countPeople()).toBe(2)
})

test('a refusal is repeated too, even when it would not be refused any more', async () => {
  await ask(create, jane, 'first')
  const refused = await ask(create, jane, 'second')
  expect([refused.status, refused.body.error?.type]).toEqual([409, 'email_address_conflict'])
  const connection = await database()
  await connection
    .update(userIdentities)
    .set({ emailAddress: 'janet@example.com' })
    .where(eq(userIdentities.workspaceId, admin.workspaceId))
  const again = await ask(create, jane, 'second')
  expect([again.status, again.text]).toEqual([refused.status, refused.text])
  expect(await countPeople()).toBe(1)
})

test('what is refused halfway leaves nothing but the answer', async () => {
  const acsSystemId = await addAccessSystem(admin)
  const unknown = '0192f0c1-2345-7abc-8def-0123456789ab'
  const before = await everythingIn(admin)
  const refused = await ask(create, { ...jane, acs_system_ids: [acsSystemId, unknown] }, 'one')
  expect(refused.status).toBe(404)
  const { apiKeys: _, ...left } = await everythingIn(admin)
  expect(left).toEqual({
    ...left,
    ...Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'apiKeys')),
  })
  expect(await countKept()).toBe(1)
})

describe('a failure of ours', () => {
  test.each([
    ['before anything is written', /^insert into "user_identities"/],
    ['when the event is written', /^insert into "events"/],
    ['when the answer is kept', /^update "idempotent_requests"/],
  ])('%s is not kept, and nothing of it stays', async (_when, statement) => {
    listenToQueries((sent) => {
      if (statement.test(sent)) throw new Error('The disk is full.')
    })
    const failed = await send(create, jane, 'one')
    listenToQueries(undefined)
    expect(failed.status).toBe(500)
    expect(await failed.json()).toMatchObject({ ok: false, error: { type: 'internal_error' } })
    expect([await countPeople(), await countKept()]).toEqual([0, 0])
    expect((await ask(create, jane, 'one')).status).toBe(200)
    expect(await countPeople()).toBe(1)
  })
})

test('after 24 hours the key is new, and not before', async () => {
  const age = async (hours: number) => {
    const connection = await database()
    await connection
      .update(idempotentRequests)
      .set({ createdAt: sql`now() - make_interval(hours => ${hours})` })
      .where(and(eq(idempotentRequests.workspaceId, admin.workspaceId), eq(idempotentRequests.idempotencyKey, 'one')))
  }
  const first = await ask(create, { full_name: 'Jane' }, 'one')
  await age(23)
  expect((await ask(create, { full_name: 'Jane' }, 'one')).text).toBe(first.text)
  await age(25)
  expect((await ask(create, { full_name: 'Jo' }, 'one')).status).toBe(200)
  expect(await countPeople()).toBe(2)
})

test('reading takes no notice of it', async () => {
  const list = async () => (await ask('/user_identities/list', {}, 'read')).body.user_identities
  expect(await list()).toEqual([])
  await ask(create, jane, 'one')
  expect(await list()).toHaveLength(1)
  expect(await countKept()).toBe(1)
})
