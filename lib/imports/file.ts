import { CsvError, type Parser, parse } from 'csv-parse'
import { giveWay } from '@/db/give-way'
import { invalidInput } from '@/lib/platform/refusals'
import { columnName } from './column-name'
import { decodeFile, type Encoding } from './encoding'
import { mostCells, mostColumns, mostRows } from './import'

const delimiters = [',', ';', '\t'] as const

/** A file as it comes in, piece by piece. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** A file whose beginning has been read. */
export type FileBeingRead = {
  delimiter: string
  headers: string[]
  /** What it is written in, as far as that is known by now. */
  encoding: () => Encoding
  batches: AsyncGenerator<FileRow[]>
}

const longestCell = 1000

/** The most bytes of a row that are kept, so that so many rows are never more than can be handled at once. */
const longestRow = 16 * 1024

/** How much may be read without the end of a row. */
const longestRecord = 256 * 1024

/** The most rows there can be in a spreadsheet, blank ones included. */
const mostRecords = 1_048_576

/** How many letters are parsed in one go: a few milliseconds' work. */
const parsedAtOnce = 16 * 1024

const batchLimits = { rows: 250, bytes: 128 * 1024 }

/** Which of comma, semicolon and tab separates the cells of a header: the one that occurs most outside of quotes. */
function detectDelimiter(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length
  return [...delimiters].sort((one, other) => count(other) - count(one))[0] ?? ','
}

/** How many rows and cells a file can have, without its header. */
type Limits = { rows: number; cells: number }

const defaultLimits: Limits = { rows: mostRows, cells: mostCells }

/** A row of a file with its number, as a spreadsheet counts. */
type FileRow = { rowNumber: number; cells: string[] }

/**
 * Reads a file as it comes in: its header, and then its rows in batches, as fast as they are taken. Little of it is
 * held at a time, and others get their turn in between. Rows with nothing in them are passed over.
 *
 * @throws Refusal `invalid_input` for what is no such file, as soon as that is seen; also while the rows are read.
 */
export async function readFile(chunks: Chunks, most: Limits = defaultLimits): Promise<FileBeingRead> {
  let encoding: Encoding = 'UTF-8'
  const texts = decodeFile(refuseSpreadsheets(chunks), (found) => {
    encoding = found
  })
  const { value: start = '' } = await texts.next()
  if (start === '') throw notReadable('The file is empty.')
  // Some spreadsheets name the delimiter in a line before the header.
  const named = /^sep=(.)\r?\n/i.exec(start)
  const [firstLine = ''] = start.slice(named?.[0].length ?? 0, longestRecord).split(/\r\n|\r|\n/, 1)
  const delimiter = named?.[1] ?? detectDelimiter(firstLine)
  const records = recordsOf(startingWith(start, texts), delimiter, named ? 1 : 0)
  const header = await records.next()
  const headers = header.done ? [] : header.value.cells.map((cell) => cell.trim())
  if (headers.every((name) => name === '')) {
    throw notReadable('The first row must name the columns, such as email_address or “Full name”.')
  }
  return { delimiter, headers, encoding: () => encoding, batches: inBatches(records, most) }
}

async function* refuseSpreadsheets(chunks: Chunks): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && chunk[0] === 0x50 && chunk[1] === 0x4b) {
      throw notReadable(
        'This is a spreadsheet file, not a CSV file. Save it as CSV UTF-8 in your spreadsheet, then choose that file.',
      )
    }
    isFirst = false
    yield chunk
  }
}

async function* startingWith(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}

async function* recordsOf(
  texts: AsyncIterable<string>,
  delimiter: string,
  linesBefore: number,
): AsyncGenerator<FileRow> {
  let rowNumber = -linesBefore
  try {
    for await (const { record, isCutOff } of parseRecords(texts, delimiter)) {
      rowNumber++
      if (rowNumber < 1) continue
      if (rowNumber > mostRecords) throw tooManyRows(mostRecords)
      if (record.length > mostColumns) {
        throw notReadable(
          `Row ${rowNumber} has a cell in column ${columnName(mostColumns)}, but at most ${mostColumns} columns can be read. Remove the columns that are not needed, then choose the file again.`,
        )
      }
      if (isCutOff) throw tooLong(rowNumber)
      // What cannot be stored is shown as what it is: a character that was lost.
      const cells = record.map((cell) => cell.slice(0, longestCell).replaceAll('\u0000', '\uFFFD'))
      if (rowNumber > 1 && cells.every((cell) => cell.trim() === '')) continue
      yield { rowNumber, cells }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw notReadable(
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? `A quotation mark in row ${rowNumber + 1} is not closed. Close it, then choose the file again.`
        : `Row ${rowNumber + 1} cannot be read as CSV. Save the file again as CSV UTF-8, then choose it again.`,
    )
  }
}

/** @throws CsvError */
async function* parseRecords(
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<{ record: string[]; isCutOff: boolean }> {
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false })
  parser.on('error', () => undefined)
  let unfinished = 0
  for await (const text of inPieces(texts)) {
    parser.write(text)
    unfinished += text.length
    for (const record of takeRecords(parser)) {
      unfinished = 0
      yield { record, isCutOff: false }
    }
    if (parser.errored || unfinished > longestRecord) break
    await giveWay()
  }
  // At its end, the parser tells what is wrong with a row that has none.
  parser.end()
  for await (const record of parser as AsyncIterable<string[]>) {
    yield { record, isCutOff: unfinished > longestRecord }
  }
}

async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) {
    for (let at = 0; at < text.length; at += parsedAtOnce) yield text.slice(at, at + parsedAtOnce)
  }
}

function* takeRecords(parser: Parser): Generator<string[]> {
  for (let record = parser.read(); record !== null; record = parser.read()) yield record
}

async function* inBatches(records: AsyncGenerator<FileRow>, most: Limits): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let [bytes, rowCount, cellCount] = [0, 0, 0]
  for await (const record of records) {
    const size = Buffer.byteLength(record.cells.join(''))
    if (size > longestRow) throw tooLong(record.rowNumber)
    if (++rowCount > most.rows) throw tooManyRows(most.rows)
    cellCount += record.cells.length
    if (cellCount > most.cells) {
      throw notReadable(
        `The file has more than ${most.cells.toLocaleString('en')} cells by row ${record.rowNumber}. Remove the columns that are not needed, or split the file.`,
      )
    }
    batch.push(record)
    bytes += size
    if (batch.length < batchLimits.rows && bytes < batchLimits.bytes) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

const notReadable = (message: string) => invalidInput(message, 'file')

const tooManyRows = (most: number) =>
  notReadable(
    `The file has more than ${most.toLocaleString('en')} rows. Split it, and import the parts one after another.`,
  )

const tooLong = (rowNumber: number) =>
  notReadable(
    `Row ${rowNumber} is longer than ${longestRow / 1024} KB. Shorten its cells, and look for a quotation mark in the wrong place.`,
  )
