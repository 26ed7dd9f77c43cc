import { expect, test } from 'vitest'
import { type CredentialState, credentialState, orderCredentials } from './credential'

const now = new Date('2026-03-01T12:00:00Z')
const issued = { startsAt: null, endsAt: null, isIssued: true, errors: [] }
const past = '2026-03-01T12:00:00Z'
const future = '2026-03-01T12:00:00.001Z'

test.each<[string, CredentialState, Partial<Parameters<typeof credentialState>[0]>]>([
  ['issued for good', 'active', {}],
  ['within its time', 'active', { startsAt: past, endsAt: future }],
  ['before its time', 'scheduled', { startsAt: future }],
  ['after its time', 'expired', { endsAt: past }],
  ['not issued yet', 'pending', { isIssued: false }],
  ['not issued yet and before its time', 'pending', { isIssued: false, startsAt: future }],
  ['with an error', 'error', { errors: [{ message: 'The phone is offline.' }] }],
  ['not issued because of an error', 'error', { isIssued: false, errors: [{ message: 'No licence.' }] }],
  ['after its time, with an error that no longer matters', 'expired', { endsAt: past, errors: [{ message: 'Old' }] }],
])('a credential %s is %s', (_what, state, details) => {
  expect(credentialState({ ...issued, ...details }, now)).toBe(state)
})

test('credentials come in the order in which they matter', () => {
  const at = new Date('2026-06-15T12:00:00Z')
  const working = { startsAt: null, endsAt: null, isIssued: true, errors: [] }
  const given = [
    { ...working, name: 'over long ago', endsAt: '2020-01-01T00:00:00Z' },
    { ...working, name: 'over', endsAt: '2026-01-01T00:00:00Z' },
    { ...working, name: 'failing', errors: [{ message: 'It is for another phone.' }] },
    { ...working, name: 'not issued', isIssued: false },
    { ...working, name: 'without end' },
    { ...working, name: 'begins later', startsAt: '2026-07-01T00:00:00Z', endsAt: '2026-08-01T00:00:00Z' },
    { ...working, name: 'ends soon', endsAt: '2026-06-16T00:00:00Z' },
  ]
  expect(orderCredentials(given, at).map(({ name }) => name)).toEqual([
    'ends soon',
    'without end',
    'begins later',
    'not issued',
    'failing',
    'over',
    'over long ago',
  ])
})
