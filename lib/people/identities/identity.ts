import { z } from 'zod'
import { blankToNull, emailAddress, lineOfText, uuid } from '@/lib/platform/input'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'

/** The four characteristics of a user identity, by their names in the contract. */
export type IdentityCharacteristics = {
  full_name: string | null
  email_address: string | null
  phone_number: string | null
  user_identity_key: string | null
}

/** Of whom nothing is known yet. */
export const nobody: IdentityCharacteristics = {
  full_name: null,
  email_address: null,
  phone_number: null,
  user_identity_key: null,
}

const atLeastOne =
  'Enter a full name, an email address, a phone number or a user identity key: an identity needs at least one of them.'

/** Schemas are made once for each country: making one takes many times as long as reading by it. */
function onceForEachCountry<Schema>(make: (defaultCountry: string) => Schema): (defaultCountry: string) => Schema {
  const made = new Map<string, Schema>()
  return (defaultCountry) => {
    const schema = made.get(defaultCountry) ?? make(defaultCountry)
    made.set(defaultCountry, schema)
    return schema
  }
}

const fullName = lineOfText('The full name', 200)
const email = emailAddress()

const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankToNull, schema.nullish())

/**
 * What a user identity is created from or changed to. Blank fields mean "none". The phone number
 * may be written any way; it comes out in E.164.
 *
 * @param defaultCountry where a phone number without country code is, ISO 3166-1 alpha-2.
 */
export const characteristicsSchema = onceForEachCountry((defaultCountry) =>
  z.object({
    full_name: optional(fullName),
    email_address: optional(email),
    phone_number: optional(
      lineOfText('The phone number', 40).transform((written, context) => {
        const e164 = toE164(written, defaultCountry)
        if (!e164) {
          context.addIssue({
            code: 'custom',
            message:
              'Enter a complete phone number, with its country code when it is abroad, such as +44 20 7946 0958.',
          })
          return z.NEVER
        }
        return e164
      }),
    ),
    user_identity_key: optional(lineOfText('The user identity key', 255)),
  }),
)

/** Input of `createUserIdentity`: at least one characteristic, and what else to do in the same step. */
export const newIdentitySchema = onceForEachCountry((defaultCountry) =>
  characteristicsSchema(defaultCountry)
    .extend({
      /** An ACS user to attach to the new identity. */
      acs_user_id: z.preprocess(blankToNull, uuid('acs_user_id').nullish()),
      /** Access systems in which the new identity gets an ACS user. */
      acs_system_ids: z
        .array(uuid('acs_system_ids'), { error: 'acs_system_ids must be a list of UUIDs.' })
        .max(100, { error: 'Send at most 100 acs_system_ids.' })
        .optional(),
    })
    .refine((input) => input.full_name || input.email_address || input.phone_number || input.user_identity_key, {
      error: atLeastOne,
      path: ['full_name'],
    }),
)

/** Input of `addAcsUserToUserIdentity`: the identity by its id or by its key. */
export const addAcsUserSchema = z
  .object({
    acs_user_id: uuid('acs_user_id'),
    user_identity_id: uuid('user_identity_id').optional(),
    user_identity_key: lineOfText('The user identity key', 255).optional(),
  })
  .refine(({ user_identity_id, user_identity_key }) => !user_identity_id !== !user_identity_key, {
    error: 'Send either user_identity_id or user_identity_key.',
    path: ['user_identity_id'],
  })

/**
 * The characteristics of an identity that is made from an ACS user. Access systems hold what is no
 * email address or no phone number too: that is left out.
 */
export function characteristicsOfAcsUser(
  acsUser: { fullName: string | null; emailAddress: string | null; phoneNumberE164: string | null },
  userIdentityKey: string | null,
): IdentityCharacteristics {
  return {
    full_name: fullName.safeParse(acsUser.fullName).data ?? null,
    email_address: email.safeParse(acsUser.emailAddress).data ?? null,
    phone_number: acsUser.phoneNumberE164,
    user_identity_key: userIdentityKey,
  }
}

const wholeNumber = 'The version must be a whole number.'

/** A form sends the version as text. */
const version = z.preprocess(
  (given) => (typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given),
  z.int({ error: wholeNumber }).min(0, { error: wholeNumber }),
)

/**
 * Input of `updateUserIdentity`: a characteristic left out stays, null clears it. `version` is the
 * one the editor saw; left out, the newest is edited.
 */
export const identityChangesSchema = onceForEachCountry((defaultCountry) =>
  characteristicsSchema(defaultCountry).extend({
    user_identity_id: uuid('user_identity_id'),
    version: version.optional(),
  }),
)

const profileValues = z.object({
  full_name: z.string({ error: 'The full name must be text.' }).optional(),
  email_address: z.string({ error: 'The email address must be text.' }).optional(),
  phone_number: z.string({ error: 'The phone number must be text.' }).optional(),
})

/**
 * Input of `alignProfiles`: what to write to the identity and to each ACS user. The commands that write
 * it hold the values to their rules.
 */
export const alignmentSchema = z.object({
  user_identity_id: uuid('user_identity_id'),
  version,
  identity: profileValues.default({}),
  acs_users: z
    .array(profileValues.extend({ acs_user_id: uuid('acs_user_id') }), { error: 'acs_users must be a list.' })
    .max(100, { error: 'Send at most 100 acs_users.' })
    .default([]),
})

/** What an identity is called: its full name, else email, else phone, else key. The database derives the same. */
export function displayName(identity: IdentityCharacteristics): string {
  return identity.full_name ?? identity.email_address ?? identity.phone_number ?? identity.user_identity_key ?? ''
}

export { atLeastOne as identityNeedsCharacteristic }
