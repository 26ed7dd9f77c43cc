import { type SQL, sql } from 'drizzle-orm'
import { type Database, database } from '../client'

/** A row by its database column names. */
export type Row = Record<string, unknown>

/** What the database says of a change: accepted, or the name of the rule it breaks (else the error's code). */
export type Verdict = { accepted: true } | { accepted: false; brokenRule: string; code: string; message: string }

class RolledBack extends Error {}

/** Tries raw statements, one after the other, as one transaction that is undone in any case. */
export async function attempt(...statements: SQL[]): Promise<Verdict> {
  const connection = await database()
  try {
    await connection.transaction(async (transaction) => {
      for (const statement of statements) await transaction.execute(statement)
      throw new RolledBack()
    })
    throw new Error('The transaction was not undone.')
  } catch (error) {
    return error instanceof RolledBack ? { accepted: true } : verdictOf(error)
  }
}

/** The database's own error inside what Drizzle wraps around it; anything else is thrown on. */
export function verdictOf(error: unknown): Verdict {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint, column, table, message } = cause as Error & Record<string, string | undefined>
    if (!code || !/^[0-9A-Z]{5}$/.test(code)) continue
    const brokenRule = constraint ?? (column ? `${table}.${column} not null` : code)
    return { accepted: false, brokenRule, code, message: message ?? '' }
  }
  throw error
}

/** An INSERT of one row, written without knowing the schema. */
export function insertInto(table: string, row: Row): SQL {
  const columns = Object.keys(row).map((name) => sql.identifier(name))
  const values = Object.values(row).map((value) => sql`${value}`)
  return sql`insert into ${sql.identifier(table)} (${sql.join(columns, sql`, `)}) values (${sql.join(values, sql`, `)})`
}

/** An UPDATE of the rows where the columns of `where` have those values. */
export function update(table: string, where: Row, changes: Row): SQL {
  return sql`update ${sql.identifier(table)} set ${assignments(changes, sql`, `)} where ${assignments(where, sql` and `)}`
}

/** A DELETE of the rows where the columns of `where` have those values. */
export function deleteFrom(table: string, where: Row): SQL {
  return sql`delete from ${sql.identifier(table)} where ${assignments(where, sql` and `)}`
}

/** Runs a statement and gives its rows, alike on both databases. */
export async function rowsOf<Result extends Row>(statement: SQL, connection?: Database): Promise<Result[]> {
  const result = (await (connection ?? (await database())).execute(statement)) as { rows: Result[] }
  return result.rows
}

function assignments(row: Row, separator: SQL): SQL {
  const parts = Object.entries(row).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`)
  return sql.join(parts, separator)
}
