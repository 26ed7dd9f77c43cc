import { expect, test } from 'vitest'
import { readEventListParameters, startOfDay, toEventFilter, writeEventListParameters } from './list-parameters'

const id = '0192f0c1-2345-7abc-8def-0123456789ab'

test('an address says what is asked for, and nonsense is left out', () => {
  const address = `kind=links&person=${id}&system=${id}&actor=Dana+Reyes&from=2026-11-01&to=2026-11-24`
  const parameters = readEventListParameters(new URLSearchParams(address))
  expect(parameters).toEqual({
    kind: 'links',
    person: id,
    system: id,
    actor: 'Dana Reyes',
    from: '2026-11-01',
    to: '2026-11-24',
  })
  expect(writeEventListParameters(parameters).toString()).toBe(address)
  const nothing = readEventListParameters(
    new URLSearchParams('kind=x&person=1&system=2&actor=+&from=yesterday&to=2026-13-01'),
  )
  expect(writeEventListParameters(nothing).toString()).toBe('')
})

test.each([
  ['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z'],
  ['2026-11-24', 'America/New_York', '2026-11-24T05:00:00.000Z'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
  ['2026-11-24', 'Asia/Kolkata', '2026-11-23T18:30:00.000Z'],
])('%s begins in %s at %s', (date, timeZone, moment) => {
  expect(startOfDay(date, timeZone).toISOString()).toBe(moment)
})

test('both days are included', () => {
  const parameters = readEventListParameters(new URLSearchParams('from=2026-11-24&to=2026-11-24'))
  expect(toEventFilter(parameters, 'UTC')).toMatchObject({
    since: new Date('2026-11-24T00:00:00Z'),
    before: new Date('2026-11-25T00:00:00Z'),
  })
})
