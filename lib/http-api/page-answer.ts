import type { Sliced } from '@/lib/platform/pagination/slice'
import type { PageAnswer } from './endpoint'

/** A slice of records as a page of the contract. */
export function toPageAnswer<Row, Item>(
  { rows, hasMore }: Sliced<Row>,
  toItem: (row: Row) => Item,
  idOf: (row: Row) => string,
): PageAnswer<Item> {
  const last = rows.at(-1)
  return { items: rows.map(toItem), lastId: hasMore && last ? idOf(last) : null }
}
