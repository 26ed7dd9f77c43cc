/** One of an account's passkeys; times are ISO 8601. */
export type PasskeyListItem = {
  passkeyId: string
  /** What its owner calls it. */
  name: string
  createdAt: string
  lastUsedAt: string | null
}
