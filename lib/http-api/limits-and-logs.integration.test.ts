/* How often a key may ask, what is written down of it, and how many statements it takes. */
import { DrizzleQueryError, eq } from 'drizzle-orm'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { events } from '@/db/schema/events'
import type { Actor } from '@/lib/platform/actor'
import { type ApiRequest, addApiKey, apiRequest, readAnswer } from '@/lib/testing/api-requests'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addIdentity,
  addWorkspace,
} from '../testing/test-data'
import { app } from './app'

let admin: Actor
let apiKey: string
beforeEach(async () => {
  admin = await addWorkspace()
  apiKey = await addApiKey(admin)
})

const ask = async (path: string, request: ApiRequest = {}) =>
  readAnswer(await app.fetch(apiRequest(path, { apiKey, ...request })))

describe('with a limit of three requests a minute', () => {
  beforeEach(() => {
    vi.stubEnv('API_RATE_LIMIT', '3')
    vi.resetModules()
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  test('the fourth is told when to come again, and other keys are not concerned', async () => {
    const { app: limited } = await import('./app')
    const askLimited = async (key: string) =>
      readAnswer(
        await limited.fetch(apiRequest('/user_identities/create', { apiKey: key, body: { full_name: 'Jane' } })),
      )
    const answers = []
    for (let count = 0; count < 5; count++) answers.push(await askLimited(apiKey))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429])
    expect(answers[2]?.headers.has('retry-after')).toBe(false)
    const seconds = Number(answers[3]?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(answers[3]?.body.error).toMatchObject({ type: 'rate_limit_exceeded' })
    expect((await askLimited(await addApiKey(admin))).status).toBe(200)
    expect((await askLimited(`${apiKey.slice(0, -1)}!`)).status).toBe(401)
  })
})

describe('the log', () => {
  const email = 'jane.private@example.com'
  const loggers = globalThis as unknown as { [key: symbol]: pino.Logger | undefined }
  const key = Symbol.for('keyholder.logger')
  let lines: string[]
  let before: pino.Logger | undefined

  /** Writes the lines of the process's own logger, with its own settings, here instead of on standard output. */
  beforeEach(async () => {
    lines = []
    before = loggers[key]
    loggers[key] = undefined
    vi.stubEnv('LOG_LEVEL', 'trace')
    const { logger } = await import('@/lib/platform/logger')
    const stream = (logger() as unknown as Record<symbol, { write: (line: string) => void }>)[pino.symbols.streamSym]
    vi.spyOn(stream as { write: (line: string) => void }, 'write').mockImplementation((line) => void lines.push(line))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    loggers[key] = before
    listenToQueries(undefined)
  })

  test('tells of every request by its id, and of nobody', async () => {
    const consoleLines: unknown[] = []
    for (const method of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, method).mockImplementation((...given) => void consoleLines.push(given))
    }
    const send = (path: string, request: ApiRequest = {}) => app.fetch(apiRequest(path, { apiKey, ...request }))
    const responses = [
      await send('/user_identities/create', { body: { email_address: email } }),
      await send('/user_identities/create', { body: { email_address: email }, headers: { 'idempotency-key': email } }),
      await send('/user_identities/create', { body: `{"email_address": "${email}"` }),
      await send('/user_identities/create', { body: { [email]: 1 } }),
      await send(`/user_identities/get?email_address=${email}`, { method: 'GET' }),
      await send(`/user_identities/get?${email}=1`, { method: 'GET' }),
      await send(`/user_identities/${email}`, { method: 'GET' }),
      await send(`/images/acs_systems/${email}`, { method: 'GET' }),
      await send(`/user_identities/get?api_key=${apiKey}`, { method: 'GET', apiKey: `${apiKey}x` }),
    ]
    listenToQueries((statement, parameters) => {
      if (/"user_identities"/.test(statement)) throw new DrizzleQueryError(statement, parameters)
    })
    const body = { email_address: email }
    responses.push(await send('/user_identities/create', { body, headers: { 'idempotency-key': 'x' } }))
    expect(responses.map(({ status }) => status)).toEqual([200, 409, 400, 400, 200, 400, 404, 404, 401, 500])

    const told = lines.map((line) => JSON.parse(line))
    const requests = told.filter(({ msg }) => msg === 'API request')
    expect(requests.map(({ request_id, status }) => [request_id, status])).toEqual(
      responses.map(({ headers, status }) => [headers.get('seam-request-id'), status]),
    )
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/user_identities/create',
      workspace_id: admin.workspaceId,
    })
    expect(told.find(({ msg }) => msg === 'API request failed')?.request_id).toBe(requests.at(-1)?.request_id)
    const everything = JSON.stringify([lines, consoleLines])
    for (const secret of ['jane.private', apiKey, ...apiKey.split('_').slice(1)]) {
      expect(everything).not.toContain(secret)
    }
  })
})

describe('the id of a request', () => {
  const create = async (headers: Record<string, string>) => {
    const response = await app.fetch(
      apiRequest('/user_identities/create', { apiKey, body: { full_name: 'Jane Doe' }, headers }),
    )
    const { user_identity } = (await response.json()) as { user_identity: { user_identity_id: string } }
    const connection = await database()
    const recorded = await connection
      .select({ requestId: events.requestId, changeId: events.changeId })
      .from(events)
      .where(eq(events.userIdentityId, user_identity.user_identity_id))
    return { answered: response.headers.get('seam-request-id'), recorded: recorded[0] }
  }

  test('is the one that a proxy gave, in the answer and in what is recorded', async () => {
    const given = 'Root=1-67891233-abcdef012345678912345678'
    const first = await create({ 'x-request-id': given })
    const again = await create({ 'x-request-id': given })
    expect([first.answered, first.recorded?.requestId]).toEqual([given, given])
    expect([again.answered, again.recorded?.requestId]).toEqual([given, given])
    // Who gives the same id to everything must still be able to undo one change alone.
    expect(again.recorded?.changeId).not.toBe(first.recorded?.changeId)
  })

  test('is our own when the one that was given cannot stand in a log', async () => {
    const { answered, recorded } = await create({ 'x-request-id': 'jane doe {"level":"error"}' })
    expect(answered).toMatch(/^[0-9a-f-]{36}$/)
    expect(recorded?.requestId).toBe(answered)
  })
})

describe('the statements of a request', () => {
  let ids: Record<string, string>
  beforeEach(async () => {
    const acsSystemId = await addAccessSystem(admin)
    const userIdentityId = await addIdentity(admin, { emailAddress: 'jane@example.com' })
    const acsUserId = await addAcsUser(admin, acsSystemId, { emailAddress: 'jane@example.com', userIdentityId })
    await addCredential(admin, { acsSystemId, acsUserId })
    await addEntrance(admin, acsSystemId)
    await addAccessGroup(admin, acsSystemId)
    ids = { acs_system_id: acsSystemId, user_identity_id: userIdentityId, acs_user_id: acsUserId }
  })

  /** The statements about anything but keys, and those that look up the key. */
  async function statementsOf(path: string, body: object) {
    const sent: string[] = []
    listenToQueries((statement) => sent.push(statement))
    const { status } = await ask(path, { body }).finally(() => listenToQueries(undefined))
    const ofKeys = sent.filter((statement) => /^select.*from "api_keys"/.test(statement))
    return { status, ofKeys: ofKeys.length, others: sent.filter((statement) => !/"api_keys"/.test(statement)).length }
  }

  test('a key is looked up once, and then remembered', async () => {
    expect(await statementsOf('/user_identities/list', {})).toEqual({ status: 200, ofKeys: 1, others: 1 })
    expect(await statementsOf('/user_identities/list', {})).toEqual({ status: 200, ofKeys: 0, others: 1 })
  })

  test.each([
    ['/user_identities/list', []],
    ['/user_identities/list_acs_users', ['user_identity_id']],
    ['/user_identities/list_acs_systems', ['user_identity_id']],
    ['/user_identities/get', ['user_identity_id']],
    ['/acs/systems/list', []],
    ['/acs/users/list', ['acs_system_id']],
    ['/acs/users/list', ['user_identity_id']],
    ['/acs/users/get', ['acs_user_id']],
    ['/acs/credentials/list', ['acs_system_id', 'acs_user_id']],
    ['/acs/credentials/list', ['user_identity_id']],
    ['/acs/entrances/list', ['acs_system_id']],
    ['/acs/access_groups/list', ['acs_system_id']],
    ['/events/list', []],
    ['/webhooks/list', []],
    ['/workspaces/list', []],
  ] as const)('%s by %j takes one', async (path, names) => {
    const body = Object.fromEntries(names.map((name) => [name, ids[name]]))
    expect(await statementsOf(path, body)).toMatchObject({ status: 200, others: 1 })
  })

  test('a list that comes out empty asks once more whether there is such a thing', async () => {
    const empty = await addAccessSystem(admin, 'Pier House')
    expect(await statementsOf('/acs/users/list', { acs_system_id: empty })).toMatchObject({ status: 200, others: 2 })
    expect(await statementsOf('/acs/users/list', { acs_system_id: uuidv7() })).toMatchObject({ status: 404, others: 2 })
    expect(await statementsOf('/user_identities/list', { search: 'nobody' })).toMatchObject({ status: 200, others: 1 })
  })
})

test('while the database cannot be used, everybody is told to come again, and nothing is done', async () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100' })
  const body = { full_name: 'Jane' }
  const headers = { 'idempotency-key': 'once' }
  listenToQueries((statement, parameters) => {
    if (/^insert into "events"/.test(statement)) throw new DrizzleQueryError(statement, parameters, full)
  })
  const refused = await app.fetch(apiRequest('/user_identities/create', { apiKey, body, headers }))
  listenToQueries(undefined)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  const told = await refused.text()
  expect(told).toContain('"type":"service_unavailable"')
  expect(told).not.toMatch(/extend|insert/)

  const repeated = await ask('/user_identities/create', { body, headers })
  expect(repeated.status).toBe(200)
  const { body: list } = await ask('/user_identities/list')
  expect(list.user_identities).toHaveLength(1)
})
