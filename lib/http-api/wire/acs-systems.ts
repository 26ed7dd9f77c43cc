import { z } from '@hono/zod-openapi'
import { vendorOf } from '@/lib/access/system-rows/vendor'
import type { AccessSystemRecord } from '@/lib/access/systems/records'
import { vendorImageUrl } from '../vendor-image'
import { isoTime, reportedError, reportedWarning, time, uuid } from './values'

export const acsSystemWire = z
  .object({
    acs_system_id: uuid(),
    name: z.string(),
    external_type: z.string().optional().openapi({ description: 'Left out for a system that is kept by hand.' }),
    external_type_display_name: z.string(),
    system_type: z.string().optional().openapi({ deprecated: true }),
    system_type_display_name: z.string().openapi({ deprecated: true }),
    connected_account_id: uuid(),
    connected_account_ids: uuid().array().openapi({ deprecated: true }),
    is_credential_manager: z.boolean(),
    location: z.object({ time_zone: z.string().nullable() }),
    image_url: z.string(),
    image_alt_text: z.string(),
    acs_user_count: z.number(),
    acs_access_group_count: z.number(),
    created_at: time(),
    workspace_id: uuid(),
    errors: reportedError.array(),
    warnings: reportedWarning.array(),
  })
  .openapi('AcsSystem')

/** An access system's record as the contract has it. */
export function wireAcsSystem(
  { system, acsUserCount, accessGroupCount }: AccessSystemRecord,
  apiUrl: string,
): z.input<typeof acsSystemWire> {
  const { displayName } = vendorOf(system)
  return {
    acs_system_id: system.acsSystemId,
    name: system.name,
    ...(system.externalType !== null && { external_type: system.externalType, system_type: system.externalType }),
    external_type_display_name: displayName,
    system_type_display_name: displayName,
    connected_account_id: system.connectedAccountId,
    connected_account_ids: [system.connectedAccountId],
    is_credential_manager: system.isCredentialManager,
    location: { time_zone: system.timeZone },
    image_url: vendorImageUrl(apiUrl, system),
    image_alt_text: displayName,
    acs_user_count: acsUserCount,
    acs_access_group_count: accessGroupCount,
    created_at: isoTime(system.createdAt),
    workspace_id: system.workspaceId,
    errors: system.errors,
    warnings: system.warnings,
  }
}
