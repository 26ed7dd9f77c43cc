import { giveWay } from '@/db/give-way'

/** What a file of rows holds. The rows come batch by batch, as fast as they are taken. */
export type Table = { headers: string[]; batches: AsyncIterable<string[][]> }

/** How many cells are written in one go: a few milliseconds' work. */
const cellsAtOnce = 2000

/** A table's rows in slices that are quick to write. Others get their turn in between. */
export async function* slicesOf({ headers, batches }: Table): AsyncGenerator<string[][]> {
  const rowsAtOnce = Math.ceil(cellsAtOnce / headers.length)
  for await (const rows of batches) {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      await giveWay()
      yield rows.slice(at, at + rowsAtOnce)
    }
  }
}
