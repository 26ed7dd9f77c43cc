import { afterEach, expect, test, vi } from 'vitest'
import { keepPreference } from './preference-cookie'

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['http:', 'time_zone=Europe%2FVienna; path=/; max-age=31536000; samesite=lax'],
  ['https:', '__Host-time_zone=Europe%2FVienna; path=/; max-age=31536000; samesite=lax; secure'],
])('by %s a preference is kept as %s', (protocol, written) => {
  const page = { cookie: '' }
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', { location: { protocol } })
  keepPreference('time_zone', 'Europe/Vienna')
  expect(page.cookie).toBe(written)
})
