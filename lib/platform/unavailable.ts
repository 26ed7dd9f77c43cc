import { databaseError } from './database-error'
import { Refusal } from './refusals'

/** How long who could not be served is told to wait, in seconds: a database restarts in about that time. */
export const retryAfterSeconds = 2

// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exception, insufficient
// resources (disk full, too many connections), and being shut down, crashed or started.
const unavailableStates = /^(08...|53...|57P0[1-3]|58030)$/
// What Node's sockets say of a server that is not there.
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
// node-postgres and its pool have no codes for these.
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed))/

/** Whether a statement failed because the database cannot be used at present, and not because of what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = databaseError(error)?.code
  // EPIPE has the form of a state.
  if (state && unavailableStates.test(state)) return true
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (unreachableCodes.has((cause as NodeJS.ErrnoException).code ?? '')) return true
    if (lostConnection.test(cause.message)) return true
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseUnavailable)) return true
  }
  return false
}

/**
 * The refusal that an error stands for: itself, `service_unavailable` while the database cannot be used,
 * or undefined for what nobody foresaw.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (!isDatabaseUnavailable(error)) return undefined
  return new Refusal({
    kind: 'unavailable',
    type: 'service_unavailable',
    message:
      'The database cannot be reached at the moment. Try again in a few seconds. What you changed last may have been saved all the same: look before you repeat it, or repeat it with the same Idempotency-Key.',
  })
}
