import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, fromCsvCell } from './cell'

test.each([
  ['=1+1', "'=1+1"],
  ['+15555550110', "'+15555550110"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "\t'=1"],
  ['\r\n=1', "\r\n'=1"],
  ['\u00a0\u200b =1', "\u00a0\u200b '=1"],
  ['＝1', "'＝1"],
  ["x;=cmd|'/C calc'!A0;y", "x;'=cmd|'/C calc'!A0;y"],
  ['first line\n=1', "first line\n'=1"],
  [';"=1', ';"\'=1'],
  ["'=1", "''=1"],
])('%j is shown, not computed', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})

test.each(['plain', "O'Neill", "'quoted'", 'a-b', 'Tower A; Tower B', ''])('%j stays as it is', (text) => {
  expect(csvCell(text)).toBe(text)
})

test('every text is the same after a round trip', () => {
  const letters = fastCheck.constantFrom(...'=+-@＝\'";,|\t\r\n \u200bab')
  const risky = fastCheck.string({ unit: letters })
  fastCheck.assert(
    fastCheck.property(fastCheck.oneof(risky, fastCheck.string()), (text) => {
      expect(fromCsvCell(csvCell(text))).toBe(text)
    }),
  )
})
