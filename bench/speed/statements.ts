import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { database, isWithinTransaction, listenToQueries, type QueryListener } from '@/db/client'

export type Statement = { text: string; values: unknown[] }

/** Statements that were under way at once; those of a transaction follow each other on one connection. */
export type Step = { inTransaction: boolean; statements: Statement[] }

/** Texts that are to stand in place of others, in values and within them. */
export type Replacements = ReadonlyMap<string, string>

/** What is written down of the statements that are heard, in steps that grow with each. */
export type Recording = { steps: Step[]; hear: QueryListener }

/** Begins to write down statements, as the driver is given them. */
export function newRecording(): Recording {
  const steps: Step[] = []
  let isOpen = false
  const hear: QueryListener = (text, values) => {
    if (/^(begin|commit)\b/i.test(text)) {
      isOpen = false
      return
    }
    const inTransaction = isWithinTransaction()
    const current = steps.at(-1)
    // No answer can have come before the event loop has gone around: until then, all is sent at once.
    if (isOpen && current && current.inTransaction === inTransaction) current.statements.push({ text, values })
    else if (inTransaction && current?.inTransaction) current.statements.push({ text, values })
    else steps.push({ inTransaction, statements: [{ text, values }] })
    if (isOpen) return
    isOpen = true
    setImmediate(() => {
      isOpen = false
    })
  }
  return { steps, hear }
}

/** Runs something and writes down what it asks of the database. */
export async function recordStatements<Value>(run: () => Promise<Value>): Promise<{ value: Value; steps: Step[] }> {
  const { steps, hear } = newRecording()
  listenToQueries(hear)
  try {
    return { value: await run(), steps }
  } finally {
    listenToQueries(undefined)
  }
}

/** What answers statements without anything between: the driver. */
export type Driver = {
  query: (statement: Statement) => Promise<unknown>
  transaction: (statements: Statement[]) => Promise<void>
}

/** Sends the recorded steps again, by the driver alone. */
export async function replay(driver: Driver, steps: Step[], replacements: Replacements = new Map()): Promise<void> {
  for (const { inTransaction, statements } of steps) {
    const asked = replacements.size > 0 ? statements.map((statement) => replaced(statement, replacements)) : statements
    if (inTransaction) await driver.transaction(asked)
    else await Promise.all(asked.map((statement) => driver.query(statement)))
  }
}

function replaced({ text, values }: Statement, replacements: Replacements): Statement {
  return { text, values: values.map((value) => (typeof value === 'string' ? replaceAll(value, replacements) : value)) }
}

/** The text with every occurrence of the first of each pair replaced by its second. */
export function replaceAll(text: string, replacements: Replacements): string {
  let result = text
  for (const [from, to] of replacements) result = result.replaceAll(from, to)
  return result
}

/** The application's own connections, without Drizzle. */
export async function openDriver(): Promise<Driver> {
  const client = ((await database()) as unknown as { $client: pg.Pool | PGlite }).$client
  return 'totalCount' in client ? poolDriver(client) : embeddedDriver(client)
}

/** A pool of connections to PostgreSQL as a driver. */
export function poolDriver(pool: pg.Pool): Driver {
  return {
    query: (statement) => pool.query(statement),
    transaction: async (statements) => {
      const client = await pool.connect()
      try {
        await client.query('begin')
        for (const statement of statements) await client.query(statement)
        await client.query('commit')
      } finally {
        client.release()
      }
    },
  }
}

/** The embedded database as a driver. */
export function embeddedDriver(client: PGlite): Driver {
  return {
    query: ({ text, values }) => client.query(text, values),
    transaction: (statements) =>
      client.transaction(async (transaction) => {
        for (const { text, values } of statements) await transaction.query(text, values)
      }),
  }
}
