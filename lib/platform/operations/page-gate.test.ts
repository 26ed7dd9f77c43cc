import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { dropClaims, refuseRequest, withoutServer } from './page-gate'

const gate = { baseUrl: 'https://keys.example.com', trustProxy: false }
const ask = (headers: Record<string, string>, { method = 'POST', url = '/sign-in' } = {}) =>
  ({
    method,
    url,
    headers: { host: 'localhost:3000', ...headers },
    socket: { remoteAddress: '192.0.2.7' },
  }) as unknown as IncomingMessage

const claimed = {
  'x-forwarded-for': '198.51.100.1, 203.0.113.9',
  'x-forwarded-host': 'evil.example, proxied.example',
  'x-forwarded-proto': 'javascript',
  'x-forwarded-port': '1',
  'x-forwarded-server': 'evil.example',
  forwarded: 'host=evil.example',
  'x-real-ip': '198.51.100.1',
  'x-original-url': '/settings',
  'x-rewrite-url': '/settings',
  'x-host': 'evil.example',
}

test('what a client claims about itself counts for nothing', () => {
  const request = ask({ ...claimed, cookie: 'a=b' })
  dropClaims(request, gate)
  expect(request.headers).toEqual({
    host: 'localhost:3000',
    cookie: 'a=b',
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-host': 'localhost:3000',
    'x-forwarded-proto': 'https',
  })
})

test('of a trusted proxy, what it added itself counts: the last address and the last host', () => {
  const request = ask(claimed)
  dropClaims(request, { ...gate, trustProxy: true })
  expect(request.headers).toMatchObject({
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'proxied.example',
    'x-forwarded-proto': 'https',
  })
  expect(request.headers).not.toHaveProperty('forwarded')
})

const judge = (headers: Record<string, string>, about = {}, more = {}) => {
  const request = ask(headers, about)
  dropClaims(request, { ...gate, ...more })
  return refuseRequest(request, { ...gate, ...more })?.status ?? null
}

test.each([
  [{ origin: 'http://localhost:3000' }, null],
  [{ origin: 'https://keys.example.com' }, null],
  [{}, null],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, 403],
  [{ origin: 'https://evil.example', forwarded: 'host=evil.example' }, 403],
  [{ origin: 'http://localhost:3001' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: '' }, 403],
  [{ origin: 'garbage' }, 403],
  [{ origin: 'http://localhost:3000, http://localhost:3000' }, 403],
])('a change asked for with %j is answered with %s', (headers, status) => {
  expect(judge(headers as Record<string, string>)).toBe(status)
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect(judge(headers as Record<string, string>, { method })).toBe(status)
  for (const method of ['GET', 'HEAD']) expect(judge(headers as Record<string, string>, { method })).toBe(null)
})

test('the host that a trusted proxy was asked for is one of our own', () => {
  const headers = { origin: 'https://proxied.example', 'x-forwarded-host': 'proxied.example' }
  expect(judge(headers, {}, { trustProxy: true })).toBe(null)
  expect(judge({ ...headers, origin: 'https://evil.example' }, {}, { trustProxy: true })).toBe(403)
})

test.each([
  ['/identities/%00%ff', 400],
  ['/%', 400],
  ['/identities/%E0%A4%A', 400],
  ['*', 400],
  ['', 400],
  ['/identities/%00', null],
  ['/identities?q=%ff', null],
  ['/identities/%C3%A9', null],
])('the address %j is answered with %s', (url, status) => expect(judge({}, { method: 'GET', url })).toBe(status))

test.each([
  ['http://evil.example/identities?q=1', '/identities?q=1'],
  ['HTTPS://evil.example', '/'],
  ['/identities?q=http://x', '/identities?q=http://x'],
  ['//evil.example/x', '//evil.example/x'],
  ['http://', 'http://'],
])('of the address %j, a page is told %j', (address, path) => expect(withoutServer(address)).toBe(path))

test('a body that Next would stop reading is refused before it is read', () => {
  const sized = (length: number, url = '/sign-in') => ask({ 'content-length': String(length) }, { url })
  expect(refuseRequest(sized(1_048_576), gate)).toBe(null)
  expect(refuseRequest(sized(1_048_577), gate)).toMatchObject({ status: 413 })
  expect(refuseRequest(sized(1_048_577, '/data/imports'), gate)).toBe(null)
  expect(refuseRequest(ask({ 'transfer-encoding': 'chunked' }), gate)).toMatchObject({ status: 411 })
})
