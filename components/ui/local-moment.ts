/*
 * Moments as a date-and-time field has them: in the browser's own zone, to the minute. Code here runs
 * in the browser alone: the server is in another zone.
 */

const twoDigits = (number: number) => String(number).padStart(2, '0')

/** What a date-and-time field shows for a moment in ISO 8601; blank for none. */
export function toLocal(moment: string | Date | null): string {
  if (moment === null) return ''
  const date = new Date(moment)
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
  return `${day}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

/**
 * The moment that a date-and-time field says, in ISO 8601, UTC; null for none.
 *
 * @param original the moment the field began with: left as it is, it keeps its seconds.
 */
export function fromLocal(local: string, original: string | null = null): string | null {
  if (original !== null && local === toLocal(original)) return original
  const date = new Date(local)
  return local === '' || Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** The last minute of the month that a moment is in. */
export function endOfMonth(moment: Date): Date {
  return new Date(moment.getFullYear(), moment.getMonth() + 1, 0, 23, 59)
}

/** So many days later, at the same time of day. */
export function daysLater(moment: Date, days: number): Date {
  const later = new Date(moment)
  later.setDate(later.getDate() + days)
  return later
}

/** One month later, at the same time of day; on the month's last day where it is shorter. */
export function monthLater(moment: Date): Date {
  const lastDay = new Date(moment.getFullYear(), moment.getMonth() + 2, 0).getDate()
  const later = new Date(moment)
  later.setMonth(moment.getMonth() + 1, Math.min(moment.getDate(), lastDay))
  return later
}
