import { describe, expect, test } from 'vitest'
import { type AcsUserStanding, acsUserProblems, profileDifferences } from './acs-user'

const now = new Date('2026-03-01T12:00:00Z')
const wellStanding: AcsUserStanding = { isSuspended: false, accessStartsAt: null, accessEndsAt: null, errors: [] }
const codesOf = (standing: Partial<AcsUserStanding>) =>
  acsUserProblems({ ...wellStanding, ...standing }, now).map(({ code }) => code)

describe('the problems of an ACS user', () => {
  test.each<[string, Partial<AcsUserStanding>]>([
    ['nothing said', {}],
    ['a schedule that runs', { accessStartsAt: '2026-02-01T00:00:00Z', accessEndsAt: '2026-04-01T00:00:00Z' }],
    ['a schedule that begins this moment', { accessStartsAt: '2026-03-01T12:00:00Z' }],
    ['a schedule that ends in a moment', { accessEndsAt: '2026-03-01T12:00:00.001Z' }],
  ])('are none with %s', (_what, standing) => {
    expect(codesOf(standing)).toEqual([])
  })

  test.each<[string, Partial<AcsUserStanding>, string]>([
    ['suspended', { isSuspended: true }, 'suspended'],
    ['a schedule that ended this moment', { accessEndsAt: '2026-03-01T12:00:00Z' }, 'access_ended'],
    ['a schedule of another zone that ended', { accessEndsAt: '2026-03-01T13:00:00+02:00' }, 'access_ended'],
    ['a schedule that begins in a moment', { accessStartsAt: '2026-03-01T12:00:00.001Z' }, 'access_not_begun'],
  ])('%s', (_what, standing, code) => {
    expect(codesOf(standing)).toEqual([code])
  })

  test('come all of them, what the access system reports first and in its own words', () => {
    const problems = acsUserProblems(
      {
        isSuspended: true,
        accessStartsAt: null,
        accessEndsAt: '2026-01-01T00:00:00Z',
        errors: [{ error_code: 'failed_to_create', message: 'The site is full.', created_at: '2026-01-01T00:00:00Z' }],
      },
      now,
    )
    expect(problems.map(({ code }) => code)).toEqual(['reported_by_access_system', 'suspended', 'access_ended'])
    expect(problems[0]?.message).toBe('The site is full.')
  })
})

describe('where an ACS user differs from its identity', () => {
  const nothing = { fullName: null, emailAddress: null, phoneNumber: null, phoneNumberE164: null }
  const jane = {
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '(555) 555-0110',
    phoneNumberE164: '+15555550110',
  }
  const identity = { fullName: 'Jane Doe', emailAddress: 'jane@example.com', phoneNumber: '+15555550110' }

  test('the same details differ in nothing, however they are written', () => {
    expect(profileDifferences(jane, identity)).toEqual([])
    expect(profileDifferences({ ...jane, emailAddress: 'Jane@Example.com' }, identity)).toEqual([])
  })

  test('what either leaves open does not differ', () => {
    expect(profileDifferences(nothing, identity)).toEqual([])
    expect(profileDifferences(jane, { fullName: null, emailAddress: null, phoneNumber: null })).toEqual([])
  })

  test('every detail that differs is shown with both sides, the phone as the access system writes it', () => {
    const other = { fullName: 'Jane Roe', emailAddress: 'roe@example.com', phoneNumber: '+442079460958' }
    expect(profileDifferences(jane, other)).toEqual([
      { field: 'name', acsUser: 'Jane Doe', identity: 'Jane Roe' },
      { field: 'email', acsUser: 'jane@example.com', identity: 'roe@example.com' },
      { field: 'phone', acsUser: '(555) 555-0110', identity: '+442079460958' },
    ])
  })

  test('a phone that cannot be read differs from any number', () => {
    const unreadable = { ...jane, phoneNumber: 'ask at desk', phoneNumberE164: null }
    expect(profileDifferences(unreadable, identity)).toEqual([
      { field: 'phone', acsUser: 'ask at desk', identity: '+15555550110' },
    ])
  })
})
