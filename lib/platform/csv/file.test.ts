import { parse } from 'csv-parse/sync'
import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { csvFile } from './file'

const letters = fastCheck.constantFrom(...'=+-@＝\'";,|\t\r\n \u200bab')
const table = fastCheck.array(fastCheck.array(fastCheck.string({ unit: letters }), { minLength: 3, maxLength: 3 }))

async function write(rows: string[][]): Promise<string> {
  async function* batches() {
    yield rows
  }
  let text = ''
  for await (const part of csvFile({ headers: ['one', 'two', 'three'], batches: batches() })) text += part
  return text
}

// A program that splits at something else meets quotes in the middle of a cell, where it takes them as they are.
test.each([
  [',', '"'],
  [';', null],
  ['\t', null],
  ['|', null],
])('no cell begins a formula in a program that splits at %j', async (delimiter, quote) => {
  await fastCheck.assert(
    fastCheck.asyncProperty(table, async (rows) => {
      const cells: string[][] = parse(await write(rows), { bom: true, delimiter, quote, relax_column_count: true })
      for (const cell of cells.flat()) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠]/u)
    }),
  )
})

test('a cell that holds any delimiter is quoted', async () => {
  expect(await write([['x;y', 'x\ty', 'x|y']])).toContain('"x;y","x\ty","x|y"\r\n')
})
