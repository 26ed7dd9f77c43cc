import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSameValue, mismatchInWords, profileFields, profileMismatches } from './profile-mismatch'

const nothing = { fullName: null, emailAddress: null, phoneNumber: null, phoneNumberE164: null }
const jane = {
  fullName: 'Jane Doe',
  emailAddress: 'jane@example.com',
  phoneNumber: '(555) 555-0110',
  phoneNumberE164: '+15555550110',
}
const identity = { fullName: 'Jane Doe', emailAddress: 'jane@example.com', phoneNumber: '+15555550110' }

describe('where an ACS user differs from its identity', () => {
  test('the same details differ in nothing, however they are written', () => {
    expect(profileMismatches(jane, identity)).toEqual([])
    expect(profileMismatches({ ...jane, emailAddress: ' Jane@Example.com' }, identity)).toEqual([])
    const composed = { ...jane, fullName: '  Jose\u0301   Doe ' }
    expect(profileMismatches(composed, { ...identity, fullName: 'Jos\u00e9 Doe' })).toEqual([])
  })

  test('what one side leaves open is missing there, which is no contradiction', () => {
    expect(profileMismatches(nothing, identity).map(({ kind }) => kind)).toEqual(Array(3).fill('missing_in_acs_user'))
    const missing = profileMismatches(jane, nothing)
    expect(missing.map(({ kind }) => kind)).toEqual(Array(3).fill('missing_in_identity'))
    expect(mismatchInWords(missing)).toBeNull()
  })

  test('every detail that differs is shown with both sides, the phone as the access system writes it', () => {
    const other = { fullName: 'Jane Roe', emailAddress: 'roe@example.com', phoneNumber: '+442079460958' }
    const mismatches = profileMismatches(jane, other)
    expect(mismatches).toEqual([
      { field: 'full_name', kind: 'differs', acsUser: 'Jane Doe', identity: 'Jane Roe' },
      { field: 'email_address', kind: 'differs', acsUser: 'jane@example.com', identity: 'roe@example.com' },
      { field: 'phone_number', kind: 'differs', acsUser: '(555) 555-0110', identity: '+442079460958' },
    ])
    expect(mismatchInWords(mismatches)).toBe('Name, email, and phone differ')
    expect(mismatchInWords(mismatches.slice(2))).toBe('Phone differs')
  })

  test('a phone that cannot be read differs from any number', () => {
    const unreadable = { ...jane, phoneNumber: 'ask at desk', phoneNumberE164: null }
    expect(profileMismatches(unreadable, identity)).toMatchObject([{ acsUser: 'ask at desk', kind: 'differs' }])
  })
})

const value = fc.option(fc.string({ unit: 'grapheme' }))
const profile = fc.record({ fullName: value, emailAddress: value, phoneNumber: value })

test('nobody differs from themselves', () => {
  fc.assert(
    fc.property(profile, (somebody) => {
      expect(profileMismatches({ ...somebody, phoneNumberE164: somebody.phoneNumber }, somebody)).toEqual([])
    }),
  )
})

test('who is taken for the ACS user and who for the identity decides nothing', () => {
  const similar = fc
    .tuple(value, value, fc.constantFrom('', ' '))
    .map(([one, other, space]) => [one, other === null ? one && `${space}${one.normalize('NFD')}${space}` : other])
  fc.assert(
    fc.property(fc.constantFrom(...profileFields), similar, (field, [one = null, other = null]) => {
      expect(isSameValue(field, one, other)).toBe(isSameValue(field, other, one))
    }),
  )
  const mirrored = {
    differs: 'differs',
    missing_in_acs_user: 'missing_in_identity',
    missing_in_identity: 'missing_in_acs_user',
  }
  fc.assert(
    fc.property(profile, profile, (one, other) => {
      const there = profileMismatches({ ...one, phoneNumberE164: one.phoneNumber }, other)
      const back = profileMismatches({ ...other, phoneNumberE164: other.phoneNumber }, one)
      expect(back.map(({ field, kind }) => [field, kind])).toEqual(
        there.map(({ field, kind }) => [field, mirrored[kind]]),
      )
    }),
  )
})
