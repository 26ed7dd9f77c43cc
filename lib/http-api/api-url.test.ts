import { afterEach, expect, test, vi } from 'vitest'
import { apiUrl } from './api-url'
import { app } from './app'

afterEach(() => vi.unstubAllEnvs())

test.each([
  [{ BASE_URL: 'https://keys.example.com/' }, 'https://keys.example.com/api'],
  [{ BASE_URL: '', PORT: '3001' }, 'http://localhost:3001/api'],
])('with %j the API is at %s', (variables, url) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  expect(apiUrl()).toBe(url)
})

test('the document tells the configured address, whatever host a request claims', async () => {
  vi.stubEnv('BASE_URL', 'https://keys.example.com')
  const headers = { host: 'attacker.example', 'x-forwarded-host': 'attacker.example' }
  const answer = await app.fetch(new Request('http://attacker.example/api/openapi.json', { headers }))
  expect((await answer.json()).servers).toEqual([{ url: 'https://keys.example.com/api' }])
})
