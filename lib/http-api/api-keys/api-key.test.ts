import { expect, test } from 'vitest'
import { formatApiKey, generateApiKey, hashSecret, parseApiKey } from './api-key'

test('a new key has the form that Seam’s SDK takes for an API key, and is read back in its parts', () => {
  for (let count = 0; count < 200; count++) {
    const parts = generateApiKey()
    const key = formatApiKey(parts)
    expect(key).toMatch(/^seam_[0-9][0-9A-Za-z]{11}_[0-9A-Za-z]{40}$/)
    expect(parseApiKey(key)).toEqual(parts)
  }
})

test('no two keys are alike', () => {
  const keys = Array.from({ length: 1000 }, () => generateApiKey())
  expect(new Set(keys.map(({ publicId }) => publicId)).size).toBe(1000)
  expect(new Set(keys.map(({ secret }) => secret)).size).toBe(1000)
})

const secret = 'x'.repeat(40)
test.each([
  ['nothing', ''],
  ['another prefix', `sk_0abcdefghijk_${secret}`],
  ['a client session token', `seam_cst0abcdefghij_${secret}`],
  ['an id that is too short', `seam_0abc_${secret}`],
  ['an id that begins with a letter', `seam_abcdefghijkl_${secret}`],
  ['a secret that is too short', 'seam_0abcdefghijk_secret'],
  ['more behind it', `seam_0abcdefghijk_${secret}_more`],
  ['a line break behind it', `seam_0abcdefghijk_${secret}\n`],
  ['space before it', ` seam_0abcdefghijk_${secret}`],
  ['a character that no key has', `seam_0abcdefghij%_${secret}`],
])('%s is no key', (_what, text) => {
  expect(parseApiKey(text)).toBeNull()
})

test('a secret is hashed with SHA-256', () => {
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
