import { expect, test } from 'vitest'
import { notFound, Refusal, type RefusalValue } from './refusals'

const value: RefusalValue = {
  kind: 'conflict',
  type: 'email_address_conflict',
  message: '“Jane” already has this email address.',
  fields: { email_address: ['“Jane” already has this email address.'] },
  data: { user_identity_id: '1' },
}

test('a refusal is an error that says why', () => {
  const refusal = new Refusal(value)
  expect(refusal).toBeInstanceOf(Error)
  expect(refusal.message).toBe(value.message)
})

test('a refusal travels as plain data, without its stack', () => {
  expect(new Refusal(value).toValue()).toEqual(value)
  expect(Object.getPrototypeOf(new Refusal(value).toValue())).toBe(Object.prototype)
  expect(JSON.parse(JSON.stringify(new Refusal(value).toValue()))).toEqual(value)
})

test.each([
  ['user_identity', 'This user identity was not found. It may have been deleted.'],
  ['acs_user', 'This ACS user was not found. It may have been deleted.'],
  ['acs_system', 'This access system was not found. It may have been deleted.'],
  ['workspace', 'This workspace was not found. It may have been deleted.'],
] as const)('%s that is not there is named as people call it', (thing, message) => {
  expect(notFound(thing).toValue()).toMatchObject({ kind: 'not_found', type: `${thing}_not_found`, message })
})
