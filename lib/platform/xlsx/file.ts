import { writeXlsxStream } from 'hucre/xlsx'
import { slicesOf, type Table } from '../tables/table'

/** Excel calls a file damaged whose cells hold more characters. */
const longestCell = 32_767
const cutOff = ' … (cut off: an Excel cell holds no more)'
const kept = longestCell - cutOff.length
// A cell of this format stays text when somebody edits it.
const textFormat = '@'
// What XML can't hold, or Excel would read as the code of another character.
const noCharacter = /[\uFFFE\uFFFF]/g
const looksLikeCode = /_(?=x[0-9a-f]{4}_)/gi

/**
 * A table as an Excel workbook, part by part, as fast as they are taken. Every cell is text, so a spreadsheet computes
 * none. Rows beyond the 1,048,576 that Excel shows go on in a second sheet.
 */
export async function* xlsxFile(table: Table): AsyncGenerator<Uint8Array> {
  const columns = table.headers.map((header) => ({ header: cellOf(header), width: 20, numFmt: textFormat }))
  yield* writeXlsxStream(rowsOf(table), { name: 'Export', columns, freezePane: { rows: 1 } })
}

async function* rowsOf(table: Table): AsyncGenerator<string[]> {
  for await (const rows of slicesOf(table)) yield* rows.map((row) => row.map(cellOf))
}

function cellOf(text: string): string {
  const fitting = text.length > longestCell ? `${withoutHalfCharacter(text.slice(0, kept))}${cutOff}` : text
  return fitting.replace(noCharacter, '\uFFFD').replace(looksLikeCode, '_x005F_')
}

const withoutHalfCharacter = (text: string) => text.replace(/[\uD800-\uDBFF]$/, '')
