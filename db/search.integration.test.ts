import { type SQL, sql } from 'drizzle-orm'
import fastCheck from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowsOf } from './testing/attempt'

const valueFrom = async (expression: SQL) =>
  (await rowsOf<{ value: unknown }>(sql`select ${expression} as value`))[0]?.value
const normalize = (text: string) => valueFrom(sql`search_normalize(${text})`)
const isFound = (part: string, whole: string) => valueFrom(sql`search_normalize(${whole}) like search_pattern(${part})`)

describe('search_normalize', () => {
  test.each([
    ['case', 'JANE Doe', 'jane doe'],
    ['accents', 'Zoë Ångström-Łuczak', 'zoe angstrom-luczak'],
    ['accents written apart from their letter', 'Jose\u0301 Nun\u0303ez', 'jose nunez'],
    ['letters that are two', 'Straße Ærø Œuvre', 'strasse aero oeuvre'],
    ['full-width letters and digits', 'ＡＢＣ１２３', 'abc123'],
    ['Cyrillic case', 'ЖАННА', 'жанна'],
    ['Greek case and accents', 'ΆΝΝΑ', 'αννα'],
    ['emoji, kept', 'Sam 🗝️👩‍👩‍👧', 'sam 🗝️👩‍👩‍👧'],
    ['right-to-left letters, kept', 'שרה לוי', 'שרה לוי'],
    ['nothing', '', ''],
  ])('brings to one form: %s', async (_what, given, expected) => {
    expect(await normalize(given)).toBe(expected)
  })

  test('brings nothing further the second time', async () => {
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.constantFrom('Zoë', 'Łuczak', 'Straße', 'ЖАННА', 'ＡＢＣ'), async (text) => {
        const once = String(await normalize(text))
        expect(await normalize(once)).toBe(once)
      }),
    )
  })
})

describe('search_pattern', () => {
  test.each([
    ['any part, whatever its case', 'ANE d', 'Jane Doe'],
    ['without the accents', 'angstrom', 'Zoë Ångström'],
    ['with accents that the name lacks', 'josé', 'Jose Nunez'],
    ['an underscore', 'a_b', 'a_b@example.com'],
    ['a per cent sign', '0%', '100% sure'],
    ['a backslash', '\\', 'DOMAIN\\jane'],
    ['a backslash before a wildcard', '\\%', 'a\\%b'],
    ['an emoji', '🗝️', 'Sam 🗝️'],
    ['right-to-left letters', 'לוי', 'שרה לוי'],
    ['nothing, which is in everything', '', 'Jane'],
  ])('finds %s', async (_what, part, whole) => {
    expect(await isFound(part, whole)).toBe(true)
  })

  test.each([
    ['an underscore as any letter', 'a_b', 'axb@example.com'],
    ['a per cent sign as anything', 'j%e', 'Jane'],
    ['a lone per cent sign', '%', 'Jane'],
    ['a backslash as nothing', 'j\\ane', 'Jane'],
    ['another emoji', '🔑', 'Sam 🗝️'],
  ])('does not take %s', async (_what, part, whole) => {
    expect(await isFound(part, whole)).toBe(false)
  })

  // Whole characters as a reader sees them, for half of one can be another letter altogether.
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const letters = fastCheck.oneof(
    { weight: 3, arbitrary: fastCheck.constantFrom(..."abcXYZ 019-.'@+éÉñŁøÅßœ%_\\שרהЖжΩω東京🗝") },
    { weight: 1, arbitrary: fastCheck.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
  )
  const name = fastCheck
    .array(letters, { minLength: 1, maxLength: 40 })
    .map((parts) => parts.join('').replaceAll('\0', ''))
  const nameAndPart = fastCheck.tuple(name, fastCheck.nat(), fastCheck.nat()).map(([whole, from, length]) => {
    const characters = [...segmenter.segment(whole)].map((segment) => segment.segment)
    const start = characters.length ? from % characters.length : 0
    return { whole, part: characters.slice(start, start + 1 + (length % 12)).join('') }
  })

  test('finds any part of any name', async () => {
    await fastCheck.assert(
      fastCheck.asyncProperty(nameAndPart, async ({ whole, part }) => {
        expect(await isFound(part, whole)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('finds any part of any name in other case', async () => {
    const latin = fastCheck.string({ unit: fastCheck.constantFrom(...'abc éñłøå%_\\жω'), minLength: 1, maxLength: 30 })
    await fastCheck.assert(
      fastCheck.asyncProperty(latin, fastCheck.nat(), async (whole, from) => {
        const part = whole.slice(from % whole.length)
        expect(await isFound(part.toUpperCase(), whole)).toBe(true)
        expect(await isFound(part, whole.toUpperCase())).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
