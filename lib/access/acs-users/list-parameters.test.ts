import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AcsUserListParameters,
  acsUserLinks,
  acsUserSorts,
  readAcsUserListParameters,
  writeAcsUserListParameters,
} from './list-parameters'

const text = fastCheck.string({ unit: 'grapheme' })
const parameters: fastCheck.Arbitrary<AcsUserListParameters> = fastCheck.record({
  search: text,
  linked: fastCheck.constantFrom(...acsUserLinks, null),
  hasProblem: fastCheck.boolean(),
  sort: fastCheck.constantFrom(...acsUserSorts),
  cursor: fastCheck.option(fastCheck.string({ unit: 'grapheme', minLength: 1 })),
})

test('what is written into an address is read back the same', () => {
  fastCheck.assert(
    fastCheck.property(parameters, (given) => {
      const address = writeAcsUserListParameters(given).toString()
      expect(readAcsUserListParameters(new URLSearchParams(address))).toEqual(given)
    }),
  )
})

test('an address without parameters is everybody by name, and written without any', () => {
  const initial = readAcsUserListParameters(new URLSearchParams())
  expect(initial).toEqual({ search: '', linked: null, hasProblem: false, sort: 'name', cursor: null })
  expect(writeAcsUserListParameters(initial).toString()).toBe('')
})

test('any address is read, and what it does not know is left at the default', () => {
  const name = fastCheck.constantFrom('q', 'linked', 'problem', 'sort', 'cursor', 'page', '__proto__')
  fastCheck.assert(
    fastCheck.property(fastCheck.array(fastCheck.tuple(name, text)), (entries) => {
      const read = readAcsUserListParameters(new URLSearchParams(entries))
      expect(acsUserSorts).toContain(read.sort)
      expect([null, ...acsUserLinks]).toContain(read.linked)
      expect(readAcsUserListParameters(writeAcsUserListParameters(read))).toEqual(read)
    }),
  )
})
