import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { currentPrefix, keyIdOf, seal, sealedForms, unseal } from './seal'

const [one, other] = ['1'.repeat(32), '2'.repeat(32)]
beforeEach(() => {
  vi.stubEnv('AUTH_SECRET', one)
  vi.stubEnv('AUTH_SECRET_PREVIOUS', '')
})
afterEach(() => vi.unstubAllEnvs())

test('a value is read again, for its purpose only', () => {
  const sealed = seal('door code', '4821 ü')
  expect(sealed).toMatch(/^kh1\.[0-9a-f]{12}\.[\w-]+$/)
  expect(unseal('door code', sealed)).toBe('4821 ü')
  expect(unseal('card number', sealed)).toBeNull()
})

test('what is searched for is always encrypted alike, anything else never', () => {
  expect(seal('door code', '4821')).toBe(seal('door code', '4821'))
  expect(seal('door code', '4821')).not.toBe(seal('door code', '4822'))
  expect(seal('webhook secret', 'x')).not.toBe(seal('webhook secret', 'x'))
})

test('what was altered, cut off or is none gives nothing', () => {
  const sealed = seal('webhook secret', 'whsec_x')
  const place = sealed.length - 10
  const altered = `${sealed.slice(0, place)}${sealed[place] === 'A' ? 'B' : 'A'}${sealed.slice(place + 1)}`
  for (const broken of [altered, sealed.slice(0, -4), sealed.slice(0, 20), 'kh1.', '', 'whsec_x']) {
    expect(unseal('webhook secret', broken)).toBeNull()
  }
})

test('a former secret opens, and the current one encrypts', () => {
  const former = seal('door code', '4821')
  vi.stubEnv('AUTH_SECRET', other)
  expect(unseal('door code', former)).toBeNull()
  vi.stubEnv('AUTH_SECRET_PREVIOUS', one)
  expect(unseal('door code', former)).toBe('4821')
  expect(sealedForms('door code', '4821')).toEqual([seal('door code', '4821'), former])
  expect(currentPrefix()).toBe(`kh1.${keyIdOf(other)}.`)
  expect(former.startsWith(currentPrefix())).toBe(false)
})
