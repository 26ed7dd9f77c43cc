import fastCheck from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSearchQuery } from './search-query'

const id = '0192f0c1-2345-7abc-8def-0123456789ab'
const otherId = '0192f0c1-2345-7abc-8def-ba9876543210'

/** The alternatives of the only term of a search. */
const alternativesOf = (typed: string) => {
  const query = parseSearchQuery(typed)
  if (query.kind !== 'terms' || query.terms.length !== 1) throw new Error(`Not one term: ${JSON.stringify(query)}`)
  return query.terms[0]?.anyOf
}

/** The words that must all be found, for a search without alternatives. */
const wordsOf = (typed: string) => {
  const query = parseSearchQuery(typed)
  return query.kind === 'terms' ? query.terms.map(({ anyOf }) => anyOf[0]?.join(' ')) : query.kind
}

describe('what is searched for', () => {
  test.each(['', '   ', '\t\n', '\u0000', '\u0000 \u0007'])('%j asks for everything', (typed) => {
    expect(parseSearchQuery(typed)).toEqual({ kind: 'everything' })
  })

  test('every word must be found, each by itself', () => {
    expect(wordsOf('  Jane   van Doe ')).toEqual(['Jane', 'van', 'Doe'])
  })

  test.each([
    ['a comma between last and first name', 'Doe, Jane', ['Doe', 'Jane']],
    ['a comma without space', 'Doe,Jane;', ['Doe', 'Jane']],
    ['a comma alone', 'Doe , Jane', ['Doe', 'Jane']],
    ['quotes', '"Jane Doe"', ['Jane', 'Doe']],
    ['an address as mail programs write it', 'Jane Doe <jane@example.com>', ['Jane', 'Doe', 'jane@example.com']],
  ])('%s is no part of the words', (_what, typed, words) => {
    expect(wordsOf(typed)).toEqual(words)
  })

  test('punctuation inside a word stays', () => {
    expect(wordsOf("O'Neil-Smith jane.doe+home@example.com")).toEqual(["O'Neil-Smith", 'jane.doe+home@example.com'])
  })

  test('punctuation alone is searched for when there is nothing else', () => {
    expect(wordsOf('"')).toEqual(['"'])
  })
})

describe('pasted ids', () => {
  test.each([
    ['an id', id, [id]],
    ['in capitals', id.toUpperCase(), [id]],
    ['in quotes, as from a log', `"${id}",`, [id]],
    ['several', `${id} ${otherId}`, [id, otherId]],
    ['several, one a line', `${id},\n${otherId}`, [id, otherId]],
  ])('%s is looked up as id', (_what, typed, ids) => {
    expect(parseSearchQuery(typed)).toEqual({ kind: 'ids', ids })
  })

  test('an id beside a word is a word too', () => {
    expect(wordsOf(`${id} Jane`)).toEqual([id, 'Jane'])
  })

  test('what is almost an id is a word', () => {
    expect(wordsOf(id.slice(1))).toEqual([id.slice(1)])
  })
})

describe('phone numbers', () => {
  test.each([
    ['(555) 555-0110', '5555550110'],
    ['555.555.0110', '5555550110'],
    ['+1 555 555 0110', '15555550110'],
    ['001 555 555 0110', '15555550110'],
    ['011 44 20 7946 0958', '442079460958'],
    ['+44 (0)20 7946 0958', '442079460958'],
    ['+44(0)20 7946 0958', '442079460958'],
    ['020 7946 0958', '2079460958'],
    ['0110', '0110'],
    ['555', '555'],
  ])('%s is looked for as %s', (typed, digits) => {
    expect(alternativesOf(typed)).toContainEqual([digits])
  })

  test('digits apart are one phone number or several words', () => {
    expect(alternativesOf('204 1001')).toEqual([['2041001'], ['204', '1001']])
  })

  test('digits with dashes may also be a key, as they are written', () => {
    expect(alternativesOf('10-042')).toContainEqual(['10-042'])
  })

  test('a phone number stands beside words', () => {
    const query = parseSearchQuery('Jane (555) 0110 Doe')
    expect(query.kind === 'terms' && query.terms.map(({ anyOf }) => anyOf[0])).toEqual([['Jane'], ['5550110'], ['Doe']])
  })

  test('digits fewer than three are a word', () => {
    expect(alternativesOf('12')).toEqual([['12']])
  })
})

describe('whatever is typed', () => {
  const typed = fastCheck.oneof(
    fastCheck.string({ unit: 'binary', maxLength: 300 }),
    fastCheck.string({ unit: fastCheck.constantFrom(...'0159+-()./ ,"ab'), maxLength: 300 }),
  )

  test('never throws, and asks the database for nothing that it cannot store', () => {
    fastCheck.assert(
      fastCheck.property(typed, (text) => {
        const query = parseSearchQuery(text)
        if (query.kind !== 'terms') return
        expect(query.terms.length).toBeGreaterThan(0)
        expect(query.terms.length).toBeLessThanOrEqual(8)
        for (const part of query.terms.flatMap(({ anyOf }) => anyOf.flat())) {
          expect(part).toMatch(/^[^\p{Cc}\p{Cs}\s]+$/u)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('ten thousand characters are read as their beginning', () => {
    expect(wordsOf('x'.repeat(10_000))).toEqual(['x'.repeat(200)])
  })
})

test.each([
  ['555\u2011201\u20110147', 'dashes that do not break'],
  ['555\u2013201\u20130147', 'en dashes'],
  ['\u202a(555) 201-0147\u202c', 'the invisible marks of a copied contact'],
  ['tel:+15552010147', 'a link'],
  ['555_201•0147', 'underscores and bullets'],
])('%j is a phone number, in spite of %s', (written) => {
  const query = parseSearchQuery(written)
  const digits = written.replace(/\D/g, '')
  expect(query.kind === 'terms' && query.terms).toEqual([{ anyOf: expect.arrayContaining([[digits]]) }])
})
