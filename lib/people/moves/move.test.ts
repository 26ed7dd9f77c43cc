import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { isIdle, type MovingAcsUser, planMoveIn, planMoveOut } from './move'

const now = new Date('2026-03-01T12:00:00Z')
const later = new Date('2026-04-01T12:00:00Z')

function acsUser(details: Partial<MovingAcsUser> = {}): MovingAcsUser {
  return {
    acsUserId: 'a',
    displayName: 'Doe, J.',
    acsSystemName: 'Harbor House',
    isSuspended: false,
    accessStartsAt: null,
    accessEndsAt: null,
    credentials: [],
    ...details,
  }
}

function key(details: Partial<MovingAcsUser['credentials'][number]> = {}) {
  return {
    acsCredentialId: 'k',
    displayName: 'Mobile key',
    accessMethod: 'mobile_key' as const,
    startsAt: null,
    endsAt: null,
    ...details,
  }
}

const atOnce = { at: now, manner: 'end_schedule', revokeMobileCredentials: true, replaces: null } as const

test('moving out at once ends the schedule and revokes mobile keys, not cards', () => {
  const card = key({ acsCredentialId: 'c', accessMethod: 'card' })
  const [step] = planMoveOut(atOnce, [acsUser({ credentials: [key(), card] })], now)
  expect(step).toMatchObject({
    schedule: { startsAt: null, endsAt: now.toISOString() },
    suspended: null,
    revoked: [{ acsCredentialId: 'k' }],
    ended: [],
  })
})

test('moving out later lets mobile keys end with the schedule', () => {
  const [step] = planMoveOut({ ...atOnce, at: later }, [acsUser({ credentials: [key()] })], now)
  expect(step).toMatchObject({
    schedule: { endsAt: later.toISOString() },
    revoked: [],
    ended: [{ acsCredentialId: 'k' }],
  })
})

test('a key that would begin only after the move-out is revoked, and such a schedule is suspended', () => {
  const begins = '2026-05-01T00:00:00.000Z'
  const [step] = planMoveOut(
    { ...atOnce, at: later },
    [acsUser({ accessStartsAt: begins, credentials: [key({ startsAt: begins })] })],
    now,
  )
  expect(step).toMatchObject({ schedule: null, suspended: true, revoked: [{ acsCredentialId: 'k' }], ended: [] })
})

test('keys are left alone where that was asked', () => {
  const [step] = planMoveOut({ ...atOnce, revokeMobileCredentials: false }, [acsUser({ credentials: [key()] })], now)
  expect(step).toMatchObject({ revoked: [], ended: [] })
})

test('a move-out that is put off takes along what ended with the earlier one, and nothing else', () => {
  const earlier = '2026-03-15T12:00:00.000Z'
  const ending = acsUser({ accessEndsAt: earlier, credentials: [key({ endsAt: earlier })] })
  const [moved, kept] = planMoveOut(
    { ...atOnce, at: later, replaces: earlier },
    [ending, acsUser({ accessEndsAt: '2026-03-14T12:00:00.000Z' })],
    now,
  )
  expect(moved).toMatchObject({ schedule: { endsAt: later.toISOString() }, ended: [{ acsCredentialId: 'k' }] })
  expect(kept?.schedule).toBe(null)
})

test('moving in gives one schedule to all and lifts suspensions where asked', () => {
  const move = { startsAt: now, endsAt: null, liftSuspensions: true }
  const steps = planMoveIn(move, [acsUser({ isSuspended: true }), acsUser({ accessStartsAt: now.toISOString() })])
  expect(steps[0]).toMatchObject({ schedule: { startsAt: now.toISOString(), endsAt: null }, suspended: false })
  expect(steps.map(isIdle)).toEqual([false, true])
})

const moments = fastCheck
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
const window = fastCheck
  .tuple(fastCheck.option(moments), fastCheck.option(moments))
  .filter(([startsAt, endsAt]) => !startsAt || !endsAt || startsAt < endsAt)
const acsUsersToMove = fastCheck
  .tuple(window, fastCheck.boolean(), fastCheck.array(window, { maxLength: 3 }))
  .map(([[accessStartsAt, accessEndsAt], isSuspended, keys]) =>
    acsUser({
      accessStartsAt,
      accessEndsAt,
      isSuspended,
      credentials: keys.map(([startsAt, endsAt], index) => key({ acsCredentialId: `${index}`, startsAt, endsAt })),
    }),
  )
const moves = fastCheck.record({
  at: fastCheck.oneof(
    fastCheck.constant(now),
    moments.map((at) => new Date(at)).filter((at) => at > now),
  ),
  manner: fastCheck.constantFrom('end_schedule', 'suspend'),
  revokeMobileCredentials: fastCheck.boolean(),
  replaces: fastCheck.constant(null),
} as const)

/** The ACS user as a step leaves it. */
function after(acsUserBefore: MovingAcsUser, step: ReturnType<typeof planMoveOut>[number], at: Date): MovingAcsUser {
  return {
    ...acsUserBefore,
    ...(step.schedule && { accessStartsAt: step.schedule.startsAt, accessEndsAt: step.schedule.endsAt }),
    isSuspended: step.suspended ?? acsUserBefore.isSuspended,
    credentials: acsUserBefore.credentials
      .filter(({ acsCredentialId }) => !step.revoked.some((gone) => gone.acsCredentialId === acsCredentialId))
      .map((credential) =>
        step.ended.some(({ acsCredentialId }) => acsCredentialId === credential.acsCredentialId)
          ? { ...credential, endsAt: at.toISOString() }
          : credential,
      ),
  }
}

const isOpen = ({ isSuspended, accessStartsAt, accessEndsAt }: MovingAcsUser, at: string) =>
  !isSuspended && (!accessStartsAt || accessStartsAt <= at) && (!accessEndsAt || accessEndsAt > at)

test('after the move-out nothing opens, before it nothing opens that did not, and no window is turned around', () => {
  fastCheck.assert(
    fastCheck.property(moves, acsUsersToMove, moments, (move, before, probe) => {
      const [step] = planMoveOut(move, [before], now)
      if (!step) throw new Error('There is no step.')
      const then = after(before, step, move.at)
      if (probe >= move.at.toISOString()) expect(isOpen(then, probe)).toBe(false)
      else if (isOpen(then, probe)) expect(isOpen(before, probe)).toBe(true)
      for (const { startsAt, endsAt } of [
        { startsAt: then.accessStartsAt, endsAt: then.accessEndsAt },
        ...then.credentials,
      ]) {
        expect(!startsAt || !endsAt || startsAt < endsAt).toBe(true)
      }
      if (move.revokeMobileCredentials) {
        for (const { endsAt } of then.credentials) expect(endsAt && endsAt <= move.at.toISOString()).toBe(true)
      }
      // Moving out twice changes nothing the second time.
      expect(planMoveOut(move, [then], now).every(isIdle)).toBe(true)
    }),
  )
})
