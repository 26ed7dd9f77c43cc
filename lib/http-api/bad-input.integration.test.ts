/* What a client may get wrong, or do on purpose, case by case. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from '@hono/zod-openapi'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { inTransaction } from '@/lib/platform/transaction'
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
import { revokeApiKey } from './api-keys/commands'
import { listApiKeys } from './api-keys/queries'
import { app } from './app'
import { resources } from './endpoints'
import { apiListener } from './node-listener'
import { createWebhook } from './webhooks/commands'

const endpoints = resources.flatMap((resource) => resource.endpoints)
const listed = '/user_identities/list'
const created = '/user_identities/create'

let admin: Actor
let apiKey: string
beforeAll(async () => {
  admin = await addWorkspace()
  apiKey = await addApiKey(admin)
})

const ask = async (path: string, request: ApiRequest = {}) =>
  readAnswer(await app.fetch(apiRequest(path, { apiKey, ...request })))

/** Expects a request to be refused as wrong input and gives its message. */
async function messageOf(path: string, request: ApiRequest): Promise<string | undefined> {
  const { status, body } = await ask(path, request)
  expect([status, body.error?.type]).toEqual([400, 'invalid_input'])
  return body.error?.message
}

describe('the body', () => {
  test.each([
    ['cut off', '{"full_name": "Jane'],
    ['with a comma too many', '{"full_name": "Jane",}'],
    ['with a comment', '{/* who */ "full_name": "Jane"}'],
    ['with single quotes', "{'full_name': 'Jane'}"],
    ['two objects', '{}{}'],
    ['NaN', '{"limit": NaN}'],
    ['a number with a leading zero', '{"limit": 010}'],
    ['a line break within a text', '{"full_name": "Jane\nDoe"}'],
    ['a form', 'full_name=Jane'],
  ])('that is no JSON: %s', async (_what, body) => {
    expect(await messageOf(created, { body })).toBe(
      'The body is not valid JSON. Check its commas, quotes and brackets.',
    )
  })

  test.each(['[]', '[{}]', '"Jane"', 'null', '0', 'true'])('that is no object: %s', async (body) => {
    expect(await messageOf(created, { body })).toMatch(/^The body must be a JSON object/)
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    'application/jsonp',
  ])('of the type %s is not read', async (type) => {
    const body = '{"full_name":"Jane"}'
    expect(await messageOf(created, { body, headers: { 'content-type': type } })).toMatch(/^Send the body as JSON/)
  })

  test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/problem+json'])(
    'of the type %s is read',
    async (type) => {
      expect((await ask(listed, { body: '{}', headers: { 'content-type': type } })).status).toBe(200)
    },
  )

  test.each([
    ['in the object', '{"full_name":"Jane","full_name":"Jo"}', 'full_name'],
    ['spelt with an escape', '{"full_name":"Jane","full_n\\u0061me":"Jo"}', 'full_name'],
    ['deeper', '{"access_schedule":{"starts_at":"a","starts_at":"b"}}', 'starts_at'],
    ['in a list', '{"x":[{"a":1,"a":2}]}', 'a'],
    ['called __proto__', '{"__proto__":1,"__proto__":2}', '__proto__'],
    ['the last of three', '{"a":1,"a":1,"a":2}', 'a'],
  ])('that names something twice %s', async (_where, body, name) => {
    expect(await messageOf(created, { body })).toBe(`${name} is given twice.`)
  })

  test('that says the same thing twice says one thing', async () => {
    expect((await ask(listed, { body: '{"limit":1,"limit":1}' })).status).toBe(200)
  })

  test.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['objects within a parameter', `{"visionline_metadata":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`],
  ])('of very many levels of %s', async (_what, body) => {
    expect((await ask('/acs/credentials/create', { body })).status).toBe(400)
  })

  test('that is not UTF-8', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])
    expect(await messageOf(created, { body })).toBe('The body is not valid UTF-8.')
  })

  test('that is larger than 1 MiB, whether its size is told or not', async () => {
    const text = JSON.stringify({ full_name: 'x'.repeat(2 * 1024 * 1024) })
    const told = await ask(created, { body: text, headers: { 'content-length': String(text.length) } })
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    })
    for (const answer of [told, await ask(created, { body: stream })]) {
      expect([answer.status, answer.body.error?.type]).toEqual([413, 'payload_too_large'])
    }
  })

  test.each([
    ['as many wrong items as fit', { acs_system_ids: Array.from({ length: 300_000 }, () => 1) }],
    ['as many unknown names as fit', Object.fromEntries(Array.from({ length: 80_000 }, (_, n) => [`n${n}`, 1]))],
    ['a name as long as fits', { ['n'.repeat(1_000_000)]: 1 }],
    ['a name of very many dots', { ['a.'.repeat(400_000)]: 1 }],
  ])('of %s is not answered with as much', async (_what, body) => {
    const answer = await ask(created, { body })
    expect(answer.status).toBe(400)
    expect(answer.text.length).toBeLessThan(20_000)
  })
})

describe('on the wire', () => {
  const server = createServer(apiListener())
  let origin: string
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  test('a body of unknown size is refused as too large, and the answer arrives', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024))
    let left = 32
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk)
        else controller.close()
      },
    })
    const response = await fetch(`${origin}/api${created}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await readAnswer(response)).body.error?.type).toBe('payload_too_large')
  })

  test('a body of known size is refused as too large, and the answer arrives', async () => {
    const response = await fetch(`${origin}/api${created}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: 'x'.repeat(2 * 1024 * 1024),
    })
    expect((await readAnswer(response)).body.error?.type).toBe('payload_too_large')
  })

  test('CRLF in the Idempotency-Key reaches nobody', async () => {
    const request = {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': 'a\r\nX-Admin: 1' },
    }
    await expect(fetch(`${origin}/api${created}`, request)).rejects.toThrow()
  })
})

describe('the Idempotency-Key', () => {
  test.each(['', ' ', 'x'.repeat(256), 'ÿ', 'a\tb'])('%j is none', async (key) => {
    const request = { body: { full_name: 'Jane' }, headers: { 'idempotency-key': key } }
    expect(await messageOf(created, request)).toMatch(/^The Idempotency-Key header must be/)
  })
})

describe('parameters', () => {
  test.each([[1e300], [2 ** 53], [1001], [-1], [0.5], ['10'], [null], [true], [[10]]])(
    'a limit of %j',
    async (limit) => {
      expect(await messageOf(listed, { body: { limit } })).toMatch(/^limit must be /)
    },
  )

  test.each(['1e400', '-1e400', '1e99999999999'])('a limit of %s', async (limit) => {
    expect(await messageOf(listed, { body: `{"limit":${limit}}` })).toMatch(/^limit must be /)
  })

  test.each(['limit=1e3', 'limit=0x10', 'limit=', 'limit=%31%30x', 'limit=99999999999999999999', 'limit=-1'])(
    'in the query: %s',
    async (query) => {
      expect(await messageOf(`${listed}?${query}`, { method: 'GET' })).toMatch(/^limit must be /)
    },
  )

  test.each(['nickname', '__proto__', 'constructor', 'toString', '_errors', 'form', '', 'limit '])(
    'one of the unknown name %j',
    async (name) => {
      const inBody = await ask(listed, { body: `{${JSON.stringify(name)}:1}` })
      const inQuery = await ask(`${listed}?${encodeURIComponent(name)}=1`, { method: 'GET' })
      for (const { status, body } of [inBody, inQuery]) {
        expect(status).toBe(400)
        expect(body.error?.message).toBe(`${name} is not a parameter of this endpoint.`)
      }
    },
  )

  test('in the query and in the body', async () => {
    expect(await messageOf(`${listed}?limit=1`, { body: { limit: 1 } })).toBe(
      'limit is given twice: in the query and in the body.',
    )
    expect((await ask(`${listed}?limit=1`, { body: { search: 'x' } })).status).toBe(200)
  })

  test.each(['limit=1&limit=2', 'limit=1&limit=1', 'search=a&search=b'])('repeated in the query: %s', async (query) => {
    expect(await messageOf(`${listed}?${query}`, { method: 'GET' })).toMatch(/^(limit|search) is given twice\.$/)
  })

  test('text that no database can hold', async () => {
    for (const text of ['Jane\0Doe', '\ud800']) {
      for (const name of ['search', 'page_cursor']) {
        expect((await ask(listed, { body: { [name]: text } })).status).toBe(400)
      }
      expect(await messageOf(created, { body: { full_name: text } })).toMatch(/^full_name /)
    }
  })
})

describe('the API key', () => {
  const unauthorized = async (headers: Record<string, string>, query = '') => {
    const answer = await readAnswer(await app.fetch(apiRequest(`${listed}${query}`, { method: 'GET', headers })))
    expect([answer.status, answer.body.error?.type]).toEqual([401, 'unauthorized'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(answer.text).not.toContain(apiKey.slice(-20))
  }

  test('is taken from one place, in one form', async () => {
    const basic = Buffer.from(`${apiKey}:`).toString('base64')
    await unauthorized({})
    for (const authorization of [
      `Basic ${basic}`,
      apiKey,
      `Bearer`,
      `Bearer  `,
      `Bearer ${apiKey}, Bearer ${apiKey}`,
      `Bearer ${apiKey} extra`,
      `Bearer "${apiKey}"`,
      `Bearer ${apiKey}x`,
      `Bearer ${apiKey.slice(0, -1)}`,
      `Bearer ${apiKey.toLowerCase()}`,
      `Bearer ${apiKey.replace('seam_', 'seam_cst_')}`,
      `Token ${apiKey}`,
      `Digest username="${apiKey}"`,
    ]) {
      await unauthorized({ authorization })
    }
    await unauthorized({ 'seam-api-key': apiKey, 'x-api-key': apiKey, cookie: `Authorization=Bearer ${apiKey}` })
    for (const name of ['api_key', 'apiKey', 'key', 'access_token', 'authorization']) {
      await unauthorized({}, `?${name}=${apiKey}`)
    }
    expect((await ask(listed, { method: 'GET', headers: { authorization: `bearer   ${apiKey}` } })).status).toBe(200)
  })

  test('with the secret of another key of the same workspace', async () => {
    const other = await addApiKey(admin)
    const [, publicId] = apiKey.split('_')
    const [, , secret] = other.split('_')
    await unauthorized({ authorization: `Bearer seam_${publicId}_${secret}` })
  })

  test('is refused as soon as it is revoked', async () => {
    const owner = await addWorkspace()
    const secret = await addApiKey(owner)
    const headers = { authorization: `Bearer ${secret}` }
    expect((await ask(listed, { apiKey: secret })).status).toBe(200)
    const [listedKey] = await listApiKeys(owner.workspaceId)
    await revokeApiKey(owner, listedKey?.apiKeyId ?? '')
    await unauthorized(headers)
  })
})

describe('page cursors', () => {
  let cursor: string
  beforeAll(async () => {
    for (const name of ['Jane Doe', 'Jo Doe', 'Jim Doe']) await addIdentity(admin, name)
    cursor = await cursorOf(apiKey)
  })

  async function cursorOf(key: string): Promise<string> {
    const { body } = await ask(listed, { apiKey: key, body: { limit: 1, search: 'doe' } })
    const { next_page_cursor } = body.pagination as { next_page_cursor: string }
    return next_page_cursor
  }
  const next = (page_cursor: unknown, others: object = { limit: 1, search: 'doe' }, path = listed) =>
    ask(path, { body: { ...others, page_cursor } })

  test('one of ours goes on, in the query and in the body', async () => {
    expect((await next(cursor)).status).toBe(200)
    const { body } = await ask(listed, { body: { limit: 1, search: 'doe' } })
    const { next_page_url } = body.pagination as { next_page_url: string }
    const { pathname, search } = new URL(next_page_url)
    expect((await ask(pathname.replace('/api', '') + search, { method: 'GET' })).status).toBe(200)
  })

  test('the address of the next page goes on, whatever the parameters that count for nothing', async () => {
    const acsSystemId = await addAccessSystem(admin)
    for (const name of ['Front door', 'Back door', 'Roof']) await addEntrance(admin, acsSystemId, name)
    const body = { limit: 1, customer_key: null, space_id: null, page_cursor: null }
    const answer = await ask('/acs/entrances/list', { body })
    const { pathname, search } = new URL((answer.body.pagination as { next_page_url: string }).next_page_url)
    expect((await ask(pathname.replace('/api', '') + search, { method: 'GET' })).status).toBe(200)
  })

  test('a forged or damaged one', async () => {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forgeries = [
      cursor.slice(0, -4),
      cursor.slice(1),
      `${cursor.slice(0, 20)}AAAA${cursor.slice(24)}`,
      encode([uuidv7(), parts[1], parts[2]]),
      encode([parts[0], parts[1], '']),
      encode([parts[0], parts[1], 'ÿ'.repeat(parts[2].length)]),
      encode([parts[0], 'x', parts[2]]),
      encode({ 0: parts[0], 1: parts[1], 2: parts[2], length: 3 }),
      encode("' or 1=1 --"),
      uuidv7(),
      'x'.repeat(2000),
      'x'.repeat(2001),
      ' ',
    ]
    for (const forgery of forgeries) {
      const { status, body } = await next(forgery)
      expect([status, body.error?.type], forgery).toEqual([400, 'invalid_input'])
    }
  })

  test('one of another workspace is as good as forged', async () => {
    const other = await addWorkspace()
    for (const name of ['Ann Doe', 'Al Doe']) await addIdentity(other, name)
    const { status, body } = await next(await cursorOf(await addApiKey(other)))
    expect([status, body.error?.type]).toEqual([400, 'invalid_input'])
    expect(body.error?.message).toBe((await next('forged')).body.error?.message)
  })

  test('one with other parameters, or of another endpoint', async () => {
    for (const answer of [
      await next(cursor, { limit: 2, search: 'doe' }),
      await next(cursor, { limit: 1 }),
      await next(cursor, { limit: 1, search: 'Doe' }),
      await next(cursor, { limit: 1, search: 'doe' }, '/acs/users/list'),
    ]) {
      expect([answer.status, answer.body.error?.type]).toEqual([400, 'mismatched_page_parameters'])
    }
  })
})

describe('ids of another workspace', () => {
  const mine: Record<string, string> = {}
  const theirs: Record<string, string> = {}
  beforeAll(async () => {
    const other = await addWorkspace()
    for (const [workspace, ids] of [
      [admin, mine],
      [other, theirs],
    ] as const) {
      // Kept by hand: nothing else can be changed itself.
      ids.acs_system_id = await addAccessSystem(workspace, 'Harbor House', { externalType: null })
      ids.user_identity_id = await addIdentity(workspace)
      ids.acs_user_id = await addAcsUser(workspace, ids.acs_system_id, { userIdentityId: ids.user_identity_id })
      ids.acs_credential_id = await addCredential(workspace, {
        acsSystemId: ids.acs_system_id,
        acsUserId: ids.acs_user_id,
      })
      ids.acs_entrance_id = await addEntrance(workspace, ids.acs_system_id)
      ids.acs_access_group_id = await addAccessGroup(workspace, ids.acs_system_id)
      ids.webhook_id = (await createWebhook(workspace, { url: 'https://hooks.example.com/seam' })).webhookId
    }
  })

  /** Every parameter of every endpoint that is an id of something here, or a list of them. */
  const places = endpoints.flatMap(({ path, parameters }) => {
    const { required = [], properties = {} } = z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' })
    return Object.entries(properties).flatMap(([parameter, schema]) => {
      const kind = parameter.replace(/_ids$/, '_id').replace(/^allowed_|^credential_manager_/, '')
      const isList = typeof schema === 'object' && schema.type === 'array'
      return kind in foreignKinds ? [{ path, parameter, kind, isList, required }] : []
    })
  })

  test.each(places)('$path: $parameter', async ({ path, parameter, kind, isList, required }) => {
    // It needs one of two ids, neither of which is required by itself.
    const needed = path === '/user_identities/add_acs_user' ? [...required, 'user_identity_id'] : required
    const named = { name: 'Guests', display_name: 'Back door' }
    const others = Object.fromEntries(
      needed.map((name) => [
        name,
        mine[name] ?? { ...named, full_name: 'Jane', access_method: 'mobile_key', event_types: ['*'] }[name],
      ]),
    )
    const answerTo = async (id: string | undefined) => {
      const { status, text } = await ask(path, { body: { ...others, [parameter]: isList ? [id] : id } })
      return { status, text }
    }
    const ofTheirs = await answerTo(theirs[kind])
    const ofNobody = await answerTo(uuidv7())
    expect(ofTheirs).toEqual(ofNobody)
    expect(JSON.stringify(ofTheirs)).not.toContain(theirs[kind])
    if (required.includes(parameter)) expect(ofTheirs.status).toBe(404)
  })

  test('an event of another workspace', async () => {
    const other = await addWorkspace()
    const otherKey = await addApiKey(other)
    const userIdentityId = await addIdentity(other)
    await inTransaction((transaction) =>
      recordEvents(transaction, other, [{ eventType: 'user_identity.created', userIdentityId }]),
    )
    const { body } = await ask('/events/list', { apiKey: otherKey })
    const [event] = body.events as { event_id: string }[]
    const ofTheirs = await ask('/events/get', { body: { event_id: event?.event_id } })
    const ofNobody = await ask('/events/get', { body: { event_id: uuidv7() } })
    expect(ofTheirs.status).toBe(404)
    expect(ofTheirs.text).toBe(ofNobody.text)
    expect((await ask('/events/list', { body: { event_ids: [event?.event_id] } })).body.events).toEqual([])
  })
})

/** The ids that something here has. */
const foreignKinds = {
  acs_system_id: true,
  user_identity_id: true,
  acs_user_id: true,
  acs_credential_id: true,
  acs_entrance_id: true,
  acs_access_group_id: true,
  webhook_id: true,
}
