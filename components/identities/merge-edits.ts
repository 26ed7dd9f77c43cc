import type { IdentityFormState, IdentityFormValues } from './identity-form-state'

/**
 * Brings together two edits of the same base: what only one of them changed is taken from it; where both
 * did, mine stays and theirs is named.
 */
export function mergeEdits(
  base: IdentityFormValues,
  mine: IdentityFormValues,
  theirs: IdentityFormValues,
): { values: IdentityFormValues; contested: Partial<IdentityFormValues> } {
  const fields = Object.keys(base) as (keyof IdentityFormValues)[]
  const values = { ...mine }
  const contested: Partial<IdentityFormValues> = {}
  for (const field of fields) {
    if (theirs[field] === base[field]) continue
    if (mine[field] === base[field]) values[field] = theirs[field]
    else if (mine[field] !== theirs[field]) contested[field] = theirs[field]
  }
  return { values, contested }
}

/** What a refused save says was saved by somebody else; null for any other outcome. */
export function savedMeanwhile(state: IdentityFormState): { version: string; values: IdentityFormValues } | null {
  const data = state?.refusal.data
  if (!data?.newer_version) return null
  return {
    version: data.newer_version,
    values: {
      full_name: data.saved_full_name ?? '',
      email_address: data.saved_email_address ?? '',
      phone_number: data.saved_phone_number ?? '',
      user_identity_key: data.saved_user_identity_key ?? '',
    },
  }
}
