import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysLater, endOfMonth, fromLocal, monthLater, toLocal } from './local-moment'

const moments = fc.date({ min: new Date('1950-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })

test('a field that is left as it is keeps its moment, seconds and all', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      const original = moment.toISOString()
      expect(fromLocal(toLocal(original), original)).toBe(original)
    }),
  )
})

test('blank is no moment, and so is nonsense', () => {
  expect(toLocal(null)).toBe('')
  expect(fromLocal('')).toBeNull()
  expect(fromLocal('never')).toBeNull()
})

test('the month ends in its last minute, and a month later is in the next month', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      expect(toLocal(endOfMonth(moment)).slice(0, 7)).toBe(toLocal(moment).slice(0, 7))
      const months = (date: Date) => date.getFullYear() * 12 + date.getMonth()
      expect(months(monthLater(moment)) - months(moment)).toBe(1)
    }),
  )
  expect(toLocal(monthLater(new Date(2026, 0, 31, 9)))).toBe('2026-02-28T09:00')
  expect(toLocal(daysLater(new Date(2026, 0, 28, 9), 7))).toBe('2026-02-04T09:00')
  expect(toLocal(endOfMonth(new Date(2028, 1, 3)))).toBe('2028-02-29T23:59')
})
