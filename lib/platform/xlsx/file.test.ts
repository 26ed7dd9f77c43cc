import { setTimeout } from 'node:timers/promises'
import { readXlsx } from 'hucre/xlsx'
import { expect, test, vi } from 'vitest'
import { xlsxFile } from './file'

async function* batchesOf(...batches: string[][][]) {
  yield* batches
}

async function partsOf(batches: AsyncIterable<string[][]>): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  for await (const part of xlsxFile({ headers: ['Name'], batches })) parts.push(part)
  return parts
}

/** Writes a table of one column, and reads its cells back, the header among them. */
async function writtenAndRead(...texts: string[]) {
  const parts = await partsOf(batchesOf(texts.map((text) => [text])))
  const [sheet] = (await readXlsx(Buffer.concat(parts), { readStyles: true })).sheets
  return sheet
}

test('what looks like a formula or a number is text', async () => {
  const texts = ['=1+1', '+1', '-1', '@SUM(A1)', "=cmd|'/C calc'!A0", '＝1', '\t=1', '007', '1e5', 'true', '2026-01-01']
  const sheet = await writtenAndRead(...texts)
  expect(sheet?.rows).toEqual([['Name'], ...texts.map((text) => [text])])
  expect(sheet?.cells?.size).toBe(texts.length + 1)
  for (const cell of sheet?.cells?.values() ?? []) {
    expect(cell).toMatchObject({ type: 'string', style: { numFmt: '@' } })
    expect(cell).not.toHaveProperty('formula')
  }
})

test('every text comes back as it was', async () => {
  const texts = ['Zoë "Z" <b> & Co', ' padded ', 'two\nlines', 'a\tb', '_x0041_', 'bell \u0007', '😀']
  expect((await writtenAndRead(...texts))?.rows.slice(1)).toEqual(texts.map((text) => [text]))
})

test('what Excel cannot hold is said to be cut off', async () => {
  const [, long, codes, smiles, odd] =
    (await writtenAndRead('x'.repeat(40_000), '_x0041_'.repeat(5_000), '😀'.repeat(20_000), 'odd \uFFFF'))?.rows ?? []
  expect(long?.[0]).toHaveLength(32_767)
  expect(long?.[0]).toMatch(/xx … \(cut off/)
  expect(codes?.[0]).toMatch(/^(_x0041_)+\w* … \(cut off/)
  expect(smiles?.[0]).toMatch(/^😀+ … \(cut off/u)
  expect(odd).toEqual(['odd \uFFFD'])
})

test('no more rows are read than are taken, and none once the file is given up', async () => {
  const state = { read: 0, isClosed: false }
  async function* endless() {
    try {
      for (;;) yield Array.from({ length: 100 }, () => [`${Math.random()}${++state.read}`])
    } finally {
      state.isClosed = true
    }
  }
  const file = xlsxFile({ headers: ['Name'], batches: endless() })
  for (let taken = 0; taken < 3; taken++) await file.next()
  // A reader that doesn't wait never stands still.
  await vi.waitFor(
    async () => {
      const { read } = state
      await setTimeout(100)
      expect(state.read).toBe(read)
    },
    { timeout: 20_000 },
  )
  await file.return(undefined)
  await vi.waitFor(() => expect(state.isClosed).toBe(true))
})

test('a file breaks where its rows do', async () => {
  async function* broken() {
    yield [['one']]
    throw new Error('It breaks.')
  }
  await expect(partsOf(broken())).rejects.toThrow('It breaks.')
})
