import { z } from '@hono/zod-openapi'
import { accessMethods } from '@/db/schema/credentials'
import { cardNumberOf, codeOf } from '@/lib/access/acs-user-rows/credential-secrets'
import type { CredentialRecord } from '@/lib/access/credentials/records'
import { vendorOf } from '@/lib/access/system-rows/vendor'
import { isoTime, reportedError, reportedWarning, time, uuid } from './values'

export const acsCredentialWire = z
  .object({
    acs_credential_id: uuid(),
    acs_system_id: uuid(),
    connected_account_id: uuid(),
    acs_user_id: uuid().optional(),
    user_identity_id: uuid().optional(),
    access_method: z.enum(accessMethods),
    display_name: z.string(),
    external_type: z.string().optional(),
    external_type_display_name: z.string().optional(),
    code: z.string().nullable().optional(),
    card_number: z.string().nullable().optional(),
    starts_at: time().optional(),
    ends_at: time().optional(),
    is_issued: z.boolean(),
    issued_at: time().nullable(),
    is_managed: z.literal(true),
    is_multi_phone_sync_credential: z.boolean(),
    created_at: time(),
    workspace_id: uuid(),
    errors: reportedError.array(),
    warnings: reportedWarning.array(),
  })
  .openapi('AcsCredential')

/** A credential's record as the contract has it: what does not concern it is left out. */
export function wireAcsCredential(record: CredentialRecord): z.input<typeof acsCredentialWire> {
  const { credential, system, userIdentityId } = record
  const { credentialType } = vendorOf(system)
  return {
    acs_credential_id: credential.acsCredentialId,
    acs_system_id: credential.acsSystemId,
    connected_account_id: system.connectedAccountId,
    ...(credential.acsUserId !== null && { acs_user_id: credential.acsUserId }),
    ...(userIdentityId !== null && { user_identity_id: userIdentityId }),
    access_method: credential.accessMethod,
    display_name: credential.displayName,
    ...(credentialType && {
      external_type: credentialType.type,
      external_type_display_name: credentialType.displayName,
    }),
    ...(credential.accessMethod === 'code' && { code: codeOf(credential) }),
    ...(credential.accessMethod === 'card' && { card_number: cardNumberOf(credential) }),
    ...(credential.startsAt && { starts_at: isoTime(credential.startsAt) }),
    ...(credential.endsAt && { ends_at: isoTime(credential.endsAt) }),
    is_issued: credential.isIssued,
    issued_at: credential.issuedAt && isoTime(credential.issuedAt),
    is_managed: true,
    is_multi_phone_sync_credential: false,
    created_at: isoTime(credential.createdAt),
    workspace_id: credential.workspaceId,
    errors: credential.errors,
    warnings: credential.warnings,
  }
}
