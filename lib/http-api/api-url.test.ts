import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const asked = (url: string, host?: string) => ({ url, header: () => host }) as never

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllEnvs())

test.each([
  ['as it was asked', 'http://keys.example:3000/api/x?y', undefined, 'http://keys.example:3000/api'],
  ['by the name that its caller called it', 'http://localhost:3000/api/x', 'keys.example', 'http://keys.example/api'],
])('is %s', async (_what, url, host, apiUrl) => {
  vi.stubEnv('BASE_URL', '')
  const { apiUrlOf } = await import('./api-url')
  expect(apiUrlOf(asked(url, host))).toBe(apiUrl)
})

test('is the configured address, whatever a request says', async () => {
  vi.stubEnv('BASE_URL', 'https://keys.example.com')
  const { apiUrlOf } = await import('./api-url')
  expect(apiUrlOf(asked('http://localhost:3000/api/x', 'attacker.example'))).toBe('https://keys.example.com/api')
})
