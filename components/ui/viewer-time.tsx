'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { dateTimeFormat } from './date-time-format'
import { keepPreference, timeZoneCookie } from './preference-cookie'

type ViewerTime = { timeZone: string; now: string }

const ViewerTimeContext = createContext<ViewerTime>({ timeZone: 'UTC', now: new Date(0).toISOString() })

/**
 * Gives times below it the viewer's zone. The first render uses what the server knew, so that both
 * write the same; then the browser's own zone and clock take over.
 */
export function ViewerTimeProvider({ timeZone, now, children }: ViewerTime & { children: ReactNode }) {
  const [value, setValue] = useState({ timeZone, now })
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone
    keepPreference(timeZoneCookie, actual)
    const update = () => setValue((before) => (isAsGood(before, actual) ? before : momentIn(actual)))
    update()
    const timer = setInterval(update, step)
    return () => clearInterval(timer)
  }, [])
  // The server's answer to a change brings its own moment: what ended by the change is over now.
  useEffect(() => setValue((before) => (now > before.now ? { ...before, now } : before)), [now])
  return <ViewerTimeContext value={value}>{children}</ViewerTimeContext>
}

const step = 60_000
const momentIn = (timeZone: string): ViewerTime => ({ timeZone, now: new Date().toISOString() })

/** Whether a time that pages go by still serves: every time on a page is written anew when it changes. */
function isAsGood({ timeZone, now }: ViewerTime, actual: string): boolean {
  const age = Date.now() - new Date(now).getTime()
  return timeZone === actual && age >= 0 && age < step / 2
}

/** A moment, relative to now; the exact time with its zone on hover and for screen readers. */
export function RelativeTime({ at }: { at: string }) {
  const { timeZone, now } = useContext(ViewerTimeContext)
  const exact = exactTime(at, timeZone)
  return (
    // Above the link that covers a row, for who can hover.
    <time dateTime={at} title={exact} className="whitespace-nowrap pointer-fine:relative">
      <span aria-hidden>{relative(at, now)}</span>
      <span className="sr-only">{exact}</span>
    </time>
  )
}

/** A moment as a date and time in the viewer's zone. */
export function ExactTime({ at }: { at: string }) {
  const { timeZone } = useContext(ViewerTimeContext)
  return (
    <time dateTime={at} title={exactTime(at, timeZone)} className="whitespace-nowrap">
      {dateAndTime(at, timeZone)}
    </time>
  )
}

/** A moment as a date in the viewer's zone, such as “Nov 24” or, of another year, “Nov 24, 2027”. */
export function DateOnly({ at }: { at: string }) {
  const { timeZone, now } = useContext(ViewerTimeContext)
  const { month, day, year } = parts(at, { month: 'short', day: 'numeric', year: 'numeric', timeZone })
  const isThisYear = year === parts(now, { year: 'numeric', timeZone }).year
  return (
    <time dateTime={at} title={exactTime(at, timeZone)} className="whitespace-nowrap">
      {`${month} ${day}${isThisYear ? '' : `, ${year}`}`}
    </time>
  )
}

/** A moment as a date and time in a zone that is not the viewer's, such as a site's. */
export function TimeInZone({ at, timeZone }: { at: string; timeZone: string }) {
  return (
    <time dateTime={at} title={exactTime(at, timeZone)} className="whitespace-nowrap">
      {dateAndTime(at, timeZone)}
    </time>
  )
}

/** The IANA name of the zone the viewer is in. */
export function useViewerTimeZone(): string {
  return useContext(ViewerTimeContext).timeZone
}

/** The moment the page reckons with; for what depends on whether a time has passed. */
export function useNow(): Date {
  return new Date(useContext(ViewerTimeContext).now)
}

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
const relativeFormat = new Intl.RelativeTimeFormat('en')

/** “3 months ago”, “in 2 hours”. The platform's own formatter: a date library would be a tenth of the page's code. */
function relative(at: string, now: string): string {
  const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000
  const [unit, length] = units.find(([, unitSeconds]) => Math.abs(seconds) >= unitSeconds) ?? []
  if (unit && length) return relativeFormat.format(Math.trunc(seconds / length), unit)
  return seconds > 0 ? 'in a moment' : 'just now'
}

/*
 * Put together from parts: the server's and the browser's versions of Unicode's locale data differ
 * in the spaces and commas between them, and both must write the same.
 */
function parts(at: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const found = dateTimeFormat(options).formatToParts(new Date(at))
  return Object.fromEntries(found.map(({ type, value }) => [type, value]))
}

/** “Nov 24, 2026, 9:05 AM”. */
function dateAndTime(at: string, timeZone: string): string {
  const { month, day, year, hour, minute, dayPeriod } = parts(at, {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  })
  return `${month} ${day}, ${year}, ${hour}:${minute} ${dayPeriod}`
}

/** “Tuesday, November 24, 2026 at 9:05:30 AM EST”. */
function exactTime(at: string, timeZone: string): string {
  const { weekday, month, day, year, hour, minute, second, dayPeriod, timeZoneName } = parts(at, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
  return `${weekday}, ${month} ${day}, ${year} at ${hour}:${minute}:${second} ${dayPeriod} ${timeZoneName}`
}

/** Gives the day of a moment in the viewer's zone, in words: “Today”, “Monday, November 23, 2026”. */
export function useDayOf(): (at: string) => string {
  const { timeZone, now } = useContext(ViewerTimeContext)
  const today = day(now, timeZone)
  const yesterday = day(new Date(new Date(now).getTime() - 86_400_000).toISOString(), timeZone)
  return (at) => {
    const written = day(at, timeZone)
    if (written === today) return 'Today'
    return written === yesterday ? 'Yesterday' : written
  }
}

/** “Monday, November 23, 2026”. */
function day(at: string, timeZone: string): string {
  const { weekday, month, day, year } = parts(at, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
    timeZone,
  })
  return `${weekday}, ${month} ${day}, ${year}`
}

/** The time of day of a moment in the viewer's zone: “9:05 AM”. */
export function TimeOfDay({ at }: { at: string }) {
  const { timeZone } = useContext(ViewerTimeContext)
  const { hour, minute, dayPeriod } = parts(at, { hour: 'numeric', minute: '2-digit', timeZone })
  return (
    <time dateTime={at} title={exactTime(at, timeZone)} className="whitespace-nowrap">
      {hour}:{minute} {dayPeriod}
    </time>
  )
}
