import { createServer, type Server } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test } from 'vitest'
import { startReceiver } from '@/lib/testing/receiver'
import { deliver } from './deliver'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const settings = { timeoutMilliseconds: 5000, allowPrivateAddresses: true, outgoingHosts: null }
const message = (url: string) => ({ deliveryId: 'delivery', url, secret, body: '{"event_type":"acs_user.created"}' })

type Receiver = Awaited<ReturnType<typeof startReceiver>>
const receivers: Receiver[] = []
const receiver = async (...answer: Parameters<typeof startReceiver>) => {
  const started = await startReceiver(...answer)
  receivers.push(started)
  return started
}
afterEach(async () => {
  for (const started of receivers.splice(0)) await started.stop()
})

test('what is sent carries a signature that receivers can verify, by both families of names', async () => {
  const { url, received } = await receiver()
  const outcome = await deliver(message(`${url}/hooks?x=1`), settings)
  expect(outcome).toEqual({ responseStatus: 204, error: null, durationMilliseconds: expect.any(Number) })
  const [sent] = received
  if (!sent) throw new Error('nothing was sent')
  expect(sent.path).toBe('/hooks?x=1')
  expect(sent.headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'Keyholder-Webhooks',
    'webhook-id': 'delivery',
    'svix-id': 'delivery',
  })
  for (const family of ['webhook', 'svix']) {
    const headers = Object.fromEntries(
      ['id', 'timestamp', 'signature'].map((part) => [`webhook-${part}`, String(sent.headers[`${family}-${part}`])]),
    )
    expect(new Webhook(secret).verify(sent.body, headers)).toEqual({ event_type: 'acs_user.created' })
    expect(() => new Webhook(secret).verify(`${sent.body} `, headers)).toThrow()
  }
})

test('a redirect is not followed', async () => {
  const target = await receiver()
  const { url } = await receiver((_received, response) => {
    response.writeHead(307, { location: target.url }).end()
  })
  expect(await deliver(message(url), settings)).toMatchObject({ responseStatus: 307, error: null })
  expect(target.received).toEqual([])
})

test.each([
  'http://127.0.0.1',
  'http://localhost',
  'http://[::1]',
  'http://[::ffff:127.0.0.1]',
  'http://[::127.0.0.1]',
  'http://0.0.0.0',
])('%s is refused when it is connected to', async (host) => {
  const { port, received } = await receiver()
  const outcome = await deliver(message(`${host}:${port}`), { ...settings, allowPrivateAddresses: false })
  expect(outcome).toMatchObject({ responseStatus: null, error: 'The address is private' })
  expect(received).toEqual([])
})

test('a port below 1024 but those of http and https, and a host that is not on the list, are not connected to', async () => {
  const { url, received } = await receiver()
  const toMail = await deliver(message('http://127.0.0.1:25'), settings)
  expect(toMail.error).toBe('The port is not permitted: use 80, 443, or one from 1024')
  const elsewhere = await deliver(message(url), { ...settings, outgoingHosts: ['hooks.example.com'] })
  expect(elsewhere.error).toBe('The host is not among those that this server may send to')
  expect(received).toEqual([])
  expect(await deliver(message(url), { ...settings, outgoingHosts: ['127.0.0.1'] })).toMatchObject({ error: null })
})

test('an answer that does not come in time is no answer', async () => {
  const { url } = await receiver(() => undefined)
  const outcome = await deliver(message(url), { ...settings, timeoutMilliseconds: 200 })
  expect(outcome).toMatchObject({ responseStatus: null, error: 'No answer within 0.2 s' })
})

test('an answer that does not end in time is none either', async () => {
  const { url } = await receiver((_received, response) => {
    response.writeHead(200).write('…')
  })
  const outcome = await deliver(message(url), { ...settings, timeoutMilliseconds: 200 })
  expect(outcome).toMatchObject({ responseStatus: null, error: 'No answer within 0.2 s' })
})

test('of an endless answer only the beginning is read', async () => {
  const { url } = await receiver((_received, response) => {
    response.writeHead(200)
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000))) {}
    }
    response.on('drain', more)
    more()
  })
  expect(await deliver(message(url), settings)).toMatchObject({ responseStatus: 200, error: null })
})

test('a connection that is closed before the answer is said to be', async () => {
  const { url } = await receiver((_received, response) => {
    response.destroy()
  })
  const error = 'The connection was closed before the answer'
  expect(await deliver(message(url), settings)).toMatchObject({ responseStatus: null, error })
})

test('nobody at the address, or no such name, is said in words', async () => {
  const { url, stop } = await startReceiver()
  await stop()
  expect(await deliver(message(url), settings)).toMatchObject({ error: 'The connection was refused' })
  expect(await deliver(message('http://name.invalid'), settings)).toMatchObject({ error: 'The name was not found' })
})

test('what does not speak HTTP or HTTPS is said in words', async () => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.resume()
    socket.end('220 mail.example.com ESMTP\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  expect(await deliver(message(`http://127.0.0.1:${port}`), settings)).toMatchObject({
    error: 'The answer is not HTTP',
  })
  expect(await deliver(message(`https://127.0.0.1:${port}`), settings)).toMatchObject({
    error: 'The address does not speak HTTPS',
  })
  await new Promise((resolve) => server.close(resolve))
})
