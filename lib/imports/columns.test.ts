import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { guessMapping } from './columns'

test('columns are guessed by their names, however these are written', () => {
  expect(
    guessMapping('user_identities', ['E-Mail', 'PHONE_NUMBER', 'First name', 'Surname', 'Unit', 'Action'], null),
  ).toEqual({
    email_address: 0,
    phone_number: 1,
    first_name: 2,
    last_name: 3,
    action: 5,
  })
})

test('what was chosen last time for a column of that name is chosen again, and what was left alone stays so', () => {
  const remembered = { headers: ['Nr.', 'Name', 'Email', 'Phone'], mapping: { user_identity_key: 0, email_address: 2 } }
  expect(guessMapping('user_identities', ['phone', 'nr', 'email', 'Mobile', 'name'], remembered)).toEqual({
    user_identity_key: 1,
    email_address: 2,
    phone_number: 3,
  })
})

test('no column is taken for two fields, and every column is one of the file', () => {
  const headers = fastCheck.array(fastCheck.constantFrom('Key', 'id', 'Email', 'mail', 'Name', 'Phone', 'x', ''))
  fastCheck.assert(
    fastCheck.property(headers, headers, (now, before) => {
      const remembered = { headers: before, mapping: guessMapping('user_identities', before, null) }
      const columns = Object.values(guessMapping('user_identities', now, remembered))
      expect(new Set(columns).size).toBe(columns.length)
      for (const column of columns) expect(column).toBeLessThan(now.length)
    }),
  )
})
