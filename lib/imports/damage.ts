import { toE164 } from '@/lib/platform/phone-numbers/phone-number'

const scientific = /^[+-]?\d+([.,]\d+)?E\+?\d+$/i
const spreadsheetError = /^(#+|#(NAME|REF|VALUE|DIV\/0|N\/A|NULL|NUM)[?!]?)$/i

/**
 * Names what a spreadsheet did to a cell, with what to do about it; null where nothing is noticed.
 *
 * @param defaultCountry where a phone number without country code is, ISO 3166-1 alpha-2.
 */
export function nameDamage(field: string, cell: string, defaultCountry: string): string | null {
  const text = cell.trim()
  if (spreadsheetError.test(text)) {
    return `“${text}” is what a spreadsheet writes where it shows no value. Enter the value itself.`
  }
  if (text.includes('\uFFFD')) {
    return `Letters of “${text}” were lost when the file was saved. Save it again as CSV UTF-8.`
  }
  if (field === 'user_identity_key' && scientific.test(text)) {
    return `A spreadsheet has shortened this key to ${text}. Format the column as text and enter the whole key.`
  }
  return field === 'phone_number' ? nameDamagedPhone(text, defaultCountry) : null
}

function nameDamagedPhone(text: string, defaultCountry: string): string | null {
  if (scientific.test(text)) {
    return `A spreadsheet has shortened this phone number to ${text}, and its last digits are lost. Format the column as text and enter the whole number.`
  }
  const digits = text.replace(/[\s().-]/g, '').replace(/\.0$/, '')
  // What has a plus, as most have, need not be read twice.
  if (!/^\d{6,15}$/.test(digits) || toE164(text, defaultCountry)) return null
  if (toE164(`+${digits}`, defaultCountry)) {
    return `This phone number seems to have lost its leading plus. If it is meant, write +${digits}.`
  }
  if (toE164(`0${digits}`, defaultCountry)) {
    return `This phone number seems to have lost its leading zero. If it is meant, write 0${digits}.`
  }
  return null
}
