import { isUuid } from '@/lib/platform/input'
import { type EventKind, readEventKind } from './kinds'

/** What the address of the workspace's events asks for. */
export type EventListParameters = {
  kind: EventKind | null
  /** A user identity, whether it is still there or not. */
  person: string | null
  /** An access system, whether it is still there or not. */
  system: string | null
  /** The name of who did it. */
  actor: string | null
  /** Days as in a calendar, both included: `2026-11-24`. */
  from: string | null
  to: string | null
}

const day = /^\d{4}-\d{2}-\d{2}$/
const longestActor = 200

function readDay(given: string | null): string | null {
  return given !== null && day.test(given) && !Number.isNaN(Date.parse(given)) ? given : null
}

function readId(given: string | null): string | null {
  return given !== null && isUuid(given) ? given.toLowerCase() : null
}

/** Reads an address; what makes no sense is left out. */
export function readEventListParameters(address: URLSearchParams): EventListParameters {
  return {
    kind: readEventKind(address.get('kind')),
    person: readId(address.get('person')),
    system: readId(address.get('system')),
    actor: address.get('actor')?.replaceAll('\0', '').trim().slice(0, longestActor) || null,
    from: readDay(address.get('from')),
    to: readDay(address.get('to')),
  }
}

/** The address of a view, without what is as usual. */
export function writeEventListParameters(parameters: EventListParameters): URLSearchParams {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null)
  return new URLSearchParams(given)
}

/** The moment at which a day begins in a time zone. */
export function startOfDay(date: string, timeZone: string): Date {
  const utc = Date.parse(`${date}T00:00:00Z`)
  // Twice, for where the clocks change between the first guess and the day's beginning.
  const first = utc - offsetAt(utc, timeZone)
  return new Date(utc - offsetAt(first, timeZone))
}

/** How far a time zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(moment))
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(moment / 1000) * 1000
}

/** What an address asks for, as a filter; its days are those of a time zone. */
export function toEventFilter(parameters: EventListParameters, timeZone: string) {
  const { kind, person, system, actor, from, to } = parameters
  return {
    kind,
    userIdentityId: person,
    acsSystemId: system,
    actorName: actor,
    since: from === null ? null : startOfDay(from, timeZone),
    before: to === null ? null : startOfDay(nextDay(to), timeZone),
  }
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
