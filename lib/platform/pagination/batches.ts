import type { SQL } from 'drizzle-orm'
import { encodeCursor } from './cursor'
import { type KeysetOrder, keyset } from './page'

const batchSize = 250

/**
 * A whole list in its order, a batch at a time, each beginning after the last row of the one before: so
 * neither the list nor a transaction is held while somebody slowly takes what is read.
 *
 * @param read gives the rows that meet a condition, in an order, as many as are asked for.
 * @param position of a row: its sort value and id.
 */
export async function* readInBatches<Row>(
  order: KeysetOrder,
  read: (where: SQL | undefined, orderBy: SQL[], limit: number) => Promise<Row[]>,
  position: (row: Row) => { value: string; id: string },
): AsyncGenerator<Row[]> {
  let cursor: string | null = null
  do {
    const { where, orderBy } = keyset(order, cursor)
    const rows = await read(where, orderBy, batchSize)
    if (rows.length > 0) yield rows
    const last = rows.length === batchSize ? rows.at(-1) : undefined
    cursor = last ? encodeCursor({ ...position(last), direction: 'after', offset: 0 }) : null
  } while (cursor)
}
