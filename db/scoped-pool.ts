import type pg from 'pg'
import { currentScope } from './scope'

/** Where the tables are looked for: first among the views of `serving-role.ts`, which say the same faster. */
export const servingPath = 'serving, public'

/**
 * Has every statement of a pool run in its caller's scope. A connection remembers what it was set to, so that only
 * a change costs a round trip; a transaction that begins takes it along with its `begin`.
 *
 * @param options `isPooled`: behind a pooler nothing is remembered, and what is set ends with the transaction.
 */
export function scopePool(pool: pg.Pool, { isPooled }: { isPooled: boolean }): void {
  pool.on('connect', (client) => scopeClient(client, isPooled))
  const query = async (...asked: Asked) => {
    const client = await pool.connect()
    try {
      const result = await (isPooled ? inOwnTransaction(client, asked) : send(client, asked))
      client.release()
      return result
    } catch (error) {
      client.release(error instanceof Error ? error : true)
      throw error
    }
  }
  pool.query = query as typeof pool.query
}

type Asked = [statement: unknown, ...rest: unknown[]]
type Send = (...asked: Asked) => Promise<{ command?: string }>

const send = (client: pg.ClientBase, asked: Asked) => (client.query as unknown as Send)(...asked)

async function inOwnTransaction(client: pg.ClientBase, asked: Asked) {
  await client.query('begin')
  const result = await send(client, asked)
  await client.query('commit')
  return result
}

function scopeClient(client: pg.ClientBase, isPooled: boolean): void {
  const query = client.query.bind(client) as unknown as Send
  /** What the connection is set to, as far as is known. */
  let known: string | undefined
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0

  const sendScoped = async (scope: string, asked: Asked) => {
    const [statement, ...rest] = asked
    const text = textOf(statement)
    if (/^begin\b/i.test(text)) {
      if (known === scope) return query(statement, ...rest)
      known = undefined
      const result = await query(`${text}; ${setting(scope, isPooled)}`)
      known = scope
      return result
    }
    if (/^commit\b/i.test(text)) {
      const before = known
      known = undefined
      const result = await query(statement, ...rest)
      // What failed in its middle is rolled back all the same, and with it what was set.
      if (!isPooled && result.command === 'COMMIT') known = before
      return result
    }
    if (/^rollback\b/i.test(text)) known = undefined
    else if (known !== scope && !/^(?:savepoint|release)\b/i.test(text)) {
      known = undefined
      await query(setting(scope, isPooled))
      known = scope
    }
    return query(statement, ...rest)
  }

  // One after another: two scopes on one connection must not come between each other.
  const inTurn: Send = (...asked) => {
    const scope = currentScope()
    const result = underWay === 0 ? sendScoped(scope, asked) : last.then(() => sendScoped(scope, asked))
    underWay++
    last = result.then(
      () => void underWay--,
      () => void underWay--,
    )
    return result
  }
  client.query = inTurn as unknown as typeof client.query
}

function setting(scope: string, isPooled: boolean): string {
  if (!/^[\w-]*$/.test(scope)) throw new Error('This is no scope of the database.')
  return isPooled
    ? `set local search_path = ${servingPath}; set local keyholder.scope = '${scope}'`
    : `set keyholder.scope = '${scope}'`
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  const text = (statement as { text?: unknown } | null)?.text
  return typeof text === 'string' ? text : ''
}
