import { expect, test } from 'vitest'
import { type DoorFacts, diagnose } from './diagnosis'
import { groupDiagnoses } from './groups'

const now = new Date('2026-03-01T12:00:00.000Z')
const key = {
  acsCredentialId: 'key',
  accessMethod: 'mobile_key' as const,
  displayName: 'Mobile key',
  startsAt: null,
  endsAt: null,
  isIssued: true,
  errors: [],
}

function door(name: string, house: string, isSuspended: boolean, isGiven: boolean) {
  const facts: DoorFacts = {
    door: { acsEntranceId: name, displayName: name, unlocksWith: [] },
    system: { acsSystemId: house, name: house, externalType: 'brivo_account', errors: [], warnings: [] },
    acsUser: {
      acsUserId: house,
      displayName: 'Doe, J.',
      openTaskCount: 0,
      isSuspended,
      accessStartsAt: null,
      accessEndsAt: null,
      errors: [],
    },
    suggestion: null,
    ways: isGiven ? [{ kind: 'grant', id: null, name: null }] : [],
    credentials: [key],
  }
  return diagnose(facts, now)
}

test('doors are grouped by what keeps them shut and where; those never given are a group of their own, and last', () => {
  const { open, shut } = groupDiagnoses([
    door('Office', 'Harbor', true, false),
    door('Roof', 'Harbor', true, false),
    door('Lobby', 'Harbor', true, true),
    door('Gate', 'Pier', false, true),
    door('Boats', 'Pier', false, false),
    door('Bar', 'Dock', true, true),
    door('Gym', 'Harbor', true, true),
  ])
  expect(open.map((diagnosis) => diagnosis.door.displayName)).toEqual(['Gate'])
  expect(
    shut.map(({ fault, system, doors }) => [fault, system.name, doors.map(({ displayName }) => displayName)]),
  ).toEqual([
    ['suspended', 'Harbor', ['Lobby', 'Gym']],
    ['suspended', 'Dock', ['Bar']],
    ['no_way', 'Harbor', ['Office', 'Roof']],
    ['no_way', 'Pier', ['Boats']],
  ])
})

test('no diagnosis makes no group', () => {
  expect(groupDiagnoses([])).toEqual({ open: [], shut: [] })
})
