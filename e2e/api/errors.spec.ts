import { isSeamHttpApiError, isSeamHttpInvalidInputError, isSeamHttpUnauthorizedError, Seam } from 'seam'
import { call, send } from './support/call'
import { checkError } from './support/contract'
import { makeApiKey, revokeApiKey } from './support/dashboard'
import { expect, refusalOf, seamClient, test, unique, unknownId } from './support/test'

const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/)

test('without a good key nothing is answered', async ({ api, plain }) => {
  const [, publicId] = api.keys.demo.split('_')
  const wrongSecret = `seam_${publicId}_${'0'.repeat(40)}`
  for (const apiKey of ['seam_garbage', wrongSecret, `${api.keys.demo}x`]) {
    const refused = await refusalOf(new Seam({ apiKey, endpoint: api.url }).userIdentities.list())
    expect(isSeamHttpUnauthorizedError(refused)).toBe(true)
    expect(refused).toMatchObject({ code: 'unauthorized', statusCode: 401, requestId })
  }
  for (const headers of [
    {},
    { Authorization: '' },
    { Authorization: api.keys.demo },
    { Authorization: `Basic ${api.keys.demo}` },
    { Authorization: 'Bearer ' },
  ] as Record<string, string>[]) {
    const answer = await call(api.url, 'POST', '/user_identities/list', { headers })
    expect(answer).toMatchObject({ status: 401, body: { error: { type: 'unauthorized' } } })
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  }
  // Who has no key does not learn what is wrong with the rest.
  expect((await plain('POST', '/user_identities/get', { key: 'seam_garbage', raw: '{' })).status).toBe(401)
})

test('a key made in the dashboard works at once, and once revoked there never again', async ({ api, page }) => {
  const apiKey = await makeApiKey(page, api.dashboardUrl, 'Short-lived')
  const seam = seamClient(api.url, apiKey)
  expect((await seam.workspaces.get()).name).toBe('Harborview Living')
  await revokeApiKey(page, api.dashboardUrl, 'Short-lived')
  const refused = await refusalOf(seam.workspaces.get())
  expect(isSeamHttpUnauthorizedError(refused)).toBe(true)
})

test('what is wrong with a parameter is said at the parameter', async ({ seam }) => {
  const wrong: [PromiseLike<unknown>, string][] = [
    [seam.userIdentities.create({ email_address: 'no address' }), 'email_address'],
    [seam.userIdentities.create({ phone_number: 'call me' }), 'phone_number'],
    [seam.userIdentities.create({ full_name: '' }), 'full_name'],
    [seam.userIdentities.update({ user_identity_id: 'one' }), 'user_identity_id'],
    [seam.userIdentities.list({ created_before: 'yesterday' as unknown as Date }), 'created_before'],
    [seam.acs.users.create({ acs_system_id: 'x', full_name: 'A' }), 'acs_system_id'],
    [seam.acs.users.list({ limit: 1.5 }), 'limit'],
    [seam.acs.credentials.create({ access_method: 'key' as 'card', acs_system_id: unknownId() }), 'access_method'],
    [seam.acs.entrances.get({ acs_entrance_id: '' }), 'acs_entrance_id'],
    [seam.webhooks.create({ url: 'nowhere' }), 'url'],
    [seam.events.list({ since: 'yesterday' }), 'since'],
    [seam.workspaces.update({ is_suspended: true }), 'is_suspended'],
    [seam.userIdentities.create({ nickname: 'Jo' } as object), 'nickname'],
    [
      seam.userIdentities.addAcsUser({ user_identity_id: unknownId() } as unknown as { acs_user_id: string }),
      'acs_user_id',
    ],
  ]
  for (const [call, parameter] of wrong) {
    const refused = await refusalOf(call)
    if (!isSeamHttpInvalidInputError(refused)) throw new Error(`${parameter}: ${refused}`)
    expect(refused).toMatchObject({ code: 'invalid_input', statusCode: 400, requestId })
    expect(refused.getValidationErrorMessages(parameter), parameter).toEqual([expect.stringMatching(/\S.*\.$/)])
    expect(refused.getValidationErrorMessages('something_else')).toEqual([])
  }
})

test('what is wrong inside a parameter is said there', async ({ seam, plain }) => {
  const [system] = await seam.acs.systems.list()
  const { acs_system_id } = system ?? {}
  for (const ends_at of ['soon', '2025-01-01T00:00:00Z']) {
    const { status, body } = await plain('POST', '/acs/users/create', {
      body: { acs_system_id, full_name: 'A', access_schedule: { starts_at: '2026-01-01T00:00:00Z', ends_at } },
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: { validation_errors: { _errors: [], access_schedule: { ends_at: { _errors: [expect.any(String)] } } } },
    })
  }
})

test('the SDK finds nothing at the parameter when what is wrong is inside it', async ({ seam }) => {
  const access_schedule = { starts_at: '2026-01-01T00:00:00Z', ends_at: 'soon' }
  const refused = await refusalOf(
    seam.acs.users.create({ acs_system_id: unknownId(), full_name: 'A', access_schedule }),
  )
  if (!isSeamHttpInvalidInputError(refused)) throw refused
  expect(refused.message).toContain('access_schedule.ends_at')
  expect(refused.getValidationErrorMessages('access_schedule')).toEqual([])
})

test('nothing to identify by is 400', async ({ plain }) => {
  for (const path of ['/user_identities/get', '/acs/users/get', '/acs/users/delete', '/events/get']) {
    const answer = await plain('POST', path, { body: {} })
    expect(answer, path).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  }
})

test('a taken value names its field and its holder', async ({ seam }) => {
  const word = unique()
  const taken = {
    user_identity_key: `key-${word}`,
    email_address: `${word}@example.com`,
    phone_number: `+1415${2_000_000 + Math.floor(Math.random() * 7_000_000)}`,
  }
  const { user_identity_id } = await seam.userIdentities.create(taken)
  const { user_identity_id: another } = await seam.userIdentities.create({ full_name: `Another ${word}` })
  for (const [field, value] of Object.entries(taken)) {
    for (const call of [
      seam.userIdentities.create({ [field]: field === 'email_address' ? value.toUpperCase() : value }),
      seam.userIdentities.update({ user_identity_id: another, [field]: value }),
    ]) {
      const refused = await refusalOf(call)
      expect(isSeamHttpApiError(refused) && !isSeamHttpInvalidInputError(refused)).toBe(true)
      expect(refused).toMatchObject({
        code: `${field}_conflict`,
        statusCode: 409,
        requestId,
        data: { field, user_identity_id },
      })
    }
  }
})

test('a link that is taken is refused from both sides', async ({ seam }) => {
  const [system] = await seam.acs.systems.list()
  const acs_system_ids = [system?.acs_system_id ?? '']
  const create = (full_name: string) => seam.userIdentities.create({ full_name, acs_system_ids })
  const [one, other] = [await create(`One ${unique()}`), await create(`Other ${unique()}`)]
  const [acs_user_id = ''] = other.acs_user_ids
  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Third ${unique()}` })
  expect(await refusalOf(seam.userIdentities.addAcsUser({ user_identity_id, acs_user_id }))).toMatchObject({
    code: 'acs_user_already_linked',
    statusCode: 409,
    requestId,
    data: { user_identity_id: other.user_identity_id },
  })
  const loose = await seam.acs.users.create({ acs_system_id: acs_system_ids[0] ?? '', full_name: 'Loose' })
  const inOne = { user_identity_id: one.user_identity_id, acs_user_id: loose.acs_user_id }
  expect(await refusalOf(seam.userIdentities.addAcsUser(inOne))).toMatchObject({
    code: 'acs_system_already_linked',
    statusCode: 409,
    data: { acs_user_id: one.acs_user_ids[0] },
  })
})

test('what is not there is 404, by its name', async ({ seam }) => {
  const id = unknownId()
  const missing: [PromiseLike<unknown>, string][] = [
    [seam.userIdentities.get({ user_identity_id: id }), 'user_identity_not_found'],
    [seam.userIdentities.get({ user_identity_key: id }), 'user_identity_not_found'],
    [seam.acs.users.get({ acs_user_id: id }), 'acs_user_not_found'],
    [seam.acs.systems.get({ acs_system_id: id }), 'acs_system_not_found'],
    [seam.acs.credentials.get({ acs_credential_id: id }), 'acs_credential_not_found'],
    [seam.acs.entrances.get({ acs_entrance_id: id }), 'acs_entrance_not_found'],
    [seam.acs.accessGroups.get({ acs_access_group_id: id }), 'acs_access_group_not_found'],
    [seam.events.get({ event_id: id }), 'event_not_found'],
    [seam.webhooks.get({ webhook_id: id }), 'webhook_not_found'],
  ]
  for (const [call, code] of missing) {
    const refused = await refusalOf(call)
    expect(isSeamHttpApiError(refused)).toBe(true)
    expect(refused).toMatchObject({ code, statusCode: 404, requestId })
  }
})

test('wrong methods, unknown paths and unreadable bodies are answered in the same form', async ({ api, plain }) => {
  const wrongMethod = await plain('PUT', '/user_identities/get')
  expect([wrongMethod.status, wrongMethod.headers.allow]).toEqual([405, 'GET, HEAD, POST'])
  const get = await plain('GET', '/user_identities/delete', { query: { user_identity_id: unknownId() } })
  expect([get.status, get.headers.allow]).toEqual([405, 'DELETE, POST'])
  for (const path of ['/', '/user_identities', '/user_identities/get/', '/devices/list', '/%00']) {
    const unknown = await plain('POST', path, { body: {} })
    expect(unknown, path).toMatchObject({ status: 404, body: { error: { type: 'not_found' } } })
  }
  for (const raw of ['{', '[]', '"text"', 'null', '{"a":1,"a":2}', '{"full_name": "\\ud800"}', '['.repeat(100_000)]) {
    const refused = await plain('POST', '/user_identities/create', { raw })
    expect(refused, raw.slice(0, 20)).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  }
  const form = { raw: 'full_name=A', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }
  expect((await plain('POST', '/user_identities/create', form)).status).toBe(400)
  for (const chunked of [false, true]) {
    const body = { full_name: 'x'.repeat(1024 * 1024) }
    const tooLarge = await plain('POST', '/user_identities/create', { body, chunked })
    expect(tooLarge).toMatchObject({ status: 413, body: { error: { type: 'payload_too_large' } } })
  }
  const head = await send('HEAD', `${api.url}/workspaces/get`, { key: api.keys.demo })
  expect([head.status, head.text]).toEqual([200, ''])
  // After all of this it still answers.
  expect((await plain('GET', '/workspaces/get')).status).toBe(200)
  expect((await send('GET', `${api.url}/openapi.json`, {})).status).toBe(200)
})

test('any page may call with a key, none with cookies', async ({ api, plain }) => {
  const preflight = await fetch(`${api.url}/user_identities/create`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://app.example.com',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
    },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toMatch(/POST/)
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(/authorization.*content-type/)
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()

  const headers = { Origin: 'https://app.example.com' }
  for (const answer of [
    await plain('GET', '/workspaces/get', { headers }),
    await plain('GET', '/workspaces/get', { headers, key: 'seam_garbage' }),
    await plain('GET', '/nowhere', { headers }),
    await plain('PUT', '/workspaces/get', { headers }),
    await plain('POST', '/user_identities/create', { headers, raw: '{' }),
  ]) {
    expect(answer.headers['access-control-allow-origin'], String(answer.status)).toBe('*')
    expect(answer.headers['access-control-expose-headers']).toContain('seam-request-id')
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
    expect(answer.headers['x-powered-by']).toBeUndefined()
    expect(answer.headers['set-cookie']).toBeUndefined()
    if (answer.status !== 200) checkError(answer.body)
  }
})
