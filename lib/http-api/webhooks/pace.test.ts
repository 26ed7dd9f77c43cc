import { describe, expect, test } from 'vitest'
import { freshPace, type Pace, paceAfter, standingOf } from './pace'

const second = 1000
const start = new Date('2024-11-03T12:00:00Z')
const after = (seconds: number) => new Date(start.getTime() + seconds * second)

const quick = { responseStatus: 204, error: null, durationMilliseconds: 40 }
const late = { responseStatus: 204, error: null, durationMilliseconds: 9000 }
const refused = { responseStatus: 500, error: null, durationMilliseconds: 40 }
const timedOut = { responseStatus: null, error: 'No answer within 10 s', durationMilliseconds: 10_000 }
const known: Pace = { ...freshPace, caution: 0 }

const repeat = (pace: Pace, outcome: Parameters<typeof paceAfter>[1], times: number, now = start) =>
  Array.from({ length: times }).reduce<Pace>((latest) => paceAfter(latest, outcome, now), pace)
const rest = ({ restsUntil }: Pace) => (restsUntil ? (restsUntil.getTime() - start.getTime()) / second : 0)

test('a new webhook gets more with each success', () => {
  expect(freshPace.caution).toBe(2)
  expect(repeat(freshPace, quick, 1).caution).toBe(1)
  expect(repeat(freshPace, quick, 9)).toMatchObject({ caution: 0, slowSince: null, failures: 0 })
})

describe('time-outs', () => {
  test('halve what is sent at once, then add rests of up to ten minutes', () => {
    const paces = Array.from({ length: 12 }, (_, times) => repeat(known, timedOut, times))
    expect(paces.map(({ caution }) => caution)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10])
    expect(paces.map(rest)).toEqual([0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 600, 600])
  })

  test('make a webhook slow once it gets one delivery at a time, until it gets the most again', () => {
    expect(standingOf(repeat(known, timedOut, 1))).toEqual({ state: 'on' })
    const slow = repeat(known, timedOut, 2)
    const since = start.toISOString()
    expect(standingOf(slow)).toEqual({ state: 'slow', since, trouble: 'No answer within 10 s' })
    expect(standingOf(repeat(slow, quick, 1))).toMatchObject({ state: 'slow', since })
    expect(repeat(slow, quick, 1)).toMatchObject({ caution: 1, restsUntil: null })
    expect(repeat(slow, quick, 2)).toMatchObject({ caution: 0, slowSince: null, trouble: null })
  })

  test('are forgotten quickly, however many there were', () => {
    expect(repeat(repeat(known, timedOut, 30), quick, 2)).toMatchObject({ caution: 0, restsUntil: null })
  })
})

test('late answers halve as well, without rests and without counting as failures', () => {
  expect(repeat(known, late, 9)).toMatchObject({ caution: 2, restsUntil: null, failures: 0, failingSince: null })
  expect(standingOf(repeat(known, late, 9))).toMatchObject({ state: 'slow', trouble: 'An answer took 9 s' })
})

test('quick failures add rests only when there are many in a row', () => {
  expect(repeat(known, refused, 19)).toMatchObject({ caution: 0, restsUntil: null })
  expect(standingOf(repeat(known, refused, 19))).toEqual({ state: 'on' })
  expect(rest(repeat(known, refused, 20))).toBe(5)
  expect(rest(repeat(known, refused, 22))).toBe(20)
  const since = start.toISOString()
  expect(standingOf(repeat(known, refused, 20))).toEqual({ state: 'failing', since, trouble: 'HTTP 500' })
  expect(repeat(repeat(known, refused, 50), quick, 1)).toMatchObject({ failures: 0, restsUntil: null, trouble: null })
})

describe('a webhook is switched off', () => {
  const day = 24 * 60 * 60

  test('after a day of failures alone', () => {
    const failing = repeat(known, refused, 8)
    expect(paceAfter(failing, refused, after(day - 1)).switchedOffAt).toBeNull()
    const off = paceAfter(failing, refused, after(day))
    expect(standingOf(off)).toEqual({
      state: 'switched_off',
      since: after(day).toISOString(),
      trouble: 'HTTP 500',
    })
    // What was under way still fails, or arrives: somebody has to switch it on all the same.
    expect(paceAfter(off, refused, after(2 * day)).switchedOffAt).toEqual(after(day))
    expect(paceAfter(off, quick, after(2 * day)).switchedOffAt).toEqual(after(day))
  })

  test('not while something succeeds, nor after a few attempts that a stopped server made', () => {
    const failing = repeat(known, refused, 8)
    expect(paceAfter(paceAfter(failing, quick, after(60)), refused, after(day)).switchedOffAt).toBeNull()
    expect(repeat(paceAfter(known, refused, start), refused, 3, after(2 * day)).switchedOffAt).toBeNull()
  })
})
