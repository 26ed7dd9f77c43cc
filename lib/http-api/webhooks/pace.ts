import type { webhooks } from '@/db/schema/webhooks'
import { type DeliveryOutcome, isDelivered } from './deliver'
import type { WebhookStanding } from './webhook'

/** How a receiver has answered lately, and how carefully we send to it. */
export type Pace = Pick<
  typeof webhooks.$inferSelect,
  'caution' | 'restsUntil' | 'slowSince' | 'failingSince' | 'failures' | 'trouble' | 'switchedOffAt'
>

const second = 1000
const hour = 60 * 60 * second

/** How many deliveries a quick receiver gets at once. Each step of caution halves it. */
export const mostAtOnce = 4
/** The caution at which one delivery goes at a time. New webhooks start here; higher caution adds pauses. */
const oneAtATime = 2
const mostCaution = 10

const slowAfterMilliseconds = 5 * second
const firstRest = 5 * second
const longestRest = 600 * second
/** Quick failures take up no place, so the first pause comes late. */
const failuresBeforeRest = 20

/** After how many hours of failures alone a webhook is switched off. */
export const hoursUntilSwitchedOff = 24
/** A server that was stopped for a day has not seen a receiver fail for a day. */
const failuresUntilSwitchedOff = 5

/** The pace of a new webhook, or one that was just switched on: one delivery at a time until one succeeds. */
export const freshPace: Pace = {
  caution: oneAtATime,
  restsUntil: null,
  slowSince: null,
  failingSince: null,
  failures: 0,
  trouble: null,
  switchedOffAt: null,
}

/** Works out the pace after one more attempt. */
export function paceAfter(pace: Pace, outcome: DeliveryOutcome, now: Date): Pace {
  const isSlow = outcome.durationMilliseconds >= slowAfterMilliseconds
  return isDelivered(outcome) ? afterSuccess(pace, outcome, isSlow, now) : afterFailure(pace, outcome, isSlow, now)
}

function afterSuccess(pace: Pace, outcome: DeliveryOutcome, isSlow: boolean, now: Date): Pace {
  const known = Math.min(pace.caution, oneAtATime)
  const caution = isSlow ? Math.min(known + 1, oneAtATime) : Math.max(known - 1, 0)
  const slowSince = slowSinceAfter(pace, isSlow, caution, now)
  const seconds = Math.round(outcome.durationMilliseconds / second)
  const trouble = isSlow ? `An answer took ${seconds} s` : slowSince && pace.trouble
  return { ...pace, caution, slowSince, trouble, restsUntil: null, failingSince: null, failures: 0 }
}

function afterFailure(pace: Pace, outcome: DeliveryOutcome, isSlow: boolean, now: Date): Pace {
  const caution = isSlow ? Math.min(pace.caution + 1, mostCaution) : pace.caution
  const failures = pace.failures + 1
  const failingSince = pace.failingSince ?? now
  const isOver =
    failures >= failuresUntilSwitchedOff && now.getTime() - failingSince.getTime() >= hoursUntilSwitchedOff * hour
  return {
    caution,
    failures,
    failingSince,
    slowSince: slowSinceAfter(pace, isSlow, caution, now),
    restsUntil: laterOf(pace.restsUntil, restAfter(isSlow ? caution - oneAtATime : 0, failures, now)),
    trouble: outcome.error ?? `HTTP ${outcome.responseStatus}`,
    switchedOffAt: pace.switchedOffAt ?? (isOver ? now : null),
  }
}

/** A receiver is slow once it gets one delivery at a time, until it gets the most again. */
function slowSinceAfter({ slowSince }: Pace, isSlow: boolean, caution: number, now: Date): Date | null {
  if (caution === 0) return null
  return slowSince ?? (isSlow && caution >= oneAtATime ? now : null)
}

/** Ends the pause after a failure. It doubles with each time-out, and with each quick failure after many in a row. */
function restAfter(timeouts: number, failures: number, now: Date): Date | null {
  const rests = Math.max(timeouts, failures - failuresBeforeRest + 1)
  if (rests <= 0) return null
  return new Date(now.getTime() + Math.min(firstRest * 2 ** (rests - 1), longestRest))
}

function laterOf(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one > other ? one : other) : (one ?? other)
}

/** Sums up a pace for pages. */
export function standingOf({ switchedOffAt, slowSince, failingSince, failures, trouble }: Pace): WebhookStanding {
  const standing = (state: 'slow' | 'failing' | 'switched_off', since: Date) =>
    ({ state, since: since.toISOString(), trouble }) as const
  if (switchedOffAt) return standing('switched_off', switchedOffAt)
  if (slowSince) return standing('slow', slowSince)
  return failingSince && failures >= failuresBeforeRest ? standing('failing', failingSince) : { state: 'on' }
}
