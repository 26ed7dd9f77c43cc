import { expect, test } from 'vitest'
import { diagnoseDoors, type PersonAccess } from './facts'

const now = new Date('2026-03-01T12:00:00.000Z')
const standing = { openTaskCount: 0, isSuspended: false, accessStartsAt: null, accessEndsAt: null, errors: [] }
const system = (acsSystemId: string) => ({
  acsSystemId,
  name: acsSystemId,
  externalType: 'brivo_account',
  errors: [],
  warnings: [],
})
const suggestion = { acsUserId: 'free', displayName: 'J. Doe', isStrong: false }
const access: PersonAccess = {
  systems: [
    {
      system: system('harbor'),
      acsUser: { ...standing, acsUserId: 'in-harbor', displayName: 'Doe, J.' },
      suggestions: [],
    },
    {
      system: system('pier'),
      acsUser: { ...standing, acsUserId: 'in-pier', displayName: 'Doe, J.' },
      suggestions: [],
    },
    { system: system('dock'), acsUser: null, suggestions: [suggestion, { ...suggestion, isStrong: true }] },
    { system: system('loft'), acsUser: null, suggestions: [suggestion] },
  ],
  entrances: [
    { acsEntranceId: 'lobby', reasons: [{ kind: 'grant', id: null, name: null }] },
    { acsEntranceId: 'gate', reasons: [{ kind: 'grant', id: null, name: null }] },
  ],
  credentials: [
    {
      acsCredentialId: 'key',
      acsUserId: 'in-harbor',
      accessMethod: 'mobile_key',
      displayName: 'Mobile key',
      startsAt: null,
      endsAt: null,
      isIssued: true,
      errors: [],
    },
  ],
}
const door = (acsEntranceId: string, acsSystemId: string) => ({
  acsEntranceId,
  acsSystemId,
  displayName: acsEntranceId,
  unlocksWith: [],
})

test.each([
  ['lobby', 'harbor', undefined],
  // The key of another access system does not open it.
  ['gate', 'pier', 'issue_credential'],
  ['roof', 'harbor', 'add_to_access_group'],
  // An ACS user with the same email is offered, one with no more than the same name is not.
  ['boats', 'dock', 'attach_acs_user'],
  ['attic', 'loft', 'create_acs_user'],
])('the door “%s” in %s takes: %s', (acsEntranceId, acsSystemId, fix) => {
  const [diagnosis] = diagnoseDoors(access, [door(acsEntranceId, acsSystemId)], now)
  expect(diagnosis?.verdict?.fix.kind).toBe(fix)
})

test('a door of an access system that is not there is left out', () => {
  expect(diagnoseDoors(access, [door('lobby', 'nowhere'), door('lobby', 'harbor')], now)).toHaveLength(1)
})
