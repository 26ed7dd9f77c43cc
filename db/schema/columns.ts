import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, jsonb } from 'drizzle-orm/pg-core'

/** A condition that holds a text column to a fixed list, for a check constraint. */
export function oneOf(column: AnyPgColumn, values: readonly string[]): SQL {
  const list = values.map((value) => `'${value}'`).join(', ')
  return sql`${column} in (${sql.raw(list)})`
}

/** What an access system reports about one of its records, in the contract's shape. */
export type ReportedError = { error_code: string; message: string; created_at: string }
export type ReportedWarning = { warning_code: string; message: string; created_at: string }

/** The `errors` and `warnings` columns that access systems, ACS users and credentials share. */
export const reportedIssues = {
  errors: jsonb('errors').$type<ReportedError[]>().notNull().default([]),
  warnings: jsonb('warnings').$type<ReportedWarning[]>().notNull().default([]),
}
