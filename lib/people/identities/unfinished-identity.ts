import { isUuid, lineOfText } from '@/lib/platform/input'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'

/**
 * What can be made of an identity that is still being typed: what is no value yet is null.
 *
 * @param defaultCountry where a phone number without country code is, ISO 3166-1 alpha-2.
 */
export function readUnfinishedIdentity(given: URLSearchParams, defaultCountry: string) {
  const text = (name: string, maximum: number) => lineOfText(name, maximum).safeParse(given.get(name)).data ?? null
  const phoneNumber = text('phone_number', 40)
  const fullName = text('full_name', 200)
  const except = given.get('except')
  return {
    // One or two letters are nearly everybody's name.
    fullName: fullName && fullName.length >= 3 ? fullName : null,
    emailAddress: text('email_address', 254),
    phoneNumber: phoneNumber && toE164(phoneNumber, defaultCountry),
    userIdentityKey: text('user_identity_key', 255),
    except: except && isUuid(except) ? except : null,
  }
}
