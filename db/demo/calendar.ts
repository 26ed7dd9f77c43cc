import type { Random } from './random'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The moments at which things happen in the demo, all told from its own "now". */
export type Calendar = {
  now: Date
  daysFromNow: (days: number) => Date
  hoursFromNow: (hours: number) => Date
  /** A moment of that day at which an office is open; never after now. */
  workingMoment: (daysAgo: number) => Date
  /** A moment up to so many days after another; never after now. */
  soonAfter: (moment: Date, withinDays: number) => Date
  /** Midnight in the buildings' zone (five hours west of Greenwich) so many days from now. */
  midnight: (daysFromNow: number) => Date
}

/**
 * Makes the demo's calendar. Its now is the full hour before `today`: filling the workspace twice in
 * an hour gives the same rows, and nothing in the past lies ahead of the reader's clock.
 *
 * Each moment takes the same number of draws whatever the hour, so that one that comes out otherwise does
 * not change any other.
 */
export function createCalendar(today: Date, random: Random): Calendar {
  const now = new Date(Math.floor(today.getTime() / hour) * hour)
  const startOfDay = Math.floor(now.getTime() / day) * day
  return {
    now,
    daysFromNow: (days) => new Date(now.getTime() + days * day),
    hoursFromNow: (hours) => new Date(now.getTime() + hours * hour),
    midnight: (daysFromNow) => new Date(startOfDay + daysFromNow * day + 5 * hour),
    workingMoment: (daysAgo) => {
      const moment = startOfDay - daysAgo * day + random.integer(13 * hour, 22 * hour)
      const shortlyBeforeNow = now.getTime() - random.integer(2 * minute, 20 * hour)
      return new Date(moment < now.getTime() ? moment : shortlyBeforeNow)
    },
    soonAfter: (moment, withinDays) => {
      const room = now.getTime() - moment.getTime()
      const delay = random.integer(20_000, Math.max(40_000, Math.round(withinDays * day)))
      const withinRoom = 1 + Math.floor((random.integer(0, 999) / 1000) * Math.max(0, room - 2))
      return new Date(moment.getTime() + (delay < room ? delay : withinRoom))
    },
  }
}
