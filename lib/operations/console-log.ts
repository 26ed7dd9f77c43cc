import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '../logger'
import { blameClient } from '../request-scope'
import { faultOfClient } from './client-fault'

const longestText = 200
/** Next reports an error right after it has printed it. */
const reportMilliseconds = 100

// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: WeakSet<Error> | undefined }
const key = Symbol.for('keyholder.logged-errors')
holder[key] ??= new WeakSet()
const logged = holder[key]

/** Says that the log has an error, so that it is not told a second time because a library printed it. */
export function markLogged(error: unknown): void {
  if (error instanceof Error) logged.add(error)
}

/** Has what libraries print as errors and warnings go to the log, as one line without personal data. */
export function logConsole(): void {
  console.error = (...parts) => void tell('error', parts)
  console.warn = (...parts) => void tell('warn', parts)
}

async function tell(level: 'error' | 'warn', parts: unknown[]): Promise<void> {
  const error = parts.find((part) => part instanceof Error)
  if (error) {
    // The answer's head is not sent yet: Next prints first.
    const status = faultOfClient(error)
    if (status !== undefined) blameClient(status)
    await sleep(reportMilliseconds, undefined, { ref: false })
    if (logged.has(error)) return
  }
  const text = parts.filter((part) => typeof part === 'string').join(' ')
  logger()[level]({ ...(error && { error }), text: text.slice(0, longestText) }, 'A library reports')
}
