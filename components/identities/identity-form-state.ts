import type { RefusalValue } from '@/lib/platform/refusals'

export const fieldNames = ['full_name', 'email_address', 'phone_number', 'user_identity_key'] as const
export type FieldName = (typeof fieldNames)[number]

export type IdentityFormValues = Record<FieldName, string>

/** What a refused save gives back: the values as typed, and why. */
export type IdentityFormState = { given: IdentityFormValues; refusal: RefusalValue } | null
