import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '../logger'
import { blameClient } from '../request-scope'
import { faultOfClient } from './client-fault'
import { isLogged } from './logged-errors'

const longestText = 200
/** Next reports an error right after it has printed it. */
const reportMilliseconds = 100

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
    if (isLogged(error)) return
  }
  const text = parts.filter((part) => typeof part === 'string').join(' ')
  logger()[level]({ ...(error && { error }), text: text.slice(0, longestText) }, 'A library reports')
}
