import { expect, test } from 'vitest'
import { dateTimeFormat } from './date-time-format'

test('a formatter is made once for the same options', () => {
  const options = { hour: 'numeric', timeZone: 'America/New_York' } as const
  expect(dateTimeFormat({ ...options })).toBe(dateTimeFormat({ ...options }))
  const elsewhere = dateTimeFormat({ ...options, timeZone: 'Asia/Tokyo' })
  expect(elsewhere.resolvedOptions().timeZone).toBe('Asia/Tokyo')
})

test('of many kinds, only the latest are kept', () => {
  const first = dateTimeFormat({ month: 'long', timeZone: 'UTC' })
  for (const timeZone of Intl.supportedValuesOf('timeZone').slice(0, 100)) dateTimeFormat({ month: 'short', timeZone })
  expect(dateTimeFormat({ month: 'long', timeZone: 'UTC' })).not.toBe(first)
})
