import { and, eq, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { acsUsers } from '@/db/schema/acs-users'
import { parseInput, uuid } from '@/lib/platform/input'
import { invalidInput } from '@/lib/platform/refusals'

/** How a caller names an ACS user. All that is given must be true of it. */
export type AcsUserTarget = { acs_user_id?: string; acs_system_id?: string; user_identity_id?: string }

const targetSchema = z.object({
  acs_user_id: uuid('acs_user_id').optional(),
  acs_system_id: uuid('acs_system_id').optional(),
  user_identity_id: uuid('user_identity_id').optional(),
})

/**
 * Reads which ACS user is meant: by its id, or by its access system and the identity that it is linked to.
 *
 * @throws Refusal `invalid_input`
 */
export function parseAcsUserTarget(input: unknown): AcsUserTarget {
  const { acs_user_id, acs_system_id, user_identity_id } = parseInput(targetSchema, input)
  if (!acs_user_id && !(acs_system_id && user_identity_id)) {
    throw invalidInput('Send acs_user_id, or acs_system_id and user_identity_id together.', 'acs_user_id')
  }
  return { acs_user_id, acs_system_id, user_identity_id }
}

/** The fields by which an ACS user is named where the access system is known already. */
export const memberFields = {
  acs_user_id: uuid('acs_user_id').optional(),
  user_identity_id: uuid('user_identity_id').optional(),
}

/** The condition under which an ACS user is the one that is meant. */
export function isTarget(workspaceId: string, target: AcsUserTarget): SQL | undefined {
  return and(
    eq(acsUsers.workspaceId, workspaceId),
    target.acs_user_id ? eq(acsUsers.acsUserId, target.acs_user_id) : undefined,
    target.acs_system_id ? eq(acsUsers.acsSystemId, target.acs_system_id) : undefined,
    target.user_identity_id ? eq(acsUsers.userIdentityId, target.user_identity_id) : undefined,
  )
}
