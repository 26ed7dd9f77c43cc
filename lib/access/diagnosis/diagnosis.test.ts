import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DoorCredential, type DoorFacts, diagnose, type Fault, type Fix } from './diagnosis'
import { doorOpens } from './door-opens'

const now = new Date('2026-03-01T12:00:00.000Z')
const [past, future] = ['2026-02-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']
const error = { error_code: 'x', message: 'The bridge is offline.', created_at: past }

const key: DoorCredential = {
  acsCredentialId: 'key',
  accessMethod: 'mobile_key',
  displayName: 'Mobile key',
  startsAt: null,
  endsAt: null,
  isIssued: true,
  errors: [],
}
const standing = { isSuspended: false, accessStartsAt: null, accessEndsAt: null, errors: [] }
const acsUser = { acsUserId: 'user', displayName: 'Doe, J.', openTaskCount: 0, ...standing }
const system = { acsSystemId: 'house', name: 'Harbor House', externalType: 'brivo_account', errors: [], warnings: [] }
const opening: DoorFacts = {
  door: { acsEntranceId: 'lobby', displayName: 'Lobby', unlocksWith: ['mobile_key', 'card'] },
  system,
  acsUser,
  suggestion: null,
  ways: [{ kind: 'access_group', id: 'residents', name: 'Residents' }],
  credentials: [key],
}
const textOf = (words: (string | { at: string })[] | undefined) =>
  words?.map((part) => (typeof part === 'string' ? part : part.at)).join('')

describe('the first broken link', () => {
  test.each<[string, Partial<DoorFacts>, Fault, Fix['kind'], RegExp]>([
    ['no ACS user', { acsUser: null }, 'no_acs_user', 'create_acs_user', /no ACS user .* in Harbor House/],
    [
      'no ACS user, but one that matches',
      { acsUser: null, suggestion: { acsUserId: 'free', displayName: 'J. Doe' } },
      'no_acs_user',
      'attach_acs_user',
      /no ACS user/,
    ],
    ['a suspension', { acsUser: { ...acsUser, isSuspended: true } }, 'suspended', 'unsuspend', /is suspended/],
    [
      'a schedule that is over',
      { acsUser: { ...acsUser, accessEndsAt: past } },
      'schedule_over',
      'change_schedule',
      /ended 2026-02-01/,
    ],
    [
      'a schedule that has not begun',
      { acsUser: { ...acsUser, accessStartsAt: future } },
      'schedule_not_begun',
      'change_schedule',
      /begins only 2026-04-01/,
    ],
    ['no way', { ways: [] }, 'no_way', 'add_to_access_group', /“Lobby”/],
    ['no credential', { credentials: [] }, 'no_credential', 'issue_credential', /no credential/],
    [
      'a credential that the door does not take',
      { credentials: [{ ...key, accessMethod: 'code', displayName: 'Door code' }] },
      'credential_of_other_method',
      'issue_credential',
      /a mobile key or a card; there is only Door code/,
    ],
    [
      'a credential that expired',
      { credentials: [{ ...key, endsAt: past }] },
      'credential_expired',
      'extend_credential',
      /expired 2026-02-01/,
    ],
    [
      'a credential that is not issued',
      { credentials: [{ ...key, isIssued: false }] },
      'credential_pending',
      'issue_credential',
      /not issued yet/,
    ],
    [
      'a credential that has not begun',
      { credentials: [{ ...key, startsAt: future }] },
      'credential_scheduled',
      'issue_credential',
      /only from 2026-04-01/,
    ],
    [
      'a credential with an error',
      { credentials: [{ ...key, errors: [error] }] },
      'credential_error',
      'issue_credential',
      /The bridge is offline/,
    ],
    [
      'an access system that is not reachable',
      { system: { ...system, errors: [{ ...error, created_at: future }, error] } },
      'system_unreachable',
      'none',
      /not reachable since 2026-02-01.*The bridge is offline/,
    ],
    [
      'an error that is reported about the ACS user',
      { acsUser: { ...acsUser, errors: [error] } },
      'reported_error',
      'none',
      /The bridge is offline/,
    ],
  ])('is %s', (_what, facts, fault, fix, words) => {
    const { verdict } = diagnose({ ...opening, ...facts }, now)
    expect(verdict).toMatchObject({ fault, fix: { kind: fix }, state: 'broken' })
    expect(textOf(verdict?.words)).toMatch(words)
    expect(verdict?.remedy.length).toBeGreaterThan(0)
  })

  test('is the one nearest to the person', () => {
    const facts = { ...opening, acsUser: { ...acsUser, isSuspended: true, accessEndsAt: past }, ways: [] }
    const { verdict, links } = diagnose(facts, now)
    expect(verdict?.fault).toBe('suspended')
    expect(links.filter(({ state }) => state === 'broken').map(({ name }) => name)).toEqual([
      'suspension',
      'schedule',
      'way',
      'credential',
    ])
  })

  test.each([
    [0, 'ok', 'Kept by hand: nothing waits to be programmed at Harbor House.'],
    [1, 'unknown', 'Kept by hand: one change still waits to be programmed at the panel of Harbor House.'],
    [2, 'unknown', 'Kept by hand: 2 changes still wait to be programmed at the panel of Harbor House.'],
  ])(
    'of a system kept by hand claims nothing that nobody reports, with %i tasks open',
    (openTaskCount, state, words) => {
      const facts = { ...opening, system: { ...system, externalType: null }, acsUser: { ...acsUser, openTaskCount } }
      const { links, verdict } = diagnose(facts, now)
      expect(links.slice(-2).map((link) => [link.state, textOf(link.words)])).toEqual([
        [state, words],
        ['unknown', 'Kept by hand: it reports nothing by itself.'],
      ])
      expect(verdict).toBeNull()
    },
  )

  test('without an ACS user leaves open what depends on one, and not whether the access system answers', () => {
    const { links } = diagnose({ ...opening, acsUser: null }, now)
    expect(links.map(({ name, state }) => [name, state])).toEqual([
      ['acs_user', 'broken'],
      ['suspension', 'unknown'],
      ['schedule', 'unknown'],
      ['way', 'unknown'],
      ['credential', 'unknown'],
      ['access_system', 'ok'],
      ['reported_errors', 'unknown'],
    ])
  })
})

describe('a credential', () => {
  const forDoor = { kind: 'credential' as const, id: 'card', name: 'Card' }
  const card = { ...key, acsCredentialId: 'card', accessMethod: 'card' as const, displayName: 'Card' }

  test('that was issued for the door opens it, and another does not in its place', () => {
    const facts = { ...opening, ways: [forDoor] }
    expect(diagnose({ ...facts, credentials: [key, card] }, now).verdict).toBeNull()
    expect(diagnose({ ...facts, credentials: [key, { ...card, endsAt: past }] }, now).verdict?.fault).toBe(
      'credential_expired',
    )
  })

  test('that works counts, whatever is the matter with others', () => {
    const others = [
      { ...key, endsAt: past },
      { ...key, isIssued: false },
      { ...key, errors: [error] },
    ]
    expect(diagnose({ ...opening, credentials: [...others, card] }, now).verdict).toBeNull()
  })

  test('of any method will do where the access system does not say what the door takes', () => {
    const door = { ...opening.door, unlocksWith: [] }
    expect(diagnose({ ...opening, door }, now).verdict).toBeNull()
  })
})

test('in order, the links tell the evidence', () => {
  const facts = {
    ...opening,
    acsUser: { ...acsUser, accessEndsAt: future },
    credentials: [{ ...key, endsAt: future }],
  }
  const { verdict, links } = diagnose(facts, now)
  expect(verdict).toBeNull()
  expect(links.map(({ words }) => textOf(words))).toEqual([
    'Doe, J. in Harbor House.',
    'Not suspended.',
    `Access until ${future}.`,
    'Access group Residents.',
    `Mobile key, valid until ${future}.`,
    'Harbor House reports no problem.',
    'The access system reports no error about them.',
  ])
})

const moment = fc.constantFrom(null, past, now.toISOString(), '2026-03-01T12:00:00.001Z', future)
const errors = fc.oneof(
  { weight: 4, arbitrary: fc.constant<(typeof error)[]>([]) },
  { weight: 1, arbitrary: fc.constant<(typeof error)[]>([error]) },
)
const method = fc.constantFrom('mobile_key' as const, 'card' as const, 'code' as const)
const anyCredential = fc.record({
  acsCredentialId: fc.constantFrom('a', 'b', 'c'),
  accessMethod: method,
  displayName: fc.constant('Credential'),
  startsAt: moment,
  endsAt: moment,
  isIssued: fc.boolean(),
  errors,
})
const anyFacts: fc.Arbitrary<DoorFacts> = fc.record({
  door: fc.record({
    acsEntranceId: fc.constant('lobby'),
    displayName: fc.constant('Lobby'),
    unlocksWith: fc.uniqueArray(method),
  }),
  system: errors.map((reported) => ({ ...system, errors: reported })),
  acsUser: fc.option(
    fc.record({
      acsUserId: fc.constant('user'),
      displayName: fc.constant('Doe, J.'),
      openTaskCount: fc.nat(),
      isSuspended: fc.boolean(),
      accessStartsAt: moment,
      accessEndsAt: moment,
      errors,
    }),
    { freq: 9 },
  ),
  suggestion: fc.option(fc.constant({ acsUserId: 'free', displayName: 'J. Doe' })),
  ways: fc.array(
    fc.oneof(
      fc.constant({ kind: 'access_group' as const, id: 'residents', name: 'Residents' }),
      fc.constant({ kind: 'grant' as const, id: null, name: null }),
      fc.record({
        kind: fc.constant('credential' as const),
        id: fc.constantFrom('a', 'b', 'c'),
        name: fc.constant('Credential'),
      }),
    ),
    { maxLength: 3 },
  ),
  credentials: fc.array(anyCredential, { maxLength: 4 }),
})

test('the diagnosis says “in order” if and only if the door opens', () => {
  let opened = 0
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const opens = doorOpens(facts, now)
      opened += Number(opens)
      expect(diagnose(facts, now).verdict === null).toBe(opens)
    }),
    { numRuns: 5000 },
  )
  expect(opened, 'doors that opened among those made up').toBeGreaterThan(20)
})

test('the verdict is the first link that is broken, and only broken links have a remedy', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { links, verdict } = diagnose(facts, now)
      expect(verdict).toBe(links.find(({ state }) => state === 'broken') ?? null)
      for (const link of links) expect(link.fix !== undefined).toBe(link.state === 'broken')
    }),
  )
})
