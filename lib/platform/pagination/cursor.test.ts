import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { type Cursor, decodeCursor, encodeCursor } from './cursor'

const cursors: fastCheck.Arbitrary<Cursor> = fastCheck.record({
  direction: fastCheck.constantFrom('after' as const, 'before' as const),
  value: fastCheck.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', '')),
  id: fastCheck.uuid({ version: 7 }),
  offset: fastCheck.nat(),
})
const encode = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url')
const id = '0192f0c1-2345-7abc-8def-0123456789ab'

test('a cursor is read back the same, through an address that needs no escaping', () => {
  fastCheck.assert(
    fastCheck.property(cursors, (cursor) => {
      const text = encodeCursor(cursor)
      expect(text).toMatch(/^[\w-]+$/)
      expect(decodeCursor(text)).toEqual(cursor)
    }),
  )
})

test('the longest name that an identity can have is read back too', () => {
  // One character that search normalises to 18.
  const value = '\ufdfa'.normalize('NFKC').repeat(255)
  const cursor: Cursor = { direction: 'after', value, id, offset: 50 }
  expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
})

test('a forged cursor is none, whatever it is', () => {
  fastCheck.assert(
    fastCheck.property(fastCheck.string({ unit: 'binary' }), (text) => {
      expect(decodeCursor(text)).toBeNull()
    }),
  )
  fastCheck.assert(
    fastCheck.property(fastCheck.jsonValue(), (value) => {
      expect(decodeCursor(encode(value))).toBeNull()
    }),
  )
})

test.each([
  ['no such direction', ['c', 'x', id, 0]],
  ['an id that is none', ['a', 'x', "' or 1=1", 0]],
  ['a value that is no text', ['a', { $gt: '' }, id, 0]],
  ['a negative offset', ['a', 'x', id, -1]],
  ['a broken offset', ['a', 'x', id, 0.5]],
  ['an offset beyond counting', ['a', 'x', id, 1e300]],
  ['too little', ['a', 'x', id]],
  ['too much', ['a', 'x', id, 0, 0]],
  ['a value longer than any name', ['a', 'x'.repeat(100_000), id, 0]],
])('a cursor with %s is none', (_what, parts) => {
  expect(decodeCursor(encode(parts))).toBeNull()
})

test('a forged value cannot carry what the database cannot store', () => {
  expect(decodeCursor(encode(['a', 'a\0b', id, 0]))?.value).toBe('ab')
})
