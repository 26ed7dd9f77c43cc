import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { isStillMeant, type KnownPerson, planRow, rowReader } from './plan'

const ann: KnownPerson = {
  userIdentityId: 'ann',
  user_identity_key: 'A1',
  email_address: 'ann@example.com',
  phone_number: '+15555550101',
  full_name: 'Ann',
}
const bob: KnownPerson = {
  userIdentityId: 'bob',
  user_identity_key: null,
  email_address: 'bob@example.com',
  phone_number: null,
  full_name: 'Bob',
}
const row = (characteristics: Record<string, string>, action: 'create' | 'update' | 'remove' | null = null) => ({
  ...{ action, characteristics, problems: [] },
})

test('an email address that differs in nothing but case finds its person, and a new phone number updates them', () => {
  const planned = planRow(row({ email_address: 'BOB@example.com', phone_number: '+15555550109' }), {
    email_address: bob,
  })
  expect(planned).toMatchObject({ plan: 'update', person: bob })
  expect(planned.changes).toEqual({
    email_address: { from: 'bob@example.com', to: 'BOB@example.com' },
    phone_number: { from: null, to: '+15555550109' },
  })
})

test('somebody found by email address whose key is another is in doubt', () => {
  expect(
    planRow(row({ user_identity_key: 'A2', email_address: 'ann@example.com' }), { email_address: ann }),
  ).toMatchObject({ plan: 'conflict', problems: [{ message: 'The email address belongs to “Ann”, whose key is A1.' }] })
})

test('a removal in doubt is refused', () => {
  const remove = row({ user_identity_key: 'A1', email_address: 'bob@example.com' }, 'remove')
  expect(planRow(remove, { user_identity_key: ann, email_address: bob })).toMatchObject({ plan: 'refused' })
})

test('nothing that belongs to somebody else is ever written, and no person is changed whose identifiers all differ', () => {
  const people = [
    ann,
    bob,
    { ...bob, userIdentityId: 'cy', email_address: 'cy@example.com', phone_number: '+15555550103' },
  ]
  const someone = fastCheck.constantFrom(undefined, ...people)
  fastCheck.assert(
    fastCheck.property(
      fastCheck.record({ user_identity_key: someone, email_address: someone, phone_number: someone }),
      fastCheck.constantFrom('create' as const, 'update' as const, 'remove' as const, null),
      (found, action) => {
        const fields = ['user_identity_key', 'email_address', 'phone_number'] as const
        const characteristics = Object.fromEntries(
          fields.map((field) => [field, found[field]?.[field] ?? `new ${field}`]),
        )
        const holders = Object.fromEntries(
          fields.filter((field) => found[field]?.[field]).map((field) => [field, found[field]]),
        )
        const planned = planRow(row(characteristics, action), holders)
        if (planned.plan === 'refused') return
        for (const field of fields) {
          const holder = holders[field]
          if (planned.characteristics[field] && holder) expect(holder).toBe(planned.person)
        }
        if (planned.plan === 'create') expect(Object.keys(holders)).toEqual([])
        else if (planned.person) expect(isStillMeant(planned.person, planned.characteristics)).toBe(true)
        if (planned.plan === 'update' || planned.plan === 'remove') {
          expect(new Set(Object.values(holders).map((holder) => holder?.userIdentityId)).size).toBe(1)
        }
      },
    ),
  )
})

test('first and last name make the full name, and cells are read as they were before a spreadsheet', () => {
  const read = rowReader({ first_name: 0, last_name: 1, phone_number: 2 }, 3, 'US')
  expect(read(['Ann', 'Bay', "'+44 20 7946 0958"])).toEqual({
    action: null,
    characteristics: { full_name: 'Ann Bay', phone_number: '+442079460958' },
    problems: [],
  })
})

test('a cell too many is named: a name may contain the delimiter', () => {
  const read = rowReader({ user_identity_key: 0, full_name: 1 }, 2, 'US')
  expect(read(['K1', 'Bay', ' Ann']).problems).toEqual([
    { field: null, message: expect.stringContaining('has 3 cells, but the file has 2 columns') },
  ])
  expect(read(['K1', 'Bay', '']).problems).toEqual([])
})
