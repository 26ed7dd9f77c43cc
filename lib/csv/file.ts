import { stringify } from 'csv-stringify/sync'
import { giveWay } from '@/db/give-way'
import { csvCell } from './cell'

// Spreadsheets take a file for UTF-8 by its byte order mark.
const byteOrderMark = '\uFEFF'
// Whatever holds a delimiter of any program is quoted, because the reader may not expect commas.
const format = { record_delimiter: 'windows', quoted_match: /[;|\t]/ } as const

/** How many cells are written in one go: a few milliseconds' work. */
const cellsAtOnce = 2000

/** A CSV file with a line of headers, part by part, as fast as they are taken. Others get their turn in between. */
export async function* csvFile(headers: string[], batches: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield `${byteOrderMark}${stringify([headers.map(csvCell)], format)}`
  const rowsAtOnce = Math.ceil(cellsAtOnce / headers.length)
  for await (const rows of batches) {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      await giveWay()
      yield stringify(
        rows.slice(at, at + rowsAtOnce).map((row) => row.map(csvCell)),
        format,
      )
    }
  }
}
