import { getCountries } from 'libphonenumber-js/min'

/** The countries whose phone numbers can be read, by their names: ISO 3166-1 alpha-2 and the name in English. */
export function listCountries(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return getCountries()
    .map((code) => ({ code: code as string, name: names.of(code) ?? code }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}
