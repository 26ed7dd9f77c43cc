import { z } from 'zod'
import { parseInput, uuid } from '@/lib/platform/input'

const side = z.enum(['survivor', 'merged'], { error: 'Choose whose value survives: survivor or merged.' }).optional()
const wholeNumber = z.int({ error: 'The version must be a whole number.' }).optional()

const mergeSchema = z
  .object({
    survivor_id: uuid('survivor_id'),
    merged_id: uuid('merged_id'),
    /** What the admin saw of both; left out, the newest is merged. */
    survivor_version: wholeNumber,
    merged_version: wholeNumber,
    full_name: side,
    email_address: side,
    phone_number: side,
    user_identity_key: side,
    keep_acs_user_ids: z
      .array(uuid('keep_acs_user_ids'), { error: 'keep_acs_user_ids must be a list of UUIDs.' })
      .max(100, { error: 'Send at most 100 keep_acs_user_ids.' })
      .default([]),
  })
  .refine(({ survivor_id, merged_id }) => survivor_id !== merged_id, {
    error: 'Choose two different people to merge.',
    path: ['merged_id'],
  })

/**
 * Reads which two to merge, and how.
 *
 * @throws Refusal `invalid_input`
 */
export const parseMerge = (input: unknown) => parseInput(mergeSchema, input)
