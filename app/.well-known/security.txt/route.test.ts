import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { securityText } from '@/lib/platform/security-text'
import { GET } from './route'

const now = new Date('2026-11-30T08:35:08.123Z')

beforeEach(() => {
  for (const name of ['SECURITY_CONTACT', 'BASE_URL', 'PORT']) vi.stubEnv(name, '')
})
afterEach(() => vi.unstubAllEnvs())

test('without a contact there is no security.txt', async () => {
  expect(securityText(now)).toBe(null)
  expect(GET().status).toBe(404)
})

test('it names the configured contact, until when that holds, and its own address', async () => {
  vi.stubEnv('SECURITY_CONTACT', 'mailto:security@example.com')
  vi.stubEnv('BASE_URL', 'https://keys.example.com')
  expect(securityText(now)).toBe(
    'Contact: mailto:security@example.com\r\nExpires: 2026-12-30T00:00:00Z\r\nCanonical: https://keys.example.com/.well-known/security.txt\r\n',
  )
  const answer = GET()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toMatch(/^Contact: mailto:security@example\.com\r\n/)
})

test('a server without https has no canonical address', () => {
  vi.stubEnv('SECURITY_CONTACT', 'https://example.com/report')
  expect(securityText(now)).toBe('Contact: https://example.com/report\r\nExpires: 2026-12-30T00:00:00Z\r\n')
})

test.each(['security@example.com', 'http://example.com', 'mailto:a@b.example\r\nContact: x', 'javascript:alert(1)'])(
  'a contact such as %j is refused',
  (contact) => {
    vi.stubEnv('SECURITY_CONTACT', contact)
    expect(() => securityText(now)).toThrow(/SECURITY_CONTACT must be/)
  },
)
