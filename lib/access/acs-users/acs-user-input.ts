import { z } from 'zod'
import { emailAddress, lineOfText, moment, uuid } from '@/lib/platform/input'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'

/** The profile of an ACS user, each part of which may be left out. */
export const profileFields = {
  full_name: lineOfText('The full name', 200).optional(),
  email_address: emailAddress().optional(),
  phone_number: lineOfText('The phone number', 40).optional(),
}

const details = {
  ...profileFields,
  /** The older name of `email_address`. */
  email: emailAddress().optional(),
}

const startsAt = moment('The start of access')
const endsAt = moment('The end of access')

const saysOneEmail = (input: { email?: string; email_address?: string }) =>
  !input.email || !input.email_address || input.email === input.email_address

const twoEmails = { error: 'Send email_address alone: email is its older name, and the two differ.', path: ['email'] }

/** Why a schedule is refused that ends before it starts. */
export const endsLater = { error: 'The end of access must be after its start.', path: ['ends_at'] }

/** Input of `createAcsUser`. A schedule that does not say when it starts, starts now. */
export const newAcsUserSchema = z
  .object({
    ...details,
    acs_system_id: uuid('acs_system_id'),
    full_name: lineOfText('The full name', 200),
    access_schedule: z
      .object({ starts_at: startsAt.optional(), ends_at: endsAt.nullish() })
      .transform(({ starts_at = new Date(), ends_at = null }) => ({ starts_at, ends_at }))
      .refine(({ starts_at, ends_at }) => !ends_at || ends_at > starts_at, endsLater)
      .optional(),
    acs_access_group_ids: z
      .array(uuid('acs_access_group_ids'), { error: 'acs_access_group_ids must be a list of UUIDs.' })
      .max(100, { error: 'Send at most 100 acs_access_group_ids.' })
      .default([]),
    user_identity_id: uuid('user_identity_id').optional(),
  })
  .refine(saysOneEmail, twoEmails)

/**
 * Input of `updateAcsUser`, beside which ACS user is meant. A field left out stays; a
 * schedule of null is cleared, and either end of it may be open (which the API does not offer).
 */
export const acsUserChangesSchema = z
  .object({
    ...details,
    access_schedule: z
      .object({ starts_at: startsAt.nullable(), ends_at: endsAt.nullable() })
      .refine(({ starts_at, ends_at }) => !starts_at || !ends_at || ends_at > starts_at, endsLater)
      .nullish(),
  })
  .refine(saysOneEmail, twoEmails)

/**
 * A phone number's two columns: as it is written, and in E.164 where it can be read as a number, for
 * access systems hold what is none too.
 *
 * @param defaultCountry where a phone number without country code is, ISO 3166-1 alpha-2.
 */
export function phoneColumns(written: string, defaultCountry: string) {
  return { phoneNumber: written, phoneNumberE164: toE164(written, defaultCountry) }
}
