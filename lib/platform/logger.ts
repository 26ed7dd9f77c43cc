import { DrizzleQueryError } from 'drizzle-orm'
import pino, { type Logger } from 'pino'
import { databaseError } from './database-error'
import { currentRequestId } from './request-scope'

/**
 * What is known of an error without what somebody typed: messages of the database repeat its
 * parameters, those of parsers what they read.
 */
function withoutPersonalData(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const inDatabase = databaseError(error)
  const isSafe = !inDatabase && !(error instanceof DrizzleQueryError) && !(error instanceof SyntaxError)
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...(isSafe && { message: error.message }),
    ...inDatabase,
    at: stack?.slice(0, 12).map((line) => line.trim()),
  }
}

// Next's bundle and the server entry each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: Logger | undefined }
const key = Symbol.for('keyholder.logger')

/** The process's log: one JSON object a line on standard output, without personal data or secrets. */
export function logger(): Logger {
  holder[key] ??= pino({
    level: process.env.LOG_LEVEL || 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: withoutPersonalData },
    mixin: () => {
      const requestId = currentRequestId()
      return requestId === undefined ? {} : { request_id: requestId }
    },
  })
  return holder[key]
}
