import { stringify } from 'csv-stringify/sync'
import { slicesOf, type Table } from '../tables/table'
import { csvCell } from './cell'

// Spreadsheets take a file for UTF-8 by its byte order mark.
const byteOrderMark = '\uFEFF'
// Whatever holds a delimiter of any program is quoted, because the reader may not expect commas.
const format = { record_delimiter: 'windows', quoted_match: /[;|\t]/ } as const

/** A table as a CSV file, part by part, as fast as they are taken. */
export async function* csvFile(table: Table): AsyncGenerator<string> {
  yield `${byteOrderMark}${linesOf([table.headers])}`
  for await (const rows of slicesOf(table)) yield linesOf(rows)
}

const linesOf = (rows: string[][]) =>
  stringify(
    rows.map((row) => row.map(csvCell)),
    format,
  )
