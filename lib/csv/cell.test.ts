import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, fromCsvCell } from './cell'

test.each(['=1+1', '+15555550110', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is shown, not computed', (text) => {
  expect(csvCell(text)).toBe(`'${text}`)
})

test('no cell begins a formula, and every other text stays as it is', () => {
  fastCheck.assert(
    fastCheck.property(fastCheck.string({ unit: 'binary' }), (text) => {
      const cell = csvCell(text)
      expect('=+-@\t\r').not.toContain(cell[0] ?? 'x')
      expect([text, `'${text}`]).toContain(cell)
    }),
  )
})

test.each(['+15555550110', '=1+1', 'plain', "O'Neill", "'quoted'", ''])('%j is the same after a round trip', (text) => {
  expect(fromCsvCell(csvCell(text))).toBe(text)
})
