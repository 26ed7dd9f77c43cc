import type pg from 'pg'

/** Statements that differ by so much more than their values are not worth keeping on each connection. */
const mostNames = 300
const longestText = 4000

const names = new Map<string, string>()

/**
 * Has a connection keep how plain writes are carried out: parsing and planning one anew each time takes
 * PostgreSQL about as long as the write. Only for connections of its own: behind a pooler, the next statement
 * may go to another, which knows no names.
 */
export function nameWrites(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (statement: unknown, ...rest: unknown[]) => unknown
  client.query = ((statement: unknown, ...rest: unknown[]) =>
    query(isUnnamed(statement) ? withName(statement) : statement, ...rest)) as typeof client.query
}

/**
 * Whether a statement writes or locks rows by their keys alone, so that one way of carrying it out is right
 * for all values. What joins, searches or takes lists is planned for the values that it has.
 */
export function isPlainWrite(text: string): boolean {
  if (text.length > longestText) return false
  if (/\b(?:any|all|in|exists|like|ilike|with|union|lateral)\b|\(select |;/.test(text)) return false
  // What is read beside a row that is held is found by that row's keys.
  if (/^select .* for update of "\w+"$/.test(text)) return true
  const writes = /^(?:insert into|update|delete from) /.test(text) || /^select .* for update$/.test(text)
  return writes && !/\bjoin\b/.test(text)
}

type Unnamed = { text: string }

/** What the driver sends by itself, such as a cursor, has a `submit` of its own. */
function isUnnamed(statement: unknown): statement is Unnamed {
  if (typeof statement !== 'object' || statement === null || !('text' in statement) || 'submit' in statement)
    return false
  return !('name' in statement && statement.name)
}

function withName(statement: Unnamed) {
  const name = nameOf(statement.text)
  return name === undefined ? statement : { ...statement, name }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames || !isPlainWrite(text)) return known
  const name = `write_${names.size}`
  names.set(text, name)
  return name
}
