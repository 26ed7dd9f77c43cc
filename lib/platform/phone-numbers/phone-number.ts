import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The plus sign and 15 digits. */
const longestE164 = 16

/**
 * Reads a phone number as people write it.
 *
 * @param written any punctuation, with or without country code.
 * @param defaultCountry ISO 3166-1 alpha-2; where a number without country code is.
 * @returns E.164, or null when it cannot be a phone number. Fictitious numbers (555) are accepted:
 *   the length is checked, not whether a carrier has assigned it.
 */
export function toE164(written: string, defaultCountry: string): string | null {
  const country = isSupportedCountry(defaultCountry) ? (defaultCountry as CountryCode) : undefined
  const parsed = parsePhoneNumberFromString(written.trim(), { defaultCountry: country, extract: false })
  if (!parsed?.isPossible() || parsed.ext || parsed.number.length > longestE164) return null
  // What the library reads of nonsense such as "+49 000…" is not always what it reads of its own result.
  const again = parsePhoneNumberFromString(parsed.formatInternational())
  return again?.isPossible() && again.number === parsed.number ? parsed.number : null
}

/** Whether it depends on the country how a phone number is read: not where it begins with a country code. */
export function needsCountry(written: string): boolean {
  return !/^\s*(\+|$)/.test(written)
}

// Lists show the same numbers again and again, and to read one takes longer than all else of its row.
const formatted = new Map<string, string>()
const mostFormatted = 10_000

/** An E.164 number as it is read: "+1 555 555 0110". Anything else is given back as it is. */
export function formatPhoneNumber(e164: string): string {
  const known = formatted.get(e164)
  if (known !== undefined) return known
  const readable = parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
  if (formatted.size >= mostFormatted) formatted.clear()
  formatted.set(e164, readable)
  return readable
}
