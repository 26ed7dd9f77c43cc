/** What an ACS user's profile and an identity's have in common, by the contract's names. */
export const profileFields = ['full_name', 'email_address', 'phone_number'] as const
export type ProfileField = (typeof profileFields)[number]

/** Each field in a word, for sentences. */
export const profileFieldWords: Record<ProfileField, string> = {
  full_name: 'name',
  email_address: 'email',
  phone_number: 'phone',
}

export type IdentityProfile = { fullName: string | null; emailAddress: string | null; phoneNumber: string | null }
/** A phone number is as the access system writes it; in E.164 where it can be read as one. */
export type AcsUserProfile = IdentityProfile & { phoneNumberE164: string | null }

/**
 * A field in which an ACS user is not as its identity. What only one side has contradicts nothing: it
 * is missing on the other.
 */
export type ProfileMismatch = {
  field: ProfileField
  kind: 'differs' | 'missing_in_acs_user' | 'missing_in_identity'
  acsUser: string | null
  identity: string | null
}

/** Where an ACS user's profile and an identity's say different things, or one says nothing. */
export function profileMismatches(acsUser: AcsUserProfile, identity: IdentityProfile): ProfileMismatch[] {
  const phone = acsUser.phoneNumber ?? acsUser.phoneNumberE164
  return [
    mismatch('full_name', acsUser.fullName, identity.fullName),
    mismatch('email_address', acsUser.emailAddress, identity.emailAddress),
    mismatch('phone_number', phone, identity.phoneNumber, acsUser.phoneNumberE164),
  ].filter((found) => found !== null)
}

/** @param comparable what the ACS user's value is compared as, where it is not as it is written. */
function mismatch(
  field: ProfileField,
  acsUser: string | null,
  identity: string | null,
  comparable: string | null = null,
): ProfileMismatch | null {
  if (isSameValue(field, comparable ?? acsUser, identity)) return null
  const kind = isAbsent(acsUser) ? 'missing_in_acs_user' : isAbsent(identity) ? 'missing_in_identity' : 'differs'
  return { field, kind, acsUser, identity }
}

/**
 * Whether two values of a field say the same: an email address in any case, a name however its letters
 * are composed and spaced. Phone numbers are compared as they are given, in E.164.
 */
export function isSameValue(field: ProfileField, one: string | null, other: string | null): boolean {
  return one === other || comparable(field, one) === comparable(field, other)
}

function comparable(field: ProfileField, value: string | null): string {
  const spaced = (value ?? '').normalize('NFC').trim()
  if (field === 'email_address') return spaced.toLowerCase()
  return field === 'full_name' ? spaced.replace(/\s+/g, ' ') : spaced
}

const isAbsent = (value: string | null) => (value ?? '').trim() === ''

/** “Name and phone differ”: the fields that contradict, in words; null where none does. */
export function mismatchInWords(mismatches: ProfileMismatch[]): string | null {
  const words = mismatches.filter(({ kind }) => kind === 'differs').map(({ field }) => profileFieldWords[field])
  if (words.length === 0) return null
  const listed = new Intl.ListFormat('en').format(words)
  return `${listed.charAt(0).toUpperCase()}${listed.slice(1)} ${words.length === 1 ? 'differs' : 'differ'}`
}
