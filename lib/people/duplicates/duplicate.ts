/** Why two user identities may be one person, in words; the surest first. */
const duplicateReasons = {
  mailbox: 'same mailbox',
  acs_user_email: 'email of the other’s ACS user',
  acs_user_phone: 'phone of the other’s ACS user',
  phone: 'nearly the same phone',
  name: 'same name',
} as const

export type DuplicateReason = keyof typeof duplicateReasons

/** One of two who may be the same person. */
export type LikelyDuplicate = {
  userIdentityId: string
  displayName: string
  fullName: string | null
  emailAddress: string | null
  /** As it is written for people. */
  phoneNumber: string | null
  userIdentityKey: string | null
  createdAt: string
  /** Names of the access systems in which they have an ACS user. */
  linkedIn: string[]
}

/** Two who may be the same person: the one who was there first, and the one who came later. */
export type DuplicatePair = { first: LikelyDuplicate; second: LikelyDuplicate; reasons: DuplicateReason[] }

/** Pairs, newest first. */
export type DuplicateSlice = {
  pairs: DuplicatePair[]
  /** After which person it goes on; null once everybody was looked at. */
  nextCursor: string | null
}

/** Reasons in words, the surest first. */
export function reasonsInWords(reasons: DuplicateReason[]): string[] {
  const known = Object.keys(duplicateReasons) as DuplicateReason[]
  return known.filter((reason) => reasons.includes(reason)).map((reason) => duplicateReasons[reason])
}
