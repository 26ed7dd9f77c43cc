import { and, type Column, type SQL, sql } from 'drizzle-orm'
import { type Cursor, decodeCursor, encodeCursor } from './cursor'
import { isMoreThanCounted } from './total'

/** One page of a list, with how to reach its neighbours. */
export type Page<Item> = {
  items: Item[]
  /** How many rows the whole list has under the same search and filters; of one more than `mostCounted` only that there are more. */
  total: number
  /** The position of the page's first row, counted from 0. */
  offset: number
  nextCursor: string | null
  previousCursor: string | null
}

const pageSize = 50

/** How a list is sorted: by one column, and by id among equals. Both go the same way. */
export type KeysetOrder = {
  /** The first column, or null to sort by id alone (ids are time-ordered: that is by creation). */
  column: SQL | null
  id: Column
  descending: boolean
}

/** What a keyset query adds to its list: where to go on, in what order, and how many rows to read. */
export function keyset(order: KeysetOrder, cursorText: string | null | undefined) {
  const cursor = cursorText ? decodeCursor(cursorText) : null
  const backwards = cursor?.direction === 'before'
  const descending = order.descending !== backwards
  const comparison = sql.raw(descending ? '<' : '>')
  const direction = sql.raw(descending ? 'desc' : 'asc')
  let where: SQL | undefined
  if (cursor) {
    where = order.column
      ? sql`(${order.column}, ${order.id}) ${comparison} (${cursor.value}, ${cursor.id}::uuid)`
      : sql`${order.id} ${comparison} ${cursor.id}::uuid`
  }
  return {
    cursor,
    where: and(where),
    orderBy: [...(order.column ? [sql`${order.column} ${direction}`] : []), sql`${order.id} ${direction}`],
    // One row more than is shown tells whether there is another page.
    limit: pageSize + 1,
  }
}

/** Whether a cursor led to where no rows are left while there are others: then the list begins again. */
export function isGone(rows: unknown[], total: number, cursor: Cursor | null): boolean {
  return cursor !== null && rows.length === 0 && total > 0
}

/**
 * Makes a page of the rows that a `keyset` query returned.
 *
 * @param position of a row: its sort value and id.
 */
export function toPage<Row, Item>(
  rows: Row[],
  total: number,
  cursor: Cursor | null,
  position: (row: Row) => { value: string; id: string },
  toItem: (row: Row) => Item,
): Page<Item> {
  const backwards = cursor?.direction === 'before'
  const hasMore = rows.length > pageSize
  const shown = rows.slice(0, pageSize)
  if (backwards) shown.reverse()

  const farther = cursor?.offset ?? 0
  // Reading backwards to the very beginning says where we are, whatever was added meanwhile.
  const start = backwards ? (hasMore ? Math.max(0, farther - shown.length) : 0) : farther
  const offset = isMoreThanCounted(total) ? start : Math.min(start, Math.max(0, total - shown.length))

  const first = shown[0]
  const last = shown.at(-1)
  const hasNext = backwards ? true : hasMore
  const hasPrevious = backwards ? hasMore : cursor !== null
  return {
    items: shown.map(toItem),
    total,
    offset,
    nextCursor:
      last && hasNext ? encodeCursor({ ...position(last), direction: 'after', offset: offset + shown.length }) : null,
    previousCursor: first && hasPrevious ? encodeCursor({ ...position(first), direction: 'before', offset }) : null,
  }
}
