import { expect, test } from 'vitest'
import { diagnose } from '../diagnosis/diagnosis'
import { type SummarizedPerson, supportSummary } from './support-summary'

const now = new Date('2026-03-01T12:00:00.000Z')
const system = { acsSystemId: 'house', name: 'Harbor House', externalType: 'brivo_account', errors: [], warnings: [] }
const standing = { isSuspended: false, accessStartsAt: null, accessEndsAt: null, errors: [] }
const jane: SummarizedPerson = {
  identity: {
    userIdentityId: 'id-of-jane',
    displayName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
    userIdentityKey: null,
  },
  systems: [
    {
      system,
      acsUser: { ...standing, acsUserId: 'id-of-user', displayName: 'Doe, J.', accessEndsAt: '2026-11-30T09:05:00Z' },
    },
    {
      system: {
        name: 'Pier 7',
        errors: [{ error_code: 'x', message: 'Offline', created_at: now.toISOString() }],
        warnings: [],
      },
      acsUser: null,
    },
  ],
  entrances: [{ acsSystemId: 'house' }, { acsSystemId: 'house' }],
  credentials: [
    {
      acsCredentialId: 'id-of-card',
      accessMethod: 'card',
      acsSystemName: 'Harbor House',
      startsAt: null,
      endsAt: '2026-02-01T00:00:00Z',
      isIssued: true,
      errors: [],
    },
  ],
  diagnoses: [],
}

/** As the page has them: with more than the summary may tell. */
const secrets = { code: '483920', cardNumber: '0098213', displayName: 'Card 0098213' }

const lobby = { acsEntranceId: 'id-of-lobby', displayName: 'Lobby', unlocksWith: ['card' as const] }
const card = { ...secrets, ...(jane.credentials[0] as (typeof jane.credentials)[number]) }
const diagnosis = diagnose(
  {
    door: lobby,
    system,
    acsUser: jane.systems[0]?.acsUser ? { ...jane.systems[0].acsUser, openTaskCount: 0 } : null,
    suggestion: null,
    ways: [{ kind: 'grant', id: null, name: null }],
    credentials: [card],
  },
  now,
)

test('a summary has the person, each access system, the doors and the credentials', () => {
  expect(supportSummary(jane, now)).toBe(
    [
      'Jane Doe',
      'User identity: id-of-jane',
      'Contact: jane@example.com, +15555550110',
      '',
      'Access systems:',
      '- Harbor House: Doe, J. · active · until 2026-11-30 09:05 UTC · id-of-user',
      '- Pier 7 (not reachable): no ACS user',
      '',
      'Doors: 2 doors in 1 system',
      '',
      'Credentials:',
      '- Card in Harbor House · expired · until 2026-02-01 00:00 UTC · id-of-card',
      '',
      'As of 2026-03-01 12:00 UTC',
    ].join('\n'),
  )
})

test('with the diagnosis of one door it says what is wrong and what to do', () => {
  expect(supportSummary({ ...jane, diagnoses: [diagnosis] }, now)).toContain(
    'Diagnosis:\n- Lobby in Harbor House (id-of-lobby): Credential expired. Extend it, or issue another.',
  )
  expect(supportSummary({ ...jane, diagnoses: [{ ...diagnosis, verdict: null }] }, now)).toContain(
    'Lobby in Harbor House (id-of-lobby): Everything on our side is in order.',
  )
})

test('with all doors it counts them by what is wrong', () => {
  const open = { ...diagnosis, verdict: null }
  expect(supportSummary({ ...jane, diagnoses: [open, diagnosis, open] }, now)).toContain(
    'Diagnosis:\n- 2 doors: open\n- 1 door in Harbor House: credential expired',
  )
})

test('no code and no card number is in it', () => {
  const text = supportSummary({ ...jane, credentials: [card], diagnoses: [diagnosis] }, now)
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
})
