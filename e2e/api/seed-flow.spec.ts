import type { Seam } from 'seam'
import { expect, refusalOf, test, unique } from './support/test'

/** What the guide's own reader finds in the answer to its first request. */
const jean = {
  user_identity_key: 'jean_doe',
  email_address: 'jean@example.com',
  phone_number: '+15555550110',
  full_name: 'Jean Doe',
}

async function withoutJean(seam: Seam): Promise<void> {
  const found = await seam.userIdentities.list({ search: 'jean_doe' })
  for (const { user_identity_id } of found) await seam.userIdentities.delete({ user_identity_id })
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

test('the guide is followed word for word with the SDK', async ({ seam }) => {
  const { workspace_id } = await seam.workspaces.get()
  const created = await seam.userIdentities.create(jean)
  expect(created).toEqual({
    // The guide's fields, one by one …
    user_identity_id: uuid,
    user_identity_key: 'jean_doe',
    email_address: 'jean@example.com',
    phone_number: '+15555550110',
    display_name: 'Jean Doe',
    full_name: 'Jean Doe',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    workspace_id,
    // … and those that Seam has added since.
    acs_user_ids: [],
    errors: [],
    warnings: [],
  })
  expect(Math.abs(Date.now() - Date.parse(created.created_at))).toBeLessThan(60_000)

  // The published types do not know the guide's own parameters.
  const byEmail = { email_address: 'jean@example.com' }
  const userIdentity = await seam.userIdentities.get(byEmail as unknown as { user_identity_key: string })
  expect(userIdentity).toEqual(created)
  const acsUser = await seam.acs.users.get(byEmail as unknown as { acs_user_id: string })
  expect(acsUser).toMatchObject({ full_name: 'Jean Doe', email_address: 'jean@example.com' })
  expect(acsUser.user_identity_id).toBeUndefined()

  const added = await seam.userIdentities.addAcsUser({
    user_identity_id: userIdentity.user_identity_id,
    acs_user_id: acsUser.acs_user_id,
  })
  expect(added).toBeUndefined()

  const { user_identity_id } = created
  const listed = await seam.userIdentities.listAcsUsers({ user_identity_id })
  expect(listed).toMatchObject([
    {
      acs_user_id: acsUser.acs_user_id,
      user_identity_id,
      user_identity_full_name: 'Jean Doe',
      user_identity_email_address: 'jean@example.com',
      user_identity_phone_number: '+15555550110',
    },
  ])
  expect((await seam.userIdentities.get({ user_identity_id })).acs_user_ids).toEqual([acsUser.acs_user_id])

  // For the tests after this one: Jean is as unknown as before, and the ACS user as unlinked.
  await seam.userIdentities.removeAcsUser({ user_identity_id, acs_user_id: acsUser.acs_user_id })
  await withoutJean(seam)
  expect(await refusalOf(seam.userIdentities.get({ user_identity_id }))).toMatchObject({
    code: 'user_identity_not_found',
  })
})

test('the guide’s cURL commands work as they stand', async ({ seam, plain }) => {
  const headers = { accept: 'application/json', 'user-agent': 'curl/8.5.0' }
  const raw = `{
  "user_identity_key": "jean_doe",
  "email_address": "jean@example.com",
  "phone_number": "+15555550110",
  "full_name": "Jean Doe"
}`
  const created = await plain('POST', '/user_identities/create', { headers, raw })
  expect(created.status).toBe(200)
  expect(Object.keys(created.body)).toEqual(['user_identity', 'ok'])
  const { user_identity_id } = created.body.user_identity as { user_identity_id: string }
  expect(created.body).toMatchObject({ user_identity: jean, ok: true })

  const acsUser = await plain('GET', '/acs/users/get', { headers, raw: '{"email_address": "jean@example.com"}' })
  const { acs_user_id } = acsUser.body.acs_user as { acs_user_id: string }
  const added = await plain('POST', '/user_identities/add_acs_user', {
    headers,
    raw: `{
  "user_identity_id": "${user_identity_id}",
  "acs_user_id": "${acs_user_id}"
}`,
  })
  expect(added).toMatchObject({ status: 200, body: { ok: true } })
  expect(added.text).toBe('{"ok":true}')
  const { acs_user_ids } = await seam.userIdentities.get({ user_identity_id })
  expect(acs_user_ids).toEqual([acs_user_id])

  const removed = await plain('DELETE', '/user_identities/remove_acs_user', {
    headers,
    query: { user_identity_id, acs_user_id },
  })
  expect(removed.status).toBe(200)
  await withoutJean(seam)
})

test('a GET is answered by its body, by its query, and not by one parameter in both', async ({ seam, plain }) => {
  const name = `Reader ${unique()}`
  const { user_identity_id } = await seam.userIdentities.create({ full_name: name })
  const byBody = await plain('GET', '/user_identities/get', { body: { user_identity_id } })
  const byQuery = await plain('GET', '/user_identities/get', { query: { user_identity_id } })
  expect(byBody.body).toMatchObject({ user_identity: { user_identity_id, full_name: name } })
  expect(byQuery.body).toEqual(byBody.body)

  const chunked = await plain('GET', '/user_identities/get', {
    body: { user_identity_id },
    chunked: true,
  })
  expect(chunked.body).toEqual(byBody.body)

  const both = await plain('GET', '/user_identities/get', { query: { user_identity_id }, body: { user_identity_id } })
  expect(both).toMatchObject({
    status: 400,
    body: {
      error: {
        type: 'invalid_input',
        validation_errors: { user_identity_id: { _errors: [expect.stringContaining('twice')] } },
      },
    },
  })
})

test('what Python’s requests sends is understood', async ({ seam, plain }) => {
  const headers = { accept: '*/*', 'user-agent': 'python-requests/2.32.3', 'accept-encoding': 'gzip, deflate' }
  // json=… escapes what is not ASCII.
  const created = await plain('POST', '/user_identities/create', {
    headers,
    raw: `{"full_name": "Zo\\u00eb ${unique()} \\ud83d\\ude80"}`,
  })
  const first = created.body.user_identity as { user_identity_id: string; full_name: string }
  expect(first.full_name).toMatch(/^Zoë .* 🚀$/u)
  const second = await seam.userIdentities.create({ full_name: `Zoë ${unique()}` })

  // params={'user_identity_ids': [a, b], 'limit': 1}
  const ids = [first.user_identity_id, second.user_identity_id]
  const page = await plain('GET', '/user_identities/list', {
    headers,
    query: { user_identity_ids: ids, limit: '1' },
  })
  expect(page.body).toMatchObject({
    user_identities: [{ user_identity_id: ids[0] }],
    pagination: { has_next_page: true },
  })
  const whole = await plain('GET', '/user_identities/list', { headers, query: { user_identity_ids: ids } })
  expect((whole.body.user_identities as { user_identity_id: string }[]).map((one) => one.user_identity_id)).toEqual(ids)

  // delete(…, json=…) and delete(…, params=…)
  const byBody = await plain('DELETE', '/user_identities/delete', { headers, body: { user_identity_id: ids[0] } })
  const byQuery = await plain('DELETE', '/user_identities/delete', {
    headers,
    query: { user_identity_id: second.user_identity_id },
  })
  expect([byBody.status, byQuery.status]).toEqual([200, 200])
  expect(await seam.userIdentities.list({ user_identity_ids: ids })).toEqual([])
})
