import { expect, test } from 'vitest'
import { asKept, generateRecoveryCodes } from './recovery-codes'

test('recovery codes are ten, all different, of characters that nobody mistakes', () => {
  const codes = generateRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/)
})

test.each(['k7m2p-x4qhd', ' K7M2P X4QHD ', 'k7m2px4qhd', 'k7m2p – x4qhd'])('%j is typed well enough', (typed) =>
  expect(asKept(typed)).toBe('k7m2p-x4qhd'),
)
