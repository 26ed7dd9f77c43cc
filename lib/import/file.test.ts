import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { Refusal } from '../errors'
import { readFile } from './file'

async function read(bytes: Buffer) {
  const { batches, ...format } = await readFile(bytes, 2)
  const rows: { rowNumber: number; cells: string[] }[] = []
  for await (const batch of batches) rows.push(...batch)
  return { ...format, rows }
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
