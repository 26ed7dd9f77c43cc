/* Whatever is sent, the API answers in the contract's form, and what it refuses has changed nothing. */
import { z } from '@hono/zod-openapi'
import fastCheck, { type Arbitrary } from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { addApiKey, apiRequest, readAnswer } from '@/lib/testing/api-requests'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addIdentity,
  addWorkspace,
  everythingIn,
} from '../testing/test-data'
import { app } from './app'
import type { Endpoint } from './endpoint'
import { resources } from './endpoints'

const endpoints = resources.flatMap((resource) => resource.endpoints)
/** For each of the tests below; together they are bounded whatever else the machine does. */
const millisecondsPerTest = 250

let admin: Actor
let apiKey: string
const ids: Record<string, string[]> = {}

beforeAll(async () => {
  admin = await addWorkspace()
  for (const workspace of [admin, await addWorkspace()]) {
    for (const name of ['Harbor House', 'Pier House']) {
      const acsSystemId = await addAccessSystem(workspace, name)
      for (const email of ['jane@example.com', 'jo@example.com', 'jim@example.com']) {
        const emailAddress = name === 'Pier House' ? `pier.${email}` : email
        const userIdentityId = await addIdentity(workspace, { emailAddress, userIdentityKey: `key-${emailAddress}` })
        const isLinked = email !== 'jim@example.com'
        const details = { emailAddress, userIdentityId: isLinked ? userIdentityId : null }
        const acsUserId = await addAcsUser(workspace, acsSystemId, details)
        keep('user_identity_id', userIdentityId)
        keep('acs_user_id', acsUserId)
        keep('acs_credential_id', await addCredential(workspace, { acsSystemId, acsUserId }))
      }
      keep('acs_system_id', acsSystemId)
      keep('acs_entrance_id', await addEntrance(workspace, acsSystemId))
      keep('acs_access_group_id', await addAccessGroup(workspace, acsSystemId))
    }
  }
  apiKey = await addApiKey(admin)
})

function keep(kind: string, id: string): void {
  ids[kind] = [...(ids[kind] ?? []), id]
}

/** What was written, apart from when the key was last used. */
async function written() {
  const { apiKeys: _, ...everything } = await everythingIn(admin)
  return everything
}

/** Sends requests and expects each to be answered in form, and to have changed nothing where it is refused. */
async function attack(requests: Arbitrary<Request>): Promise<void> {
  let before = await written()
  // Not fast-check's own time limit, which goes on while a request is still under way: what that one
  // wrote would be laid to the next test.
  const end = performance.now() + millisecondsPerTest
  const property = fastCheck.asyncProperty(requests, async (request) => {
    if (performance.now() > end) return
    const answer = await readAnswer(await app.fetch(request))
    const after = await written()
    if (answer.status !== 200) expect(after).toEqual(before)
    before = after
  })
  await fastCheck.assert(property, { numRuns: 100 })
}

const awkwardTexts = fastCheck.constantFrom(
  '',
  ' ',
  '\0',
  '\ud800',
  '\udc00 Jane',
  '__proto__',
  'constructor',
  'toString',
  '_errors',
  'form',
  'a.b.c',
  '%',
  "' or 1=1 --",
  '\\',
  '\r\n',
  '\u202e',
  '＋１５５５',
  'İstanbul@example.com',
  '00000000-0000-0000-0000-000000000000',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00+23:59',
  'ß'.repeat(255),
  'x'.repeat(2001),
  '\ufdfa'.repeat(250),
)
const awkwardValues = fastCheck.oneof(
  awkwardTexts,
  fastCheck.constantFrom<unknown>(null, true, [], {}, -0, 0, -1, 0.5, 2 ** 53, 1e300, [null], [[]]),
  fastCheck.jsonValue({ maxDepth: 4 }),
  fastCheck.string({ unit: 'binary' }),
)
const texts = fastCheck.oneof(
  fastCheck.constantFrom('jane@example.com', 'jo@example.com', 'Jane Doe', '+1 555 555 0110', '1234', '*'),
  fastCheck.constantFrom('https://hooks.example.com/seam', 'user_identity.created', 'key-jane@example.com'),
  awkwardTexts,
)

type JsonSchema = z.core.JSONSchema.BaseSchema

/** Values of a parameter, most of them of its type. */
function valuesOf(name: string, schema: JsonSchema): Arbitrary<unknown> {
  return fastCheck.oneof(
    { weight: 29, arbitrary: rightValuesOf(name, schema) },
    { weight: 1, arbitrary: awkwardValues },
  )
}

function rightValuesOf(name: string, schema: JsonSchema): Arbitrary<unknown> {
  const { type, anyOf, enum: choices, items, properties, format } = schema
  if (anyOf) return fastCheck.oneof(...anyOf.map((one) => rightValuesOf(name, one as JsonSchema)))
  if (choices) return fastCheck.constantFrom(...(choices as unknown[]))
  const kind = name.replace(/_ids$/, '_id').replace(/^allowed_|^credential_manager_/, '')
  if (type === 'array') return fastCheck.array(valuesOf(kind, (items ?? {}) as JsonSchema), { maxLength: 3 })
  if (type === 'object') return valuesOfAll(properties as Record<string, JsonSchema> | undefined)
  if (type === 'boolean') return fastCheck.boolean()
  if (type === 'integer' || type === 'number') return fastCheck.integer({ min: 0, max: 3 })
  if (type === 'null') return fastCheck.constant(null)
  const known = ids[kind]
  if (known) return fastCheck.constantFrom(...known, uuidv7(), known[0]?.toUpperCase())
  if (format === 'date-time' || name.endsWith('_at') || name === 'since') {
    return fastCheck.date({ noInvalidDate: true }).map((date) => date.toISOString())
  }
  return texts
}

const valuesOfAll = (properties: Record<string, JsonSchema> = {}): Arbitrary<Record<string, unknown>> =>
  fastCheck.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(name, schema)])),
    { requiredKeys: [] },
  )

/** Parameters of an endpoint, with one now and then that it does not have. */
function parametersOf({ parameters }: Endpoint): Arbitrary<Record<string, unknown>> {
  const { properties, required = [] } = z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' })
  const known = (properties ?? {}) as Record<string, JsonSchema>
  const some = valuesOfAll(known)
  const needed = fastCheck.record(
    Object.fromEntries(required.map((name) => [name, valuesOf(name, known[name] ?? {})])),
    {},
  )
  const whole = fastCheck.tuple(some, needed).map(([given, must]) => ({ ...given, ...must }))
  return fastCheck.oneof(
    { weight: 8, arbitrary: whole },
    { weight: 1, arbitrary: some },
    {
      weight: 1,
      arbitrary: fastCheck
        .tuple(whole, awkwardTexts, awkwardValues)
        .map(([given, name, value]) => ({ ...given, [name]: value })),
    },
  )
}

const headersOf = fastCheck.record(
  {
    'content-type': fastCheck.constantFrom(
      'text/plain',
      'application/json; charset=utf-16',
      'application/vnd.api+json',
      '',
    ),
    'idempotency-key': fastCheck.constantFrom('', ' ', 'a', 'x'.repeat(256), 'ÿ'),
    accept: fastCheck.constantFrom('text/html', '*/*'),
    'content-length': fastCheck.constantFrom('0', '-1', '1e9', 'many'),
    'transfer-encoding': fastCheck.constant('chunked'),
  },
  { requiredKeys: [] },
)

/** Texts that are JSON, nearly JSON or nothing of the kind. */
const bodies = fastCheck.oneof(
  fastCheck.json(),
  fastCheck.anything({ withNullPrototype: true, maxDepth: 3 }).map((value) => JSON.stringify(value, plain) ?? ''),
  fastCheck.string({ unit: 'binary' }),
  fastCheck.uint8Array({ maxLength: 300 }),
  fastCheck.tuple(fastCheck.json(), fastCheck.nat(50)).map(([text, length]) => text.slice(0, length)),
  fastCheck.constantFrom('1e400', '{"limit":1e400}', '{"limit":-0}', '{"__proto__":{"limit":1}}', '{"a":1,"a":2}'),
  fastCheck.constantFrom('{"":1}', '\ufeff{}', '{"_errors":{}}', '[{}]', '{"a":"\\ud800"}', '[[[[[[[[[[[[[[[]]'),
)
const plain = (_name: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)

const queries = fastCheck.oneof(
  fastCheck.webQueryParameters(),
  fastCheck
    .array(fastCheck.tuple(awkwardTexts, texts), { maxLength: 4 })
    .map((pairs) => new URLSearchParams(pairs).toString()),
  fastCheck.constantFrom(
    'limit=1&limit=1',
    '%',
    '%00=%ff',
    'limit=',
    'limit=1e9',
    '__proto__.a=1',
    '.=1',
    'a..b=1',
    '&&=',
  ),
)

describe.each(endpoints.map((endpoint) => [endpoint.path, endpoint] as const))('%s', (path, endpoint) => {
  // Anew each time: what's kept by hand can be deleted.
  beforeAll(async () => {
    if (!endpoint.refusals?.includes('acs_system_not_kept_by_hand')) return
    const acsSystemId = await addAccessSystem(admin, 'Garden House', { externalType: null })
    ids.acs_system_id = [acsSystemId, ...(ids.acs_system_id ?? [])]
    ids.acs_entrance_id = [await addEntrance(admin, acsSystemId), ...(ids.acs_entrance_id ?? [])]
    ids.acs_access_group_id = [await addAccessGroup(admin, acsSystemId), ...(ids.acs_access_group_id ?? [])]
  })

  const methods = fastCheck.constantFrom(...endpoint.methods)

  test('parameters that are mostly right', async () => {
    const requests = fastCheck.tuple(methods, parametersOf(endpoint)).map(([method, parameters]) => {
      if (method !== 'GET') return apiRequest(path, { apiKey, method, body: parameters })
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(parameters)) {
        for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(plainText(one)))
      }
      return apiRequest(`${path}?${query}`, { apiKey, method })
    })
    await attack(requests)
  })

  test('anything at all', async () => {
    const requests = fastCheck
      .tuple(methods, queries, bodies, headersOf)
      .map(([method, query, body, headers]) =>
        apiRequest(`${path}?${query}`, { apiKey, method, body: method === 'GET' ? undefined : body, headers }),
      )
    await attack(requests)
  })
})

const plainText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : value)
