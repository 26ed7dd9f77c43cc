import { stringify } from 'csv-stringify/sync'
import { csvCell } from './cell'

// Spreadsheets take a file for UTF-8 by its byte order mark.
const byteOrderMark = '\uFEFF'
// Whatever holds a delimiter of any program is quoted, because the reader may not expect commas.
const format = { record_delimiter: 'windows', quoted_match: /[;|\t]/ } as const

/** A CSV file with a line of headers, part by part: as many rows at a time as its source gives. */
export async function* csvFile(headers: string[], batches: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield `${byteOrderMark}${stringify([headers.map(csvCell)], format)}`
  for await (const rows of batches) {
    yield stringify(
      rows.map((row) => row.map(csvCell)),
      format,
    )
  }
}
