import { type Column, type SQL, sql } from 'drizzle-orm'

/**
 * Whether a value is one of many, which travel as one parameter: `inArray` makes a parameter of each, of
 * which PostgreSQL takes 65,535 at most.
 */
export function isOneOf(value: Column | SQL, values: string[], type: 'text' | 'uuid' = 'text'): SQL {
  return sql`${value} = any(${sql.param(values)}::${sql.raw(type)}[])`
}
