import fastCheck from 'fast-check'
import { getCountries } from 'libphonenumber-js/min'
import { describe, expect, test } from 'vitest'
import { formatPhoneNumber, needsCountry, toE164 } from './phone-number'

describe('reading a phone number', () => {
  test.each([
    ['(555) 555-0110', 'US', '+15555550110'],
    ['555.555.0110', 'US', '+15555550110'],
    ['1 555 555 0110', 'US', '+15555550110'],
    [' +1 555-555-0110 ', 'GB', '+15555550110'],
    ['011 44 20 7946 0958', 'US', '+442079460958'],
    ['0044 20 7946 0958', 'DE', '+442079460958'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['+44 (0)20 7946 0958', 'US', '+442079460958'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['٠١٠٠ ١٢٣ ٤٥٦٧', 'EG', '+201001234567'],
  ])('%j in %s is %s', (written, country, e164) => {
    expect(toE164(written, country)).toBe(e164)
  })

  test.each([
    ['', 'US'],
    ['555', 'US'],
    ['555-0110', 'US'],
    ['call me', 'US'],
    ['+1 555 555 0110 ext. 12', 'US'],
    ['+1 555 555 0110 or +1 555 555 0111', 'US'],
    ['12345678901234567890', 'US'],
    ['(555) 555-0110', 'ZZ'],
    ['<script>5555550110</script>', 'US'],
    ["5555550110'; drop table users; --", 'US'],
  ])('%j in %s is none', (written, country) => {
    expect(toE164(written, country)).toBeNull()
  })

  test('a number with country code is the same in every country', () => {
    for (const country of getCountries()) expect(toE164('+15555550110', country)).toBe('+15555550110')
  })
})

describe('whatever is written', () => {
  const country = fastCheck.constantFrom(...getCountries(), 'ZZ', '')
  const written = fastCheck.oneof(
    fastCheck.string({ unit: 'binary', maxLength: 40 }),
    fastCheck.string({ unit: fastCheck.constantFrom(...'0123456789+-(). ;ext=*#'), maxLength: 40 }),
    fastCheck.bigInt({ min: 0n, max: 10n ** 16n }).map((digits) => `+${digits}`),
  )

  test('it is E.164 as the database demands it, or none', () => {
    fastCheck.assert(
      fastCheck.property(written, country, (text, where) => {
        const e164 = toE164(text, where)
        if (e164 !== null) expect(e164).toMatch(/^\+[1-9][0-9]{1,14}$/)
      }),
      { numRuns: 1000 },
    )
  })

  test('what needs no country is read alike in each, and what does is told', () => {
    fastCheck.assert(
      fastCheck.property(written, country, country, (text, where, elsewhere) => {
        fastCheck.pre(!needsCountry(text))
        expect(toE164(text, where)).toBe(toE164(text, elsewhere))
      }),
      { numRuns: 1000 },
    )
    expect(['020 7946 0958', '0044 20 7946 0958'].map(needsCountry)).toEqual([true, true])
    expect(['+44 20 7946 0958', ' +1 555 555 0110', ' ', ''].map(needsCountry)).toEqual([false, false, false, false])
  })

  test('what is shown is read as the same number again, in any country', () => {
    fastCheck.assert(
      fastCheck.property(written, country, country, (text, where, elsewhere) => {
        const e164 = toE164(text, where)
        fastCheck.pre(e164 !== null)
        expect(toE164(formatPhoneNumber(e164), elsewhere)).toBe(e164)
      }),
      { numRuns: 300 },
    )
  })
})

test('what is no possible number once its country is written out is none', () => {
  expect(toE164('0000000', 'CA')).toBeNull()
})

describe('showing a phone number', () => {
  test.each([
    ['+15555550110', '+1 555 555 0110'],
    ['+442079460958', '+44 20 7946 0958'],
    ['not a number', 'not a number'],
    ['', ''],
  ])('%j is shown as %j', (stored, shown) => {
    expect(formatPhoneNumber(stored)).toBe(shown)
  })
})
