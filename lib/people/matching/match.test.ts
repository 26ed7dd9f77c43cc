import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Candidate,
  type Confidence,
  compare,
  confidenceOf,
  confidences,
  type MatchEvidence,
  type MatchingAcsUser,
  matchDifferences,
  matchReasons,
  plainEmail,
  rankAcsUsers,
  rankMatches,
} from './match'

const acsUser = (details: Partial<MatchingAcsUser> = {}): MatchingAcsUser => ({
  fullName: 'Jane Doe',
  emailAddress: null,
  phoneNumberE164: null,
  accessGroups: [],
  ...details,
})
const candidate = (details: Partial<Candidate> = {}): Candidate => ({
  userIdentityId: 'jane',
  fullName: 'Jane Doe',
  emailAddress: null,
  phoneNumber: null,
  userIdentityKey: null,
  accessGroups: [],
  linkedAcsUserName: null,
  rivals: [],
  ...details,
})

const email = 'jane@example.com'
const phone = '+15555550110'

test.each<[string, Partial<MatchingAcsUser>, Partial<Candidate>, Confidence | null]>([
  ['the same email and name', { emailAddress: 'JANE@example.com' }, { emailAddress: email }, 'certain'],
  [
    'the same phone and a nickname',
    { fullName: 'Janie Doe', phoneNumberE164: phone },
    { phoneNumber: phone },
    'likely',
  ],
  ['the same key', { emailAddress: email }, { userIdentityKey: email }, 'certain'],
  [
    'two values without a name',
    { fullName: null, emailAddress: email, phoneNumberE164: phone },
    { emailAddress: email, phoneNumber: phone },
    'certain',
  ],
  ['one value without a name', { fullName: null, emailAddress: email }, { emailAddress: email }, 'likely'],
  ['initials and an email', { fullName: 'J. Doe', emailAddress: email }, { emailAddress: email }, 'likely'],
  [
    'the same email, another phone',
    { emailAddress: email, phoneNumberE164: phone },
    { emailAddress: email, phoneNumber: '+15555550111' },
    'likely',
  ],
  [
    'the email of somebody of the family',
    { fullName: 'John Doe', emailAddress: email },
    { emailAddress: email },
    'possible',
  ],
  ['the email of somebody else', { fullName: 'Maria Lopez', emailAddress: email }, { emailAddress: email }, 'possible'],
  ['a new family name', { fullName: 'Jane Whitfield', emailAddress: email }, { emailAddress: email }, 'likely'],
  ['a tag in the email', { emailAddress: 'jane+door@example.com' }, { emailAddress: email }, 'likely'],
  [
    'a tag, and another name',
    { fullName: 'Maria Lopez', emailAddress: 'jane+door@example.com' },
    { emailAddress: email },
    null,
  ],
  ['a name alone', {}, { emailAddress: email }, 'likely'],
  ['a name, but another email', { emailAddress: 'other@example.com' }, { emailAddress: email }, 'likely'],
  [
    'a name, but another email and phone',
    { emailAddress: 'other@example.com', phoneNumberE164: phone },
    { emailAddress: email, phoneNumber: '+15555550111' },
    'possible',
  ],
  [
    'nearly a name, but another email',
    { fullName: 'Liz Doe', emailAddress: 'other@example.com' },
    { fullName: 'Elizabeth Doe', emailAddress: email },
    'possible',
  ],
  ['initials alone', { fullName: 'J Doe' }, {}, 'possible'],
  ['initials and an access group', { fullName: 'J Doe', accessGroups: ['A'] }, { accessGroups: ['A'] }, 'likely'],
  ['another name alone', { fullName: 'John Doe' }, {}, null],
  ['nothing', { fullName: null, emailAddress: 'x@example.com' }, { emailAddress: email }, null],
])('%s', (_what, one, other, confidence) => {
  expect(confidenceOf(compare(acsUser(one), candidate(other)))).toBe(confidence)
})

test('what agrees and what differs is told in words', () => {
  const evidence = compare(
    acsUser({ fullName: 'Liz Doe', emailAddress: email, phoneNumberE164: phone, accessGroups: ['Staff'] }),
    candidate({ fullName: 'Elizabeth Doe', emailAddress: email, phoneNumber: '+15555550111', accessGroups: ['Staff'] }),
  )
  expect(matchReasons(evidence)).toEqual(['same email', 'nickname', 'same access group'])
  expect(matchDifferences(evidence)).toEqual(['another phone'])
})

test('an email address is the same without tag and dots', () => {
  expect(plainEmail('J.Doe+door@Example.com')).toBe('jdoe@example.com')
})

const confidencesOf = (one: MatchingAcsUser, candidates: Candidate[]) =>
  rankMatches(one, candidates).map((match) => [match.candidate.userIdentityId, match.confidence])

test('of two namesakes neither is likely, unless an access group tells them apart', () => {
  const [first, second] = [candidate({ userIdentityId: 'a' }), candidate({ userIdentityId: 'b' })]
  expect(confidencesOf(acsUser(), [second, first])).toEqual([
    ['a', 'possible'],
    ['b', 'possible'],
  ])
  const neighbour = candidate({ userIdentityId: 'b', accessGroups: ['Tower B'] })
  expect(confidencesOf(acsUser({ accessGroups: ['Tower B'] }), [first, neighbour])).toEqual([
    ['b', 'likely'],
    ['a', 'possible'],
  ])
})

test('of two people who share its values neither is certain', () => {
  const one = acsUser({ emailAddress: email, phoneNumberE164: phone })
  const candidates = [
    candidate({ userIdentityId: 'a', emailAddress: email }),
    candidate({ userIdentityId: 'b', phoneNumber: phone }),
  ]
  expect(confidencesOf(one, candidates)).toEqual([
    ['a', 'likely'],
    ['b', 'likely'],
  ])
})

test('somebody who has an ACS user in that access system already is not proposed, and comes last', () => {
  const one = acsUser({ emailAddress: email })
  const taken = candidate({ userIdentityId: 'a', emailAddress: email, linkedAcsUserName: 'Old card' })
  expect(confidencesOf(one, [taken, candidate({ userIdentityId: 'b' })])).toEqual([
    ['b', 'possible'],
    ['a', null],
  ])
})

test('two ACS users of one access system that claim one person are not certain, and it says who and why', () => {
  const rival = { ...acsUser({ emailAddress: email }), acsUserId: 'other', displayName: 'Doe J' }
  const [match] = rankMatches(acsUser({ emailAddress: email }), [candidate({ emailAddress: email, rivals: [rival] })])
  expect(match).toMatchObject({
    confidence: 'likely',
    claimedBy: [{ acsUserId: 'other', displayName: 'Doe J', reasons: ['same email', 'same name'] }],
  })
  // One that agrees in less is no rival.
  const weaker = { ...rival, emailAddress: null }
  const [sure] = rankMatches(acsUser({ emailAddress: email }), [candidate({ emailAddress: email, rivals: [weaker] })])
  expect(sure).toMatchObject({ confidence: 'certain', claimedBy: [] })
})

test('ACS users are ranked for a person by the same rules', () => {
  const found = [
    { ...acsUser(), acsUserId: 'name', acsSystemId: 'pier' },
    { ...acsUser({ emailAddress: email }), acsUserId: 'email', acsSystemId: 'house' },
    { ...acsUser({ fullName: 'Maria Lopez' }), acsUserId: 'nobody', acsSystemId: 'house' },
  ]
  const ranked = rankAcsUsers(candidate({ emailAddress: email }), found)
  expect(ranked.map((match) => [match.acsUser.acsUserId, match.confidence])).toEqual([
    ['email', 'certain'],
    ['name', 'likely'],
  ])
})

const fullName = fastCheck.constantFrom(
  null,
  'Jane Doe',
  'Doe, Jane',
  'J. Doe',
  'John Doe',
  'Liz Doe',
  'Elizabeth Doe',
  'Jane Smith',
)
const emails = fastCheck.constantFrom(null, email, 'JANE@EXAMPLE.COM', 'jane+x@example.com', 'john@example.com')
const phones = fastCheck.constantFrom(null, phone, '+15555550111')
const groups = fastCheck.subarray(['Tower A', 'Tower B', 'Staff'])
const acsUsers = fastCheck.record({ fullName, emailAddress: emails, phoneNumberE164: phones, accessGroups: groups })
const identities = fastCheck.record({
  fullName,
  emailAddress: emails,
  phoneNumber: phones,
  userIdentityKey: fastCheck.constantFrom(null, email, 'resident-1'),
  accessGroups: groups,
})
const candidates = fastCheck
  .array(
    fastCheck.tuple(
      identities,
      fastCheck.constantFrom(null, null, 'Old card'),
      fastCheck.array(
        acsUsers.map((rival) => ({ ...rival, acsUserId: 'rival', displayName: 'Rival' })),
        { maxLength: 2 },
      ),
    ),
    { maxLength: 5 },
  )
  .map((drawn) =>
    drawn.map(
      ([identity, linkedAcsUserName, rivals], index): Candidate => ({
        ...identity,
        userIdentityId: `${index}`,
        linkedAcsUserName,
        rivals,
      }),
    ),
  )

test('comparing is symmetric: what agrees one way agrees the other', () => {
  fastCheck.assert(
    fastCheck.property(acsUsers, identities, (one, other) => {
      const evidence = compare(one, { ...other, userIdentityKey: null })
      const turned = compare(
        { ...other, phoneNumberE164: other.phoneNumber },
        { ...one, phoneNumber: one.phoneNumberE164, userIdentityKey: null },
      )
      expect(turned).toEqual(evidence)
    }),
  )
})

const contradicts = ({ email, phone, name }: MatchEvidence) =>
  email === 'different' || phone === 'different' || ['renamed', 'relative', 'different'].includes(name)

test('what is certain has a unique value that agrees, nothing that contradicts, and is claimed once', () => {
  fastCheck.assert(
    fastCheck.property(acsUsers, candidates, (one, others) => {
      const matches = rankMatches(one, others)
      for (const { evidence, confidence, claimedBy } of matches.filter((match) => match.confidence === 'certain')) {
        expect(evidence.email === 'same' || evidence.phone === 'same' || evidence.hasKey).toBe(true)
        expect(contradicts(evidence)).toBe(false)
        expect(claimedBy).toEqual([])
        expect(confidence).toBe('certain')
      }
      expect(matches.filter(({ confidence }) => confidence === 'certain').length).toBeLessThanOrEqual(1)
    }),
  )
})

test('nobody is proposed who has an ACS user in that access system already', () => {
  fastCheck.assert(
    fastCheck.property(acsUsers, candidates, (one, others) => {
      for (const { candidate, confidence } of rankMatches(one, others)) {
        if (candidate.linkedAcsUserName !== null) expect(confidence).toBeNull()
      }
    }),
  )
})

test('the order in which candidates were found does not matter, and the surest come first', () => {
  fastCheck.assert(
    fastCheck.property(acsUsers, candidates, (one, others) => {
      const matches = rankMatches(one, others)
      expect(rankMatches(one, [...others].reverse())).toEqual(matches)
      const ranks = matches.map(({ confidence }) => (confidence ? confidences.indexOf(confidence) : 3))
      expect(ranks).toEqual([...ranks].sort())
    }),
  )
})

test('a rival or another candidate never makes a match surer', () => {
  fastCheck.assert(
    fastCheck.property(acsUsers, candidates, (one, others) => {
      for (const { candidate, confidence } of rankMatches(one, others)) {
        const alone = confidenceOf(compare(one, candidate))
        if (confidence && alone) {
          expect(confidences.indexOf(confidence)).toBeGreaterThanOrEqual(confidences.indexOf(alone))
        }
      }
    }),
  )
})
