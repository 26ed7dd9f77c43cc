import { DateTime, type Zone } from 'luxon'
import type { DateOrder } from './import'

const isoDay = /^\d{4}-\d{2}-\d{2}$/
const isoMoment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/
const numeric = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})(?:,?\s+(.+))?$/
const named = ['d LLL yyyy', 'd-LLL-yyyy', 'd-LLL-yy', 'd LLLL yyyy', 'LLL d, yyyy', 'LLLL d, yyyy']
const times = ['H:mm', 'H:mm:ss', 'h:mm a', 'h:mm:ss a', 'h a']

/** A day of 1954 to 2119, as a spreadsheet counts them. */
const serial = /^[2-7]\d{4}(\.\d+)?$/

/** How dates are read: which part comes first where only that tells, and in which zone. */
export type DateReading = { order: DateOrder; zone: Zone | string }

/**
 * Reads a date, with or without a time, as people and spreadsheets write it. A day alone means its first
 * minute where access starts, and its last where access ends.
 *
 * @returns the moment in ISO 8601, UTC; else what is wrong and what to do.
 */
export function readMoment(
  cell: string,
  edge: 'start' | 'end',
  { order, zone }: DateReading,
): { moment: string } | { problem: string } {
  const atEdge = (day: DateTime) => (edge === 'start' ? day : day.set({ hour: 23, minute: 59 }))
  if (isoDay.test(cell)) return found(atEdge(DateTime.fromISO(cell, { zone })), cell)
  if (isoMoment.test(cell)) return found(DateTime.fromISO(cell.replace(' ', 'T'), { zone }), cell)
  if (serial.test(cell)) {
    const day = DateTime.fromISO('1899-12-30').plus({ days: Math.floor(Number(cell)) })
    return {
      problem: `A spreadsheet has turned this date into the number ${cell}. If ${day.toISODate()} is meant, write that.`,
    }
  }
  const [, first = '', separator, second = '', year = '', time] = numeric.exec(cell) ?? []
  if (separator === undefined) {
    const days = named.map((format) => DateTime.fromFormat(cell, format, { zone, locale: 'en' }))
    const day = days.find(({ isValid }) => isValid)
    return day ? found(atEdge(day), cell) : { problem: notADate(cell) }
  }
  const readings = { day_first: [first, second], month_first: [second, first] } as const
  const dayOf = ([day, month]: readonly [string, string]) =>
    DateTime.fromObject({ year: fullYear(year), month: Number(month), day: Number(day) }, { zone })
  // Nobody writes 03.25.2026.
  const known = separator === '.' ? 'day_first' : order
  if (known !== 'day_first' && known !== 'month_first') {
    const [dayFirst, monthFirst] = [dayOf(readings.day_first), dayOf(readings.month_first)]
    if (dayFirst.isValid && monthFirst.isValid && dayFirst.toMillis() !== monthFirst.toMillis()) {
      return { problem: ambiguous(cell, dayFirst, monthFirst, known) }
    }
    const day = dayFirst.isValid ? dayFirst : monthFirst
    return withTime(day, time, atEdge, cell)
  }
  const day = dayOf(readings[known])
  const other = dayOf(readings[known === 'day_first' ? 'month_first' : 'day_first'])
  if (!day.isValid && other.isValid) {
    const part = known === 'day_first' ? 'day' : 'month'
    return {
      problem: `In this file the ${part} comes first, and so ${cell} is no date. If ${other.toISODate()} is meant, write that.`,
    }
  }
  return withTime(day, time, atEdge, cell)
}

/** Both `3/4/26` and `3/4/2026` are of this century. */
const fullYear = (year: string) => (year.length === 2 ? 2000 + Number(year) : Number(year))

function withTime(day: DateTime, time: string | undefined, atEdge: (day: DateTime) => DateTime, cell: string) {
  if (time === undefined) return found(atEdge(day), cell)
  for (const format of times) {
    const { isValid, hour, minute, second } = DateTime.fromFormat(time.trim(), format, { locale: 'en' })
    if (isValid) return found(day.set({ hour, minute, second }), cell)
  }
  return { problem: notADate(cell) }
}

function found(moment: DateTime, cell: string): { moment: string } | { problem: string } {
  const written = moment.toUTC()
  if (!written.isValid || written.year < 1 || written.year > 9999) return { problem: notADate(cell) }
  return { moment: written.toJSDate().toISOString() }
}

const notADate = (cell: string) =>
  `“${cell}” is no date that can be read. Write it like 2026-03-31 or 2026-03-31 18:00.`

function ambiguous(cell: string, dayFirst: DateTime, monthFirst: DateTime, order: DateOrder): string {
  const [one, other] = [dayFirst.toFormat('d LLLL yyyy'), monthFirst.toFormat('d LLLL yyyy')]
  return order === 'mixed'
    ? `${cell} may be ${one} or ${other}: some dates of this file begin with the day, others with the month, as where a spreadsheet has turned some of them round. Write ${dayFirst.toISODate()} or ${monthFirst.toISODate()}.`
    : `${cell} may be ${one} or ${other}, and no date of the file tells which. Choose what comes first under “Change columns”.`
}
