import { expect, test } from 'vitest'
import { asKept, findRecoveryCode, generateRecoveryCodes, hashRecoveryCodes, isHashed } from './recovery-codes'

test('recovery codes are ten, all different, of characters that nobody mistakes', () => {
  const codes = generateRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/)
})

test.each(['k7m2p-x4qhd', ' K7M2P X4QHD ', 'k7m2px4qhd', 'k7m2p – x4qhd'])('%j is typed well enough', (typed) =>
  expect(asKept(typed)).toBe('k7m2p-x4qhd'),
)

test('codes are found among hashed ones and those that an older version has kept', async () => {
  const [first = '', second = '', third = ''] = generateRecoveryCodes()
  const kept = [...(await hashRecoveryCodes([first])), second]
  expect(kept.map(isHashed)).toEqual([true, false])
  expect(await Promise.all([first, second, third].map((code) => findRecoveryCode(kept, code)))).toEqual([0, 1, -1])
})
