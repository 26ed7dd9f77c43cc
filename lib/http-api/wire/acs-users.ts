import { z } from '@hono/zod-openapi'
import type { AcsUserRecord } from '@/lib/access/acs-users/records'
import { vendorOf } from '@/lib/access/system-rows/vendor'
import { isoTime, reportedError, reportedWarning, time, uuid } from './values'

export const acsUserWire = z
  .object({
    acs_user_id: uuid(),
    acs_system_id: uuid(),
    connected_account_id: uuid(),
    display_name: z.string(),
    full_name: z.string().optional(),
    email: z.string().optional().openapi({ deprecated: true }),
    email_address: z.string().optional().openapi({ format: 'email' }),
    phone_number: z.string().optional().openapi({ description: 'E.164; left out where it cannot be known.' }),
    phone_number_as_written: z
      .string()
      .optional()
      .openapi({ description: 'As the access system writes it, where that is not E.164.' }),
    external_type: z.string().optional(),
    external_type_display_name: z.string().optional(),
    is_managed: z.literal(true),
    is_suspended: z.boolean(),
    access_schedule: z.object({ starts_at: time(), ends_at: time().nullable() }).optional(),
    user_identity_id: uuid().optional(),
    user_identity_full_name: z.string().nullable().optional(),
    user_identity_email_address: z.string().nullable().optional(),
    user_identity_phone_number: z.string().nullable().optional(),
    pending_mutations: z.object({}).array(),
    last_successful_sync_at: time().nullable().openapi({
      description: 'Always null: Keyholder holds ACS users itself and synchronizes them with no vendor.',
    }),
    created_at: time(),
    workspace_id: uuid(),
    errors: reportedError.array(),
    warnings: reportedWarning.array(),
  })
  .openapi('AcsUser')

/** An ACS user's record as the contract has it: what is not known is left out. */
export function wireAcsUser({ acsUser, system, identity }: AcsUserRecord): z.input<typeof acsUserWire> {
  const { acsUserType } = vendorOf(system)
  return {
    acs_user_id: acsUser.acsUserId,
    acs_system_id: acsUser.acsSystemId,
    connected_account_id: system.connectedAccountId,
    display_name: acsUser.displayName,
    ...(acsUser.fullName !== null && { full_name: acsUser.fullName }),
    ...(acsUser.emailAddress !== null && { email: acsUser.emailAddress, email_address: acsUser.emailAddress }),
    // The contract's schema has nothing but E.164 here; access systems write what they like.
    ...(acsUser.phoneNumberE164 !== null && { phone_number: acsUser.phoneNumberE164 }),
    ...(acsUser.phoneNumber !== null &&
      acsUser.phoneNumber !== acsUser.phoneNumberE164 && { phone_number_as_written: acsUser.phoneNumber }),
    ...(acsUserType && { external_type: acsUserType.type, external_type_display_name: acsUserType.displayName }),
    is_managed: true,
    is_suspended: acsUser.isSuspended,
    ...((acsUser.accessStartsAt || acsUser.accessEndsAt) && {
      access_schedule: {
        // The contract has no schedule without a beginning.
        starts_at: isoTime(acsUser.accessStartsAt ?? acsUser.createdAt),
        ends_at: acsUser.accessEndsAt && isoTime(acsUser.accessEndsAt),
      },
    }),
    ...(acsUser.userIdentityId !== null &&
      identity && {
        user_identity_id: acsUser.userIdentityId,
        user_identity_full_name: identity.fullName,
        user_identity_email_address: identity.emailAddress,
        user_identity_phone_number: identity.phoneNumber,
      }),
    pending_mutations: [],
    last_successful_sync_at: null,
    created_at: isoTime(acsUser.createdAt),
    workspace_id: acsUser.workspaceId,
    errors: acsUser.errors,
    warnings: acsUser.warnings,
  }
}
