import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { invalidInput } from '../errors'
import { mostRows } from './import'

const delimiters = [',', ';', '\t'] as const

/** What a file of people is written in. */
export type FileFormat = { encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252'; delimiter: string }

const mostColumns = 100
const longestCell = 1000

/**
 * Tells what a file is written in: by its byte order mark; else UTF-16 by the zeros that Latin letters
 * have in it, UTF-8 if it is valid as that, and Windows-1252, which everything could be.
 */
function detectEncoding(bytes: Buffer): FileFormat['encoding'] {
  const begins = (...mark: number[]) => mark.every((byte, index) => bytes[index] === byte)
  if (begins(0xef, 0xbb, 0xbf)) return 'UTF-8'
  if (begins(0xff, 0xfe)) return 'UTF-16LE'
  if (begins(0xfe, 0xff)) return 'UTF-16BE'
  const sample = bytes.subarray(0, 1000)
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [atEven = 0, atOdd = 0] = zeros
  if (atOdd > sample.length / 4) return 'UTF-16LE'
  if (atEven > sample.length / 4) return 'UTF-16BE'
  return isUtf8(bytes) ? 'UTF-8' : 'Windows-1252'
}

/** Which of comma, semicolon and tab separates the cells of a header: the one that occurs most outside of quotes. */
function detectDelimiter(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length
  return [...delimiters].sort((one, other) => count(other) - count(one))[0] ?? ','
}

/** A row of a file with its number, as a spreadsheet counts. */
export type FileRow = { rowNumber: number; cells: string[] }

/**
 * Reads a file of people: what it is written in, its header, and then its rows in batches, as fast as
 * they are taken. Rows with nothing in them are passed over.
 *
 * @throws Refusal `invalid_input` for what is no such file; also while the rows are read.
 */
export async function readFile(
  bytes: Buffer,
  batchSize: number,
): Promise<FileFormat & { headers: string[]; batches: AsyncGenerator<FileRow[]> }> {
  if (bytes.length === 0) throw notReadable('The file is empty.')
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    throw notReadable(
      'This is a spreadsheet file, not a CSV file. Save it as CSV UTF-8 in your spreadsheet, then choose that file.',
    )
  }
  const encoding = detectEncoding(bytes)
  const start = iconv.decode(bytes.subarray(0, 64 * 1024), encoding)
  // Some spreadsheets name the delimiter in a line before the header.
  const named = /^sep=(.)\r?\n/i.exec(start)
  const [firstLine = ''] = start.slice(named?.[0].length ?? 0).split(/\r\n|\r|\n/, 1)
  const delimiter = named?.[1] ?? detectDelimiter(firstLine)
  const records = recordsOf(bytes, encoding, delimiter, named ? 1 : 0)
  const header = await records.next()
  const headers = header.done ? [] : header.value.cells.map((cell) => cell.trim())
  if (headers.every((name) => name === '')) {
    throw notReadable('The first row must name the columns, such as email_address or “Full name”.')
  }
  if (headers.length > mostColumns) {
    throw notReadable(`The file has ${headers.length} columns; at most ${mostColumns} can be read.`)
  }
  return { encoding, delimiter, headers, batches: inBatches(records, batchSize) }
}

async function* recordsOf(
  bytes: Buffer,
  encoding: FileFormat['encoding'],
  delimiter: string,
  linesBefore: number,
): AsyncGenerator<FileRow> {
  const decoder = iconv.decodeStream(encoding)
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: 256 * 1024,
  })
  decoder.on('error', (error) => parser.destroy(error))
  Readable.from(chunksOf(bytes)).pipe(decoder).pipe(parser)
  let rowNumber = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      rowNumber++
      if (rowNumber <= linesBefore) continue
      // What cannot be stored is shown as what it is: a character that was lost.
      const cells = record.map((cell) => cell.replaceAll('\u0000', '\uFFFD').slice(0, longestCell))
      if (rowNumber - linesBefore > 1 && cells.every((cell) => cell.trim() === '')) continue
      yield { rowNumber: rowNumber - linesBefore, cells }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // What was read before may not have been taken yet.
    const row = Number(error.records ?? rowNumber) + 1 - linesBefore
    throw notReadable(
      error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
        ? `A quotation mark in row ${row} is not closed. Close it, then choose the file again.`
        : `Row ${row} cannot be read as CSV. Save the file again as CSV UTF-8, then choose it again.`,
    )
  }
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 64 * 1024
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* inBatches(records: AsyncGenerator<FileRow>, batchSize: number): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let count = 0
  for await (const record of records) {
    if (++count > mostRows) {
      throw notReadable(
        `The file has more than ${mostRows.toLocaleString('en')} rows. Split it, and import the parts one after another.`,
      )
    }
    batch.push(record)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const notReadable = (message: string) => invalidInput(message, 'file')
