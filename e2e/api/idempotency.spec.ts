import { expect, refusalOf, seamClient, test, unique } from './support/test'

const repeatable = () => ({ 'Idempotency-Key': crypto.randomUUID() })

test('a repeated request gets the same answer, byte for byte, and does nothing', async ({ seam, plain }) => {
  const word = unique()
  const headers = repeatable()
  const body = { full_name: `Once ${word}`, email_address: `${word}@example.com` }
  const first = await plain('POST', '/user_identities/create', { headers, body })
  expect(first.status).toBe(200)
  const { user_identity_id } = first.body.user_identity as { user_identity_id: string }
  await seam.userIdentities.update({ user_identity_id, full_name: `Changed ${word}` })
  const again = await plain('POST', '/user_identities/create', { headers, body })
  expect(again.text).toBe(first.text)
  expect(again.headers['content-type']).toBe(first.headers['content-type'])
  expect(again.headers['seam-request-id']).not.toBe(first.headers['seam-request-id'])
  expect(await seam.userIdentities.list({ search: word })).toMatchObject([{ full_name: `Changed ${word}` }])
})

test('twenty of the same at once make one identity', async ({ seam, plain }) => {
  const word = unique()
  const given = { headers: repeatable(), body: { full_name: `Twenty ${word}` } }
  const answers = await Promise.all(Array.from({ length: 20 }, () => plain('POST', '/user_identities/create', given)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  const [identity, ...others] = await seam.userIdentities.list({ search: word })
  expect(others).toEqual([])
  const { user_identity_id = '' } = identity ?? {}
  expect(await seam.events.list({ user_identity_id, since: '2020-01-01T00:00:00Z' })).toHaveLength(1)
})

test('the SDK can name its requests too; another request under the same name is refused', async ({ api }) => {
  const named = seamClient(api.url, api.keys.demo, repeatable())
  const word = unique()
  const first = await named.userIdentities.create({ full_name: `Named ${word}` })
  expect(await named.userIdentities.create({ full_name: `Named ${word}` })).toEqual(first)
  const { user_identity_id } = first
  for (const another of [
    named.userIdentities.create({ full_name: `Other ${word}` }),
    named.userIdentities.delete({ user_identity_id }),
  ]) {
    expect(await refusalOf(another)).toMatchObject({ code: 'idempotency_key_conflict', statusCode: 409 })
  }
  // Reads have no effect to repeat.
  expect(await named.userIdentities.get({ user_identity_id })).toEqual(first)
  expect(await named.userIdentities.list({ search: word })).toEqual([first])
})

test('another API key is another world', async ({ api, plain }) => {
  const given = { headers: repeatable(), body: { full_name: `World ${unique()}` } }
  const texts = await Promise.all(
    Object.values(api.keys).map(
      async (key) => (await plain('POST', '/user_identities/create', { ...given, key })).text,
    ),
  )
  expect(new Set(texts).size).toBe(3)
})

test('a refused request stays refused, with the same words', async ({ seam, plain }) => {
  const email_address = `${unique()}@example.com`
  const { user_identity_id } = await seam.userIdentities.create({ email_address })
  const given = { headers: repeatable(), body: { email_address } }
  const first = await plain('POST', '/user_identities/create', given)
  expect(first).toMatchObject({ status: 409, body: { error: { type: 'email_address_conflict' } } })
  await seam.userIdentities.delete({ user_identity_id })
  const again = await plain('POST', '/user_identities/create', given)
  expect([again.status, again.text]).toEqual([409, first.text])
  const anew = await plain('POST', '/user_identities/create', { ...given, headers: repeatable() })
  expect(anew.status).toBe(200)
})

test('a name that is none is refused', async ({ plain }) => {
  for (const name of ['x'.repeat(256), 'zw\u00f6lf']) {
    const refused = await plain('POST', '/user_identities/create', {
      headers: { 'Idempotency-Key': name },
      body: { full_name: `Unnamed ${unique()}` },
    })
    expect(refused).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  }
})
