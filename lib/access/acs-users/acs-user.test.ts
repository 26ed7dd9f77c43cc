import { describe, expect, test } from 'vitest'
import { type AcsUserStanding, acsUserProblems } from './acs-user'

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
