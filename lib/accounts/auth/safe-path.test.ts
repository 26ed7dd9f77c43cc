import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { safePath } from './safe-path'

test.each(['/', '/identities', '/identities?q=jane+doe&sort=name', '/identities/1/'])('%s is gone to', (path) => {
  expect(safePath(path)).toBe(path)
})

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/x/..//evil.example',
  '/.//evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '',
  'identities',
  null,
  undefined,
  7,
  ['/identities'],
])('%j never leads to another site', (given) => {
  expect(new URL(safePath(given), 'http://here.example').host).toBe('here.example')
})

test('nothing leads to another site', () => {
  const path = fastCheck.string({ unit: fastCheck.constantFrom(...'/\\.:@ \t\n?#', '..', '%2f', 'evil.example') })
  fastCheck.assert(
    fastCheck.property(path, (given) => {
      expect(new URL(safePath(`/${given}`), 'http://here.example').host).toBe('here.example')
    }),
    { numRuns: 1000 },
  )
})
