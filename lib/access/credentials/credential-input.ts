import { z } from 'zod'
import { accessMethods } from '@/db/schema/credentials'
import { blankToNull, moment, uuid } from '@/lib/platform/input'
import { memberFields } from '../acs-user-rows/acs-user-target'

const code = z
  .string({ error: 'The code must be text.' })
  .regex(/^[0-9A-Za-z]{1,30}$/, { error: 'The code must be 1 to 30 digits or letters.' })

const cardNumber = z
  .string({ error: 'The card number must be text.' })
  .trim()
  .regex(/^[0-9A-Za-z][0-9A-Za-z:-]{0,39}$/, {
    error: 'The card number must be 1 to 40 digits or letters, with colons or hyphens between them.',
  })

const endsAt = moment('The end of validity')

/** Input of `createCredential`. */
export const newCredentialSchema = z
  .object({
    ...memberFields,
    acs_system_id: uuid('acs_system_id').optional(),
    access_method: z.enum(accessMethods, { error: `access_method must be one of ${accessMethods.join(', ')}.` }),
    allowed_acs_entrance_ids: z
      .array(uuid('allowed_acs_entrance_ids'), { error: 'allowed_acs_entrance_ids must be a list of UUIDs.' })
      .max(1000, { error: 'Send at most 1000 allowed_acs_entrance_ids.' })
      .default([]),
    code: code.optional(),
    card_number: cardNumber.optional(),
    starts_at: moment('The start of validity').optional(),
    ends_at: endsAt.optional(),
  })
  .refine(({ starts_at, ends_at }) => !starts_at || !ends_at || ends_at > starts_at, {
    error: 'The end of validity must be after its start.',
    path: ['ends_at'],
  })
  .refine(({ access_method, code }) => access_method === 'code' || !code, {
    error: 'Only a credential of access_method code has a code.',
    path: ['code'],
  })
  .refine(({ access_method, card_number }) => access_method === 'card' || !card_number, {
    error: 'Only a credential of access_method card has a card number.',
    path: ['card_number'],
  })
  .refine(({ acs_user_id, acs_system_id }) => acs_user_id || acs_system_id, {
    error:
      'Send acs_user_id, or user_identity_id and acs_system_id, or acs_system_id alone for a credential of nobody.',
    path: ['acs_user_id'],
  })

/** What an ACS user is created with besides what `createAcsUser` takes. */
export const firstCredentialsSchema = z.object({
  card_number: z.preprocess(blankToNull, cardNumber.nullish()),
  code: z.preprocess(blankToNull, code.nullish()),
})

/** Input of `updateCredential`: a field left out stays; an end of null clears it (which the API does not offer). */
export const credentialChangesSchema = z.object({
  acs_credential_id: uuid('acs_credential_id'),
  code: code.optional(),
  ends_at: endsAt.nullish(),
})

/** Input of `assignCredential` and `unassignCredential`. */
export const credentialHolderSchema = z.object({ acs_credential_id: uuid('acs_credential_id'), ...memberFields })

/** Input of `deleteCredential`. */
export const credentialSchema = z.object({ acs_credential_id: uuid('acs_credential_id') })
