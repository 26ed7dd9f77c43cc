import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { Refusal } from '@/lib/platform/refusals'
import { readFile } from './file'

/** Reads a file that comes in chunks of so many bytes. */
async function read(bytes: Buffer, chunkSize = 64 * 1024) {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  )
  const { batches, encoding, ...format } = await readFile(chunks)
  const rows: { rowNumber: number; cells: string[] }[] = []
  for await (const batch of batches) rows.push(...batch)
  return { ...format, encoding: encoding(), rows }
}

const refusal = async (bytes: Buffer) => {
  const error = await read(bytes).catch((thrown) => thrown)
  if (!(error instanceof Refusal)) throw error
  return error.message
}

const text = 'Name;Ort\r\n"Müller; Jürgen";"Köln – „Süd“"\r\nZoë €;Łódź\r\n'

test.each([
  ['UTF-8', 'UTF-8', false],
  ['UTF-8', 'UTF-8', true],
  ['UTF-16LE', 'UTF-16LE', false],
  ['UTF-16LE', 'UTF-16LE', true],
  ['UTF-16BE', 'UTF-16BE', false],
  ['UTF-16BE', 'UTF-16BE', true],
] as const)('%s is read as it was written', async (written, encoding, addBOM) => {
  expect(await read(iconv.encode(text, written, { addBOM }))).toEqual({
    encoding,
    delimiter: ';',
    headers: ['Name', 'Ort'],
    rows: [
      { rowNumber: 2, cells: ['Müller; Jürgen', 'Köln – „Süd“'] },
      { rowNumber: 3, cells: ['Zoë €', 'Łódź'] },
    ],
  })
})

test('Windows-1252 is read as it was written', async () => {
  const { encoding, rows } = await read(iconv.encode('Name,Ort\nZoë €,“Köln”\n', 'win1252'))
  expect(encoding).toBe('Windows-1252')
  expect(rows).toEqual([{ rowNumber: 2, cells: ['Zoë €', '“Köln”'] }])
})

test.each([
  ['a,b,c', ','],
  ['a;b;c', ';'],
  ['a\tb\tc', '\t'],
  ['"Last, first";Phone', ';'],
  ['email', ','],
])('the delimiter of %j is %j', async (header, delimiter) => {
  expect((await read(Buffer.from(`${header}\nx\n`))).delimiter).toBe(delimiter)
})

test('a line that names the delimiter is none of the file’s rows', async () => {
  expect(await read(Buffer.from('sep=;\r\nKey;Name, first\r\nK1;One\r\n'))).toMatchObject({
    ...{ delimiter: ';', headers: ['Key', 'Name, first'] },
    rows: [{ rowNumber: 2, cells: ['K1', 'One'] }],
  })
})

test('rows are numbered as a spreadsheet numbers them: line breaks in cells and empty rows count for what they are', async () => {
  const { rows } = await read(Buffer.from('Key,Note\nK1,"two\nlines"\n\n,\nK2,x\n'))
  expect(rows.map(({ rowNumber, cells }) => [rowNumber, cells[0]])).toEqual([
    [2, 'K1'],
    [5, 'K2'],
  ])
})

test('what is longer or shorter than the header is read all the same', async () => {
  const { rows } = await read(Buffer.from('Key,Name\nK1\nK2,Two,more\n'))
  expect(rows.map(({ cells }) => cells)).toEqual([['K1'], ['K2', 'Two', 'more']])
})

test('what the database cannot store is marked as lost', async () => {
  const { rows } = await read(Buffer.from('Key,Name\nK1,a\u0000b\n'))
  expect(rows[0]?.cells).toEqual(['K1', 'a\uFFFDb'])
})

test('a quotation mark that is not closed is named with its row', async () => {
  expect(await refusal(Buffer.from('Key,Name\nK1,One\nK2,"Two\nK3,Three\n'))).toContain('in row 3 is not closed')
})

test('more rows than can be imported at once are refused', async () => {
  expect(await refusal(Buffer.from(`Key\n${'K\n'.repeat(100_001)}`))).toContain('more than 100,000 rows')
})

test('a row with too many cells is refused with its number and column, before the rest of the file is read', async () => {
  const wideRow = (cell: string) => `${`${cell},`.repeat(120_000)}${cell}\n`
  for (const row of [wideRow('x'), wideRow(''), `${'a,'.repeat(100)}b\n`]) {
    let taken = 0
    function* endless() {
      yield Buffer.from(`Key,Name\nK1,One\n`.padEnd(64, 'K2,Two\n'))
      for (;;) {
        taken++
        yield Buffer.from(row)
      }
    }
    const read = async () => {
      const { batches } = await readFile(endless())
      for await (const _ of batches);
    }
    const error = await read().catch((thrown) => thrown)
    expect(error.message).toMatch(/^Row \d+ has a cell in column CW, but at most 100 columns can be read\./)
    expect(taken * row.length).toBeLessThan(1024 * 1024)
  }
  expect(await refusal(Buffer.from(wideRow('x')))).toMatch(/^Row 1 has a cell in column CW/)
})

test('a row that is too long is refused with its number', async () => {
  const long = (length: number) =>
    Buffer.from(
      `Key,Name\nK1,One\n${'x'
        .repeat(900)
        .concat(',')
        .repeat(length / 900)}\n`,
    )
  expect(await refusal(long(20_000))).toMatch(/^Row 3 is longer than 16 KB\./)
  expect((await read(long(15_000))).rows).toHaveLength(2)
  expect(await refusal(Buffer.from(`Key\n${'x'.repeat(600_000)}\n`))).toMatch(/^Row 2 is longer than 16 KB\./)
  const unclosed = `Key,Name\nK1,"One\n${'K2,Two\n'.repeat(100_000)}`
  expect(await refusal(Buffer.from(unclosed))).toContain('in row 2 is not closed')
})

test('a long cell is kept as far as it is read by anybody', async () => {
  const { rows } = await read(Buffer.from(`Key,Note\nK1,${'n'.repeat(50_000)}\n`))
  expect(rows[0]?.cells[1]).toHaveLength(1000)
})

test('more cells than can be imported at once are refused', async () => {
  const readAll = async (rows: number) => {
    const { batches } = await readFile([Buffer.from(`Key,Name\n${'K,One\n'.repeat(rows)}`)], { rows: 100, cells: 20 })
    for await (const _ of batches);
  }
  await readAll(10)
  await expect(readAll(11)).rejects.toThrow('The file has more than 20 cells by row 12.')
})

test.each([1, 2, 3, 7, 100])('a file that comes in chunks of %i bytes is the same', async (chunkSize) => {
  for (const encoding of ['utf8', 'win1252', 'utf16le', 'utf16be']) {
    const { rows } = await read(iconv.encode('Name;Ort\nJürgen;Köln\nZoë;“José', encoding), chunkSize)
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['Jürgen', 'Köln'],
      ['Zoë', '“José'],
    ])
  }
})

test.each([
  ['utf8', 'UTF-8'],
  ['win1252', 'Windows-1252'],
] as const)('letters in %s are read as they were written, though they come late', async (written, encoding) => {
  const ascii = 'K,Someone\n'.repeat(20_000)
  for (const rest of ['K,Zoë', 'K,Zoë\n', `${'K,é\n'.repeat(40_000)}K,Zoë\n`]) {
    const file = await read(iconv.encode(`Key,Name\n${ascii}${rest}`, written), 64 * 1024 - 3)
    expect(file.encoding).toBe(encoding)
    expect(file.rows.at(-1)?.cells).toEqual(['K', 'Zoë'])
  }
})
