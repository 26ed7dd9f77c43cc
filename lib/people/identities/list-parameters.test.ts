import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import {
  type IdentityListParameters,
  identitySorts,
  readIdentityListParameters,
  writeIdentityListParameters,
} from './list-parameters'

const text = fastCheck.string({ unit: 'grapheme' })
const optionalText = fastCheck.option(fastCheck.string({ unit: 'grapheme', minLength: 1 }))
const parameters: fastCheck.Arbitrary<IdentityListParameters> = fastCheck.record({
  search: text,
  linkedIn: optionalText,
  missingFrom: optionalText,
  hasProblem: fastCheck.boolean(),
  moving: fastCheck.option(fastCheck.constantFrom('planned', 'out')),
  sort: fastCheck.constantFrom(...identitySorts),
  cursor: optionalText,
})

test('what is written into an address is read back the same', () => {
  fastCheck.assert(
    fastCheck.property(parameters, (given) => {
      const address = writeIdentityListParameters(given).toString()
      expect(readIdentityListParameters(new URLSearchParams(address))).toEqual(given)
    }),
  )
})

test('an address without parameters is the newest people first, and written without any', () => {
  const initial = readIdentityListParameters(new URLSearchParams())
  expect(initial).toEqual({
    search: '',
    linkedIn: null,
    missingFrom: null,
    hasProblem: false,
    moving: null,
    sort: 'newest',
    cursor: null,
  })
  expect(writeIdentityListParameters(initial).toString()).toBe('')
})

test('any address is read, and what it does not know is left at the default', () => {
  const name = fastCheck.constantFrom('q', 'linked', 'missing', 'problem', 'sort', 'cursor', 'page', '__proto__')
  fastCheck.assert(
    fastCheck.property(fastCheck.array(fastCheck.tuple(name, text)), (entries) => {
      const read = readIdentityListParameters(new URLSearchParams(entries))
      expect(identitySorts).toContain(read.sort)
      expect(readIdentityListParameters(writeIdentityListParameters(read))).toEqual(read)
    }),
  )
})
