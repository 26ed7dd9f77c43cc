import { z } from '@hono/zod-openapi'
import { acsUserProblems } from '@/lib/access/acs-users/acs-user'
import { profileFieldWords, profileMismatches } from '@/lib/people/identities/profile-mismatch'
import type { LinkedAcsUserRecord, UserIdentityRecord } from '@/lib/people/identities/records'
import { isoTime, time, uuid } from './values'

export const userIdentityWire = z
  .object({
    user_identity_id: uuid(),
    user_identity_key: z.string().nullable(),
    email_address: z.string().nullable().openapi({ format: 'email' }),
    phone_number: z.string().nullable().openapi({ description: 'E.164.' }),
    display_name: z.string().openapi({ description: 'The full name, else the email address, phone number or key.' }),
    full_name: z.string().nullable(),
    created_at: time(),
    workspace_id: uuid(),
    acs_user_ids: uuid().array(),
    errors: z
      .object({
        error_code: z.literal('issue_with_acs_user'),
        message: z.string(),
        acs_user_id: uuid(),
        acs_system_id: uuid(),
        created_at: time(),
      })
      .array()
      .openapi({ description: 'Linked ACS users that cannot open doors, and why.' }),
    warnings: z
      .object({
        warning_code: z.literal('acs_user_profile_does_not_match_user_identity'),
        message: z.string(),
        created_at: time(),
        acs_user_id: uuid(),
        acs_system_id: uuid(),
      })
      .array()
      .openapi({ description: 'Linked ACS users that say something else of the person.' }),
  })
  .openapi('UserIdentity')

/** A user identity's record as the contract has it at a time. */
export function wireUserIdentity(
  { identity, linked }: UserIdentityRecord,
  now: Date,
): z.input<typeof userIdentityWire> {
  return {
    user_identity_id: identity.userIdentityId,
    user_identity_key: identity.userIdentityKey,
    email_address: identity.emailAddress,
    phone_number: identity.phoneNumber,
    display_name: identity.displayName,
    full_name: identity.fullName,
    created_at: identity.createdAt,
    workspace_id: identity.workspaceId,
    acs_user_ids: linked.map(({ acsUserId }) => acsUserId),
    errors: linked.flatMap((acsUser) => wireProblems(acsUser, now)),
    warnings: linked.flatMap((acsUser) => wireDifferences(acsUser, identity)),
  }
}

function wireProblems(acsUser: LinkedAcsUserRecord, now: Date) {
  const problems = acsUserProblems(acsUser, now)
  if (problems.length === 0) return []
  const since =
    acsUser.errors[0]?.created_at ??
    (acsUser.isSuspended ? acsUser.suspendedAt : null) ??
    (acsUser.accessEndsAt && Date.parse(acsUser.accessEndsAt) <= now.getTime() ? acsUser.accessEndsAt : null) ??
    acsUser.createdAt
  return [
    {
      error_code: 'issue_with_acs_user' as const,
      message: `“${acsUser.displayName}”: ${problems.map(({ message }) => message).join(' ')}`,
      acs_user_id: acsUser.acsUserId,
      acs_system_id: acsUser.acsSystemId,
      created_at: isoTime(new Date(since)),
    },
  ]
}

function wireDifferences(acsUser: LinkedAcsUserRecord, identity: UserIdentityRecord['identity']) {
  const differences = profileMismatches(acsUser, identity).filter(({ kind }) => kind === 'differs')
  if (differences.length === 0) return []
  const words = differences.map(
    (difference) =>
      `${profileFieldWords[difference.field]} “${difference.acsUser}” instead of “${difference.identity}”`,
  )
  // Both are written alike, so the later one is the greater text.
  const [, since = ''] = [acsUser.linkedAt, identity.updatedAt].sort()
  return [
    {
      warning_code: 'acs_user_profile_does_not_match_user_identity' as const,
      message: `The ACS user has the ${words.join(', the ')}.`,
      created_at: since,
      acs_user_id: acsUser.acsUserId,
      acs_system_id: acsUser.acsSystemId,
    },
  ]
}
