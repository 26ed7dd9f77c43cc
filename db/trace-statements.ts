import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { databaseConfiguration } from './configuration'

const longestStatement = 2000

type PreparedQuery = { execute: (this: { queryString: string }, ...given: never[]) => Promise<unknown> }

/**
 * Gives each statement that is sent from now on a span, if it belongs to a request that has one. The statement
 * stands there as it is prepared, with `$1` and so on: what is put in their places may tell of people. Drizzle
 * has no place for this, so it is put around the one method of its drivers that all statements go through.
 */
export async function traceStatements(): Promise<void> {
  const query = databaseConfiguration().url
    ? (await import('drizzle-orm/node-postgres')).NodePgPreparedQuery
    : (await import('drizzle-orm/pglite')).PglitePreparedQuery
  const prototype = query.prototype as unknown as PreparedQuery
  const { execute } = prototype
  prototype.execute = function (...given) {
    if (!trace.getActiveSpan()) return execute.apply(this, given)
    const operation = /^\s*(\w+)/.exec(this.queryString)?.[1]?.toLowerCase() ?? 'statement'
    const attributes = {
      ...{ 'db.system.name': 'postgresql', 'db.operation.name': operation },
      'db.query.text': this.queryString.slice(0, longestStatement),
    }
    return trace
      .getTracer('keyholder')
      .startActiveSpan(operation, { kind: SpanKind.CLIENT, attributes }, async (span) => {
        try {
          return await execute.apply(this, given)
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      })
  }
}
