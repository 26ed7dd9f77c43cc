import { base32 } from '@better-auth/utils/base32'
import { expect, test } from 'vitest'
import { generateKey, setupAgain, setupOf, stepOfCode } from './authenticator'

// RFC 6238, appendix B, with the last six of its eight digits.
const key = base32.encode(new TextEncoder().encode('12345678901234567890'), { padding: false })
const [at59, at1111111109] = ['287082', '081804']

test('a code is of the present half minute or of its neighbours, as RFC 6238 computes it', async () => {
  expect(await stepOfCode(key, at59, 59_000)).toBe(1)
  expect(await stepOfCode(key, at59, 60_000)).toBe(1)
  expect(await stepOfCode(key, at59, 29_000)).toBe(1)
  expect(await stepOfCode(key, at1111111109, 1_111_111_109_000)).toBe(37_037_036)
})

test('no other code is', async () => {
  expect(await stepOfCode(key, at59, 90_000)).toBeNull()
  expect(await stepOfCode(key, '287083', 59_000)).toBeNull()
  expect(await stepOfCode(generateKey(), at59, 59_000)).toBeNull()
})

test('a setup says in its address, its key and its QR code the same', () => {
  const setup = setupOf(key, 'robin+work@example.com')
  expect(setup.key).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
  expect(Object.fromEntries(new URL(setup.address).searchParams)).toMatchObject({ secret: key, issuer: 'Keyholder' })
  expect(decodeURIComponent(setup.address)).toContain('totp/Keyholder:robin+work@example.com')
  expect(setup.qr.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/)
  expect(setupAgain(setup.address)).toEqual(setup)
})

test.each([
  null,
  '',
  'https://example.com/',
  'otpauth://totp/Other:x?secret=AAAAAAAAAAAAAAAA&issuer=Other',
  'x'.repeat(5000),
])('of %j there is no setup', (address) => expect(setupAgain(address)).toBeNull())
