import fastCheck from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInput } from '@/lib/platform/input'
import { Refusal } from '@/lib/platform/refusals'
import { displayName, identityChangesSchema, identityNeedsCharacteristic, newIdentitySchema } from './identity'

const id = '0192f0c1-2345-7abc-8def-0123456789ab'
const forCreating = newIdentitySchema('US')
const forChanging = identityChangesSchema('US')
const create = (input: unknown) => parseInput(forCreating, input)
const change = (input: object) => parseInput(forChanging, { user_identity_id: id, ...input })

/** What is wrong, field by field. */
function problemsOf(parse: () => unknown) {
  try {
    parse()
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'invalid_input') return error.fields
    throw error
  }
  return 'accepted'
}

describe('a new identity', () => {
  test('is read as typed, without outer space, its phone in E.164', () => {
    const typed = {
      full_name: '  Jane van Doe\t',
      email_address: ' Jane.Doe@Example.com ',
      phone_number: ' (555) 555-0110 ',
      user_identity_key: ' resident-1 ',
      acs_user_id: id.toUpperCase(),
    }
    expect(create(typed)).toEqual({
      full_name: 'Jane van Doe',
      email_address: 'Jane.Doe@Example.com',
      phone_number: '+15555550110',
      user_identity_key: 'resident-1',
      acs_user_id: id,
    })
  })

  test.each(['', '  ', '\t\r\n', '\u00a0\u2003', '\u200b\u200d\ufeff', '\u3164', null, undefined])(
    'takes %j for "none", in every field',
    (blank) => {
      const given = create({
        full_name: 'Jane',
        email_address: blank,
        phone_number: blank,
        user_identity_key: blank,
        acs_user_id: blank,
      })
      expect(Object.values(given).filter((value) => value !== null && value !== undefined)).toEqual(['Jane'])
    },
  )

  test.each([[{}], [{ full_name: ' ', email_address: '' }], [{ full_name: null, acs_user_id: id }]])(
    'without any characteristic is refused: %j',
    (input) => {
      expect(problemsOf(() => create(input))).toEqual({ full_name: [identityNeedsCharacteristic] })
    },
  )

  test.each([null, undefined, 'Jane', 7, ['Jane'], [[]]])('that is no object is refused: %j', (input) => {
    expect(problemsOf(() => create(input))).not.toBe('accepted')
  })

  test('reads a phone number in the country of the workspace', () => {
    expect(parseInput(newIdentitySchema('GB'), { phone_number: '020 7946 0958' }).phone_number).toBe('+442079460958')
    expect(create({ phone_number: '+44 20 7946 0958' }).phone_number).toBe('+442079460958')
    expect(problemsOf(() => create({ phone_number: '020 7946 0958' }))).toHaveProperty('phone_number')
  })

  test('is told every field that is wrong, in one sentence each', () => {
    const fields = problemsOf(() =>
      create({
        full_name: 7,
        email_address: 'jane',
        phone_number: '12',
        user_identity_key: 'a\u0000b',
        acs_user_id: '7',
      }),
    )
    expect(fields).toEqual({
      full_name: ['The full name must be text.'],
      email_address: ['Enter an email address such as name@example.com.'],
      phone_number: [
        'Enter a complete phone number, with its country code when it is abroad, such as +44 20 7946 0958.',
      ],
      user_identity_key: ['The user identity key must not contain line breaks or other control characters.'],
      acs_user_id: ['acs_user_id must be a UUID.'],
    })
  })
})

describe('each text', () => {
  test.each([
    ['full_name', 200],
    ['user_identity_key', 255],
  ])('%s has at most %i characters', (field, maximum) => {
    expect(create({ [field]: 'x'.repeat(maximum) })).toHaveProperty(field)
    expect(problemsOf(() => create({ [field]: 'x'.repeat(maximum + 1) }))).toHaveProperty(field)
  })

  test('an email address has at most 254', () => {
    const email = (length: number) => `jane@${'x'.repeat(length - 9)}.com`
    expect(create({ email_address: email(254) })).toHaveProperty('email_address')
    expect(problemsOf(() => create({ email_address: email(255) }))).toHaveProperty('email_address')
  })

  test.each(['Jane\u0000Doe', 'Jane\nDoe', 'Jane\u001bDoe', 'Jane\u0085Doe', 'Jane \ud83d', '\udc00 Doe'])(
    'with a control character or half a character is refused: %j',
    (text) => {
      expect(problemsOf(() => create({ full_name: text }))).toHaveProperty('full_name')
      expect(problemsOf(() => create({ user_identity_key: text }))).toHaveProperty('user_identity_key')
    },
  )

  test.each([
    'שרה לוי',
    'محمد \u200fعلي',
    'Sam 👩‍👩‍👧 🗝️',
    '東京 太郎',
    "Robert'); DROP TABLE user_identities;--",
    '<script>alert("x")</script>',
    '{{7*7}}',
    '%_\\',
  ])('in any script, with anything printable, stays as it is: %s', (text) => {
    expect(create({ full_name: text }).full_name).toBe(text)
    expect(create({ user_identity_key: text }).user_identity_key).toBe(text)
  })

  test.each([
    'jane',
    'jane@',
    '@example.com',
    'a b@example.com',
    'jane@exa mple.com',
    'a@b@c',
    'jane@example.com\u0000',
  ])('an email address that is none is refused: %j', (email) => {
    expect(problemsOf(() => create({ email_address: email }))).toHaveProperty('email_address')
  })

  test.each(['jane@example', 'jane+home@example.com', 'josé@exämple.com', "o'neil@example.com", '用户@例子.公司'])(
    'an unusual email address is accepted: %s',
    (email) => {
      expect(create({ email_address: email }).email_address).toBe(email)
    },
  )
})

describe('changes to an identity', () => {
  test('say nothing of what is left out, and null of what is cleared', () => {
    expect(change({ full_name: ' Jane ', email_address: ' ' })).toEqual({
      user_identity_id: id,
      full_name: 'Jane',
      email_address: null,
    })
  })

  test.each([
    [3, 3],
    ['3', 3],
  ])('may name the version that was edited: %j', (given, version) => {
    expect(change({ version: given }).version).toBe(version)
  })

  test.each([true, null, '', 'x', '1e0', ' 1', 1.5, -1, [1], {}, Number.NaN])(
    'name no version such as %j',
    (version) => {
      expect(problemsOf(() => change({ version }))).toEqual({ version: ['The version must be a whole number.'] })
    },
  )

  test.each([undefined, null, '', 'x', 7, [id], `${id} `])('need an identity: %j', (user_identity_id) => {
    expect(problemsOf(() => change({ user_identity_id }))).toEqual({
      user_identity_id: ['user_identity_id must be a UUID.'],
    })
  })
})

test('whatever is given, it is read or refused, never anything else', () => {
  const anything = fastCheck.oneof(fastCheck.string({ unit: 'binary' }), fastCheck.anything())
  const input = fastCheck.record(
    {
      full_name: anything,
      email_address: anything,
      phone_number: anything,
      user_identity_key: anything,
      version: anything,
    },
    { requiredKeys: [] },
  )
  fastCheck.assert(
    fastCheck.property(input, (given) => {
      problemsOf(() => create(given))
      problemsOf(() => change(given))
    }),
    { numRuns: 300 },
  )
})

test('is called by its name, else its email, else its phone, else its key', () => {
  const all = { full_name: 'Jane', email_address: 'j@x.com', phone_number: '+15555550110', user_identity_key: 'k' }
  expect(displayName(all)).toBe('Jane')
  expect(displayName({ ...all, full_name: null })).toBe('j@x.com')
  expect(displayName({ ...all, full_name: null, email_address: null })).toBe('+15555550110')
  expect(displayName({ full_name: null, email_address: null, phone_number: null, user_identity_key: 'k' })).toBe('k')
})
