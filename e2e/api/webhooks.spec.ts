import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { SeamWebhook } from 'seam'
import { seededData } from '../support/folders'
import { startOwnServer } from '../support/own-server'
import { call } from './support/call'
import { checkEvent } from './support/contract'
import { expect, refusalOf, seamClient, test, unique, unknownId } from './support/test'

type Received = { headers: IncomingHttpHeaders; body: string; status: number }

/** Somebody who is told of events, and who may answer that they did not understand. */
async function startReceiver(statusOf: (attempt: number) => number = () => 200) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const status = statusOf(received.length + 1)
    received.push({ headers: request.headers, body, status })
    response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const events = () => received.filter(({ status }) => status < 300).map(({ body }) => JSON.parse(body))
  return { url: `http://127.0.0.1:${port}/events`, received, events, close: () => server.close() }
}

test('a webhook is made, read, listed, changed and deleted', async ({ seam, stranger, plain, read }) => {
  const made = await seam.webhooks.create({ url: 'https://example.com/hooks' })
  expect(made).toMatchObject({ url: 'https://example.com/hooks', event_types: ['*'] })
  expect(made.secret).toMatch(/^whsec_/)
  const { webhook_id } = made
  expect(await seam.webhooks.get({ webhook_id })).toEqual(made)
  expect((await read('/webhooks/get', { webhook_id })).webhook).toEqual(made)
  const { secret: _, ...withoutSecret } = made
  expect(await seam.webhooks.list()).toEqual([withoutSecret])
  expect((await read('/webhooks/list')).webhooks).toEqual([withoutSecret])
  await seam.webhooks.update({ webhook_id, event_types: ['acs_user.created'] })
  expect(await seam.webhooks.get({ webhook_id })).toEqual({ ...made, event_types: ['acs_user.created'] })
  await plain('POST', '/webhooks/update', { body: { webhook_id, event_types: ['acs_user.deleted'] } })
  expect(await seam.webhooks.get({ webhook_id })).toEqual({ ...made, event_types: ['acs_user.deleted'] })

  for (const refused of [
    stranger.webhooks.get({ webhook_id }),
    stranger.webhooks.update({ webhook_id, event_types: ['*'] }),
    stranger.webhooks.delete({ webhook_id }),
    seam.webhooks.get({ webhook_id: unknownId() }),
  ]) {
    expect(await refusalOf(refused)).toMatchObject({ code: 'webhook_not_found', statusCode: 404 })
  }
  expect(await stranger.webhooks.list()).toEqual([])
  await seam.webhooks.delete({ webhook_id })
  expect(await refusalOf(seam.webhooks.get({ webhook_id }))).toMatchObject({ code: 'webhook_not_found' })
  const { webhook_id: another } = await seam.webhooks.create({ url: 'https://example.com/again' })
  await plain('DELETE', '/webhooks/delete', { query: { webhook_id: another } })
  expect(await seam.webhooks.list()).toEqual([])
})

test('events arrive signed, in the order of each object, again after a failure, until the end', async ({ seam }) => {
  const receiver = await startReceiver((attempt) => (attempt === 1 ? 500 : 200))
  const picky = await startReceiver()
  const { webhook_id, secret = '' } = await seam.webhooks.create({ url: receiver.url })
  const { webhook_id: pickyId } = await seam.webhooks.create({
    url: picky.url,
    event_types: ['user_identity.deleted', 'acs_user.created'],
  })

  const [system] = await seam.acs.systems.list()
  const { acs_system_id = '' } = system ?? {}
  const { user_identity_id } = await seam.userIdentities.create({ full_name: `Told ${unique()}` })
  const { acs_user_id } = await seam.acs.users.create({ acs_system_id, full_name: 'Told', user_identity_id })
  await seam.userIdentities.update({ user_identity_id, full_name: `Told anew ${unique()}` })
  await seam.userIdentities.removeAcsUser({ user_identity_id, acs_user_id })
  await seam.userIdentities.delete({ user_identity_id })

  const listed = await seam.events.list({ user_identity_id, since: '2020-01-01T00:00:00Z' })
  const ofPerson = () => receiver.events().filter((event) => event.user_identity_id === user_identity_id)
  // The first attempt fails, and is made again 5 s later at the earliest.
  await expect.poll(() => ofPerson().length, { timeout: 60_000 }).toBe(listed.length)
  // Deliveries about one object keep their order; those about others need not wait for them.
  for (const object of ['user_identity.', 'acs_user.']) {
    const about = (events: readonly { event_type: string }[]) =>
      events.filter((one) => one.event_type.startsWith(object))
    expect(about(ofPerson()), object).toEqual(about(listed))
  }
  expect(listed.map(({ event_type }) => event_type as string)).toEqual(
    expect.arrayContaining(['user_identity.created', 'acs_user.created', 'user_identity.deleted']),
  )

  const webhook = new SeamWebhook(secret)
  for (const { body, headers } of receiver.received) {
    const event = webhook.verify(body, headers as Record<string, string>)
    expect(event).toEqual(JSON.parse(body))
    checkEvent(event)
    expect(() => webhook.verify(`${body} `, headers as Record<string, string>)).toThrow()
  }
  const [failed] = receiver.received
  const repeated = receiver.received.filter(({ headers }) => headers['svix-id'] === failed?.headers['svix-id'])
  expect(repeated.map(({ status }) => status)).toEqual([500, 200])
  expect(repeated[1]?.body).toBe(failed?.body)

  await expect.poll(() => picky.events().length, { timeout: 20_000 }).toBe(2)
  expect(
    picky
      .events()
      .map(({ event_type }) => event_type)
      .sort(),
  ).toEqual(['acs_user.created', 'user_identity.deleted'])

  await seam.webhooks.delete({ webhook_id })
  const before = receiver.received.length
  await seam.acs.users.delete({ acs_user_id })
  await seam.acs.users.create({ acs_system_id, full_name: 'A sign that all before was sent' })
  await expect.poll(() => picky.events().length, { timeout: 20_000 }).toBe(3)
  expect(receiver.received.length).toBe(before)
  await seam.webhooks.delete({ webhook_id: pickyId })
  receiver.close()
  picky.close()
})

test('a server that is not told otherwise refuses private addresses, and keys that ask too often', async ({ api }) => {
  const server = await startOwnServer(seededData, { API_RATE_LIMIT: '12' })
  try {
    const url = `${server.url}/api`
    const seam = seamClient(url, api.keys.demo)
    for (const address of ['http://127.0.0.1:9999/', 'http://localhost/', 'http://10.0.0.1/', 'http://[::1]/']) {
      const refused = await refusalOf(seam.webhooks.create({ url: address }))
      expect(refused).toMatchObject({ code: 'invalid_input', statusCode: 400 })
      expect(
        (refused as { getValidationErrorMessages: (name: string) => string[] }).getValidationErrorMessages('url'),
      ).toEqual([expect.stringContaining('private')])
    }
    expect(await seam.webhooks.list()).toEqual([])

    const answers = []
    for (let asked = 0; asked < 9; asked++) {
      answers.push(await call(url, 'GET', '/workspaces/get', { key: api.keys.demo }))
    }
    const [first, last] = [answers[0], answers.at(-1)]
    expect(first?.status).toBe(200)
    expect(last).toMatchObject({ status: 429, body: { error: { type: 'rate_limit_exceeded' } } })
    const seconds = Number(last?.headers['retry-after'])
    expect(seconds >= 1 && seconds <= 60).toBe(true)
    const another = await call(url, 'GET', '/workspaces/get', { key: api.keys.second })
    expect(another.status).toBe(200)
  } finally {
    await server.stop()
  }
})
