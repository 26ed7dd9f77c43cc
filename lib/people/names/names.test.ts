import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames, nameWords } from './names'

test.each([
  ['Jane Doe', 'Jane Doe', 'same'],
  ['Jane Doe', 'DOE, jane', 'same'],
  ['Zoë Ångström', 'Angstroem Zoe', 'same'],
  ["Katherine O'Connell", 'Katherine OConnell', 'same'],
  ['Mary-Jane Watson', 'Maryjane Watson', 'same'],
  ['Łukasz Wójcik', 'Lukasz Wojcik', 'same'],
  ['Jane M. Doe', 'Jane Doe', 'same'],
  ['Jane M. Doe', 'Jane Marie Doe', 'same'],
  ['Dr. Jane Doe', 'Jane Doe', 'same'],
  ['Nguyen Van Linh', 'Linh Nguyen', 'same'],
  ['Liz Doe', 'Elizabeth Doe', 'nickname'],
  ['Bob Chen', 'Robert Chen', 'nickname'],
  ['Marcus Oyelaran', 'Markus Oyelaran', 'misspelt'],
  ['Jonathan Smtih', 'Jonathan Smith', 'misspelt'],
  ['J. Doe', 'Jane Doe', 'initials'],
  ['Doe J', 'Jane Doe', 'initials'],
  ['Doe', 'Jane Doe', 'doubtful'],
  ['Mario Rossi', 'Maria Rossi', 'doubtful'],
  ['John Doe Jr.', 'John Doe', 'doubtful'],
  ['John Doe Jr.', 'John Doe Sr.', 'relative'],
  ['John A. Doe', 'John B. Doe', 'relative'],
  ['John Doe', 'Jane Doe', 'relative'],
  ['Doe, John', 'Jane Doe', 'relative'],
  ['Jane Doe', 'Jane Whitfield', 'renamed'],
  ['Jane Doe', 'Marcus Oyelaran', 'different'],
  ['Al Doe', 'Ed Doe', 'relative'],
  [null, 'Jane Doe', 'unknown'],
  ['—', 'Jane Doe', 'unknown'],
])('%s and %s are %s', (one, other, agreement) => {
  expect(compareNames(one, other)).toBe(agreement)
})

const word = fastCheck.constantFrom(
  'jane',
  'Doe',
  'J.',
  'Liz',
  'Elizabeth',
  'Müller',
  'Mueller',
  'maria',
  'Mario',
  'Jr',
  'x',
  'Whitfield',
  'Whitfeild',
)
const name = fastCheck.oneof(
  fastCheck.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  fastCheck.string({ unit: 'grapheme', maxLength: 30 }),
)

test('it does not matter which name is which', () => {
  fastCheck.assert(
    fastCheck.property(name, name, (one, other) => {
      expect(compareNames(one, other)).toBe(compareNames(other, one))
    }),
  )
})

test('every name is the same as itself, unless it has no word', () => {
  fastCheck.assert(
    fastCheck.property(name, (one) => {
      expect(compareNames(one, one)).toBe(nameWords(one).length > 0 ? 'same' : 'unknown')
    }),
  )
})
