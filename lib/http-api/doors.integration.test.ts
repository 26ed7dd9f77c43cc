/* What Node's own requests get past the app is what the app would answer. */
import { createServer, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { addApiKey } from '@/lib/testing/api-requests'
import { addIdentity, addWorkspace } from '../testing/test-data'
import { app } from './app'
import { apiListener } from './node-listener'

const server = createServer(apiListener())
let port: number
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

let admin: Actor
let authorization: string
beforeEach(async () => {
  admin = await addWorkspace()
  authorization = `Bearer ${await addApiKey(admin)}`
  await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
})

type Sent = { method: string; path: string; headers: Record<string, string>; body?: string }
type Answered = { status: number; headers: Record<string, unknown>; body: string }

function throughNode({ method, path, headers, body }: Sent): Promise<Answered> {
  const options: RequestOptions = { port, host: '127.0.0.1', method, path: `/api${path}`, headers }
  return new Promise((resolve, reject) => {
    const asked = request(options, async (answer) => {
      const { statusCode: status = 0, headers: given } = answer
      resolve({ status, headers: comparable(given), body: await text(answer) })
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

async function throughApp({ method, path, headers, body }: Sent): Promise<Answered> {
  const url = `http://127.0.0.1:${port}/api${path}`
  const answer = await app.fetch(new Request(url, { method, headers, ...(body !== undefined && { body }) }))
  return { status: answer.status, headers: comparable(Object.fromEntries(answer.headers)), body: await answer.text() }
}

/** Without what belongs to a connection or to one request. */
function comparable(headers: IncomingHttpHeaders | Record<string, string>) {
  const { date, connection, 'keep-alive': kept, 'content-length': size, 'transfer-encoding': coded, ...rest } = headers
  return { ...rest, 'seam-request-id': typeof rest['seam-request-id'] }
}

const json = { 'content-type': 'application/json' }
const list = '/user_identities/list'
const cases: [string, (authorization: string) => Sent][] = [
  ['a list', (key) => ({ method: 'POST', path: list, headers: { ...json, authorization: key }, body: '{"limit":1}' })],
  ['a list by GET', (key) => ({ method: 'GET', path: `${list}?limit=1`, headers: { authorization: key } })],
  ['a list without a body', (key) => ({ method: 'POST', path: list, headers: { authorization: key } })],
  [
    'an email address in the query, encoded',
    (key) => ({
      method: 'GET',
      path: '/user_identities/get?email_address=jane%40example.com',
      headers: { authorization: key },
    }),
  ],
  [
    'what links to the next page',
    (key) => ({ method: 'POST', path: `${list}?limit=0`, headers: { authorization: key } }),
  ],
  ['no key', () => ({ method: 'POST', path: list, headers: json, body: '{}' })],
  ['a wrong key', () => ({ method: 'POST', path: list, headers: { ...json, authorization: 'Bearer seam_1' } })],
  [
    'a wrong parameter',
    (key) => ({ method: 'POST', path: list, headers: { ...json, authorization: key }, body: '{"limit":-1}' }),
  ],
  ['no JSON', (key) => ({ method: 'POST', path: list, headers: { ...json, authorization: key }, body: '{' })],
  [
    'somebody unknown',
    (key) => ({
      method: 'POST',
      path: '/user_identities/get',
      headers: { ...json, authorization: key },
      body: '{"user_identity_key":"nobody"}',
    }),
  ],
  [
    'what is not kept by hand',
    (key) => ({
      method: 'DELETE',
      path: '/acs/systems/delete?acs_system_id=0192f0c1-2345-7abc-8def-0123456789ab',
      headers: { authorization: key },
    }),
  ],
  ['a method that is not answered', (key) => ({ method: 'PUT', path: list, headers: { authorization: key } })],
  ['an address that is not there', (key) => ({ method: 'POST', path: '/nothing', headers: { authorization: key } })],
  [
    'an address that is spelled otherwise',
    (key) => ({ method: 'POST', path: '/user_identities/%6cist', headers: { authorization: key } }),
  ],
  [
    'a question before asking',
    () => ({
      method: 'OPTIONS',
      path: list,
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    }),
  ],
]

describe('both doors answer alike', () => {
  test.each(cases)('%s', async (_what, sent) => {
    const [node, direct] = [await throughNode(sent(authorization)), await throughApp(sent(authorization))]
    expect(node).toEqual(direct)
    expect(node.status).toBeGreaterThan(199)
  })

  test('what is created by one is there for the other', async () => {
    const headers = { ...json, authorization }
    const created = await throughNode({
      method: 'POST',
      path: '/user_identities/create',
      headers,
      body: '{"full_name":"Änne 👩"}',
    })
    const { user_identity } = JSON.parse(created.body)
    const body = JSON.stringify({ user_identity_id: user_identity.user_identity_id })
    const read = await throughApp({ method: 'POST', path: '/user_identities/get', headers, body })
    expect(JSON.parse(read.body).user_identity).toEqual(user_identity)
    expect(user_identity.full_name).toBe('Änne 👩')
  })
})

test('a client that goes away in the middle of its body leaves nothing behind', async () => {
  const headers = { ...json, authorization, 'content-length': '1000' }
  const asked = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/user_identities/create', headers })
  asked.once('error', () => undefined)
  asked.write('{"full_name":"Half a p')
  await new Promise((resolve) => setTimeout(resolve, 100))
  asked.destroy()
  const sent = { method: 'POST', path: list, headers: { ...json, authorization }, body: '{}' }
  const { user_identities } = JSON.parse((await throughNode(sent)).body)
  expect(user_identities.map(({ full_name }: { full_name: string }) => full_name)).toEqual(['Jane Doe'])
})
