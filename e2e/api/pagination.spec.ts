import { createHmac } from 'node:crypto'
import { send } from './support/call'
import { expect, refusalOf, test, unique } from './support/test'

test('the SDK’s paginator walks every list to its end, none twice and none missed', async ({ seam }) => {
  const users = seam.createPaginator(seam.acs.users.list({ limit: 400 }))
  const listed = await users.flattenToArray()
  const ids = new Set(listed.map(({ acs_user_id }) => acs_user_id))
  expect(ids.size).toBe(listed.length)
  const systems = await seam.acs.systems.list()
  expect(listed.length).toBe(systems.reduce((sum, system) => sum + (system.acs_user_count ?? 0), 0))

  const walked: string[] = []
  for await (const page of seam.createPaginator(seam.userIdentities.list({ limit: 60 }))) {
    expect(page.length).toBeLessThanOrEqual(60)
    walked.push(...page.map(({ user_identity_id }) => user_identity_id))
  }
  const atOnce = await seam.userIdentities.list({ limit: 1000 })
  expect(walked).toEqual(atOnce.map(({ user_identity_id }) => user_identity_id))
  expect(new Set(walked).size).toBeGreaterThanOrEqual(240)

  // This one is a GET.
  const credentials = await seam.createPaginator(seam.acs.credentials.list({ limit: 150 })).flattenToArray()
  const allCredentials = await seam.acs.credentials.list({ limit: 1000 })
  expect(credentials).toEqual(allCredentials)
  expect(credentials.length).toBeGreaterThan(2 * 150)

  const entrances = []
  for await (const entrance of seam.createPaginator(seam.acs.entrances.list({ limit: 20 })).flatten()) {
    entrances.push(entrance)
  }
  expect(entrances).toEqual(await seam.acs.entrances.list({ limit: 1000 }))
})

test('people who are added between two pages come once, and nobody is left out', async ({ seam }) => {
  const word = unique()
  const add = async (number: number) =>
    (await seam.userIdentities.create({ full_name: `Page ${word} ${number}` })).user_identity_id
  const expected: string[] = []
  for (let number = 0; number < 5; number++) expected.push(await add(number))
  const walked: string[] = []
  for await (const page of seam.createPaginator(seam.userIdentities.list({ search: word, limit: 2 }))) {
    walked.push(...page.map(({ user_identity_id }) => user_identity_id))
    if (expected.length < 8) expected.push(await add(expected.length))
  }
  expect(walked).toEqual(expected)
})

test('a person who is deleted between two pages takes nobody along', async ({ seam }) => {
  const word = unique()
  const ids: string[] = []
  for (let number = 0; number < 4; number++) {
    ids.push((await seam.userIdentities.create({ full_name: `Gone ${word} ${number}` })).user_identity_id)
  }
  const pages = seam.createPaginator(seam.userIdentities.list({ search: word, limit: 2 }))
  const [first, { nextPageCursor }] = await pages.firstPage()
  // The cursor stands on the second.
  await seam.userIdentities.delete({ user_identity_id: ids[1] ?? '' })
  const [second, { hasNextPage }] = await pages.nextPage(nextPageCursor)
  expect([...first, ...second].map(({ user_identity_id }) => user_identity_id)).toEqual(ids)
  expect(hasNextPage).toBe(false)
})

test('next_page_url as it stands is the next page', async ({ api, seam, plain }) => {
  const [system] = await seam.acs.systems.list()
  const { acs_system_id = '' } = system ?? {}
  const page = async (query: Record<string, string | string[]>) => {
    const { body } = await plain('GET', '/acs/users/list', { query })
    return body as { acs_users: unknown[]; pagination: { next_page_url: string; next_page_cursor: string } }
  }
  const query = { acs_system_id, limit: '3', search: 'a' }
  const first = await page(query)
  // Without BASE_URL the server calls itself by this name.
  const own = `http://localhost:${new URL(api.url).port}/api/acs/users/list?`
  expect(first.pagination.next_page_url.slice(0, own.length)).toBe(own)
  const followed = await send('GET', first.pagination.next_page_url, { key: api.keys.demo })
  expect(followed.status).toBe(200)
  const second = await page({ ...query, page_cursor: first.pagination.next_page_cursor })
  expect(followed.body).toEqual(second)
  expect(second.acs_users).toHaveLength(3)
  expect(first.acs_users).not.toContainEqual(second.acs_users[0])

  const people = (await seam.userIdentities.list({ limit: 3 })).map(({ user_identity_id }) => user_identity_id)
  const byIds = await plain('POST', '/user_identities/list', { body: { user_identity_ids: people, limit: 1 } })
  const { next_page_url } = byIds.body.pagination as { next_page_url: string }
  const next = await send('GET', next_page_url, { key: api.keys.demo })
  expect(next.body).toMatchObject({ user_identities: [{ user_identity_id: people[1] }] })
})

test('a cursor is good for the request it answers, and for no other', async ({ seam, stranger, plain }) => {
  const { body } = await plain('POST', '/user_identities/list', { body: { limit: 1, search: 'a' } })
  const { next_page_cursor: page_cursor } = body.pagination as { next_page_cursor: string }
  const given = { limit: 1, search: 'a', page_cursor }
  expect(await seam.userIdentities.list(given)).toHaveLength(1)

  for (const other of [{ ...given, limit: 2 }, { ...given, search: 'b' }, { page_cursor }]) {
    const refused = await refusalOf(seam.userIdentities.list(other))
    expect(refused).toMatchObject({ code: 'mismatched_page_parameters', statusCode: 400 })
  }
  expect(await refusalOf(seam.acs.users.list(given))).toMatchObject({ code: 'mismatched_page_parameters' })
  expect(await refusalOf(stranger.userIdentities.list(given))).toMatchObject({ code: 'invalid_input' })

  const content = JSON.parse(Buffer.from(page_cursor, 'base64url').toString())
  const resigned = [content[0], content[1], createHmac('sha256', 'guessed').update(content[0]).digest('base64url')]
  const forged = ['x', 'null', `${page_cursor}x`.slice(4), Buffer.from(JSON.stringify(resigned)).toString('base64url')]
  for (const cursor of forged) {
    const refused = await plain('GET', '/user_identities/list', {
      query: { limit: '1', search: 'a', page_cursor: cursor },
    })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({
      error: { type: 'invalid_input', validation_errors: { page_cursor: { _errors: [expect.any(String)] } } },
    })
  }
})

test('limits are kept: 0 gives nothing, too many is refused', async ({ seam, plain }) => {
  for (const path of ['/user_identities/list', '/acs/users/list', '/acs/credentials/list', '/acs/entrances/list']) {
    const none = await plain('POST', path, { body: { limit: 0 } })
    const { pagination, ok, ...lists } = none.body
    expect(Object.values(lists)).toEqual([[]])
    // Who follows the pages of nothing must come to an end.
    expect(pagination).toEqual({ has_next_page: false, next_page_cursor: null, next_page_url: null })
    for (const limit of ['-1', '1.5', 'many', '1001']) {
      const refused = await plain('GET', path, { query: { limit } })
      expect(refused.body).toMatchObject({ error: { validation_errors: { limit: { _errors: [expect.any(String)] } } } })
    }
  }
  expect(await seam.acs.users.list({ limit: 7 })).toHaveLength(7)
  expect(await seam.acs.users.list()).toHaveLength(500)
})
