import fastCheck from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { readMoment } from './dates'
import type { DateOrder } from './import'

const read = (cell: string, order: DateOrder = 'unknown', edge: 'start' | 'end' = 'start', zone = 'UTC') => {
  const result = readMoment(cell, edge, { order, zone })
  return 'moment' in result ? result.moment : result.problem
}

test.each([
  ['2026-03-04', '2026-03-04T00:00:00.000Z'],
  ['2026-03-04 18:30', '2026-03-04T18:30:00.000Z'],
  ['2026-03-04T18:30:15+02:00', '2026-03-04T16:30:15.000Z'],
  ['4 Mar 2026', '2026-03-04T00:00:00.000Z'],
  ['04-Mar-26', '2026-03-04T00:00:00.000Z'],
  ['March 4, 2026', '2026-03-04T00:00:00.000Z'],
  ['04.03.2026', '2026-03-04T00:00:00.000Z'],
  ['04.03.2026 9:05', '2026-03-04T09:05:00.000Z'],
  ['31/03/2026', '2026-03-31T00:00:00.000Z'],
  ['03/31/26', '2026-03-31T00:00:00.000Z'],
  ['5/5/2026', '2026-05-05T00:00:00.000Z'],
])('%s is a date, whatever comes first', (cell, moment) => {
  expect(read(cell)).toBe(moment)
})

test('where only the order tells, it tells', () => {
  expect(read('03/04/2026', 'day_first')).toBe('2026-04-03T00:00:00.000Z')
  expect(read('03/04/2026', 'month_first')).toBe('2026-03-04T00:00:00.000Z')
  expect(read('03-04-2026 6:15 PM', 'month_first')).toBe('2026-03-04T18:15:00.000Z')
})

test('what may be two dates is refused with both', () => {
  expect(read('03/04/2026')).toBe(
    '03/04/2026 may be 3 April 2026 or 4 March 2026, and no date of the file tells which. Choose what comes first under “Change columns”.',
  )
  expect(read('03/04/2026', 'mixed')).toContain('Write 2026-04-03 or 2026-03-04.')
})

test('a date that was turned round is named', () => {
  expect(read('03/25/2026', 'day_first')).toBe(
    'In this file the day comes first, and so 03/25/2026 is no date. If 2026-03-25 is meant, write that.',
  )
})

test('a day that a spreadsheet made a number of is named', () => {
  expect(read('46112')).toBe(
    'A spreadsheet has turned this date into the number 46112. If 2026-03-31 is meant, write that.',
  )
})

test('what is no date is refused', () => {
  for (const cell of ['soon', '2026-02-30', '30/02/2026', '31.31.2026', '2026', '4 Foo 2026', '04.03.2026 25:00']) {
    expect(read(cell)).toContain('is no date that can be read')
  }
})

test('a day alone is taken in the zone of the site, from its first minute or to its last', () => {
  expect(read('2026-03-29', 'unknown', 'start', 'Europe/Zurich')).toBe('2026-03-28T23:00:00.000Z')
  expect(read('2026-03-29', 'unknown', 'end', 'Europe/Zurich')).toBe('2026-03-29T21:59:00.000Z')
})

test('every day is read back from each of the ways it is written in', () => {
  const day = fastCheck.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fastCheck.assert(
    fastCheck.property(day, (date) => {
      const written = DateTime.fromJSDate(date, { zone: 'UTC' }).startOf('day')
      const moment = written.toJSDate().toISOString()
      for (const format of ['yyyy-MM-dd', 'd LLL yyyy', 'dd.MM.yyyy', 'd.M.yy']) {
        expect(read(written.toFormat(format, { locale: 'en' }))).toBe(moment)
      }
      expect(read(written.toFormat('d/M/yyyy'), 'day_first')).toBe(moment)
      expect(read(written.toFormat('MM/dd/yy'), 'month_first')).toBe(moment)
    }),
  )
})
