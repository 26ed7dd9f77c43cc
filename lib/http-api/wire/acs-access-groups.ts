import { z } from '@hono/zod-openapi'
import type { AccessGroupRecord } from '@/lib/access/groups/records'
import { vendorOf } from '@/lib/access/system-rows/vendor'
import { isoTime, reportedWarning, time, uuid } from './values'

export const acsAccessGroupWire = z
  .object({
    acs_access_group_id: uuid(),
    acs_system_id: uuid(),
    connected_account_id: uuid(),
    name: z.string(),
    display_name: z.string(),
    external_type: z.string(),
    external_type_display_name: z.string(),
    access_group_type: z.string().openapi({ deprecated: true }),
    access_group_type_display_name: z.string().openapi({ deprecated: true }),
    is_managed: z.literal(true),
    created_at: time(),
    workspace_id: uuid(),
    errors: reportedWarning.array(),
    warnings: reportedWarning.array(),
  })
  .openapi('AcsAccessGroup')

/** The most general of the contract's words, for vendors whose groups it has no word for. */
const anyGroup = { type: 'pti_access_level', displayName: 'Access level' }

/** An access group's record as the contract has it. */
export function wireAcsAccessGroup({ group, system }: AccessGroupRecord): z.input<typeof acsAccessGroupWire> {
  const { type, displayName } = vendorOf(system).accessGroupType ?? anyGroup
  return {
    acs_access_group_id: group.acsAccessGroupId,
    acs_system_id: group.acsSystemId,
    connected_account_id: system.connectedAccountId,
    name: group.name,
    display_name: group.name,
    external_type: type,
    external_type_display_name: displayName,
    access_group_type: type,
    access_group_type_display_name: displayName,
    is_managed: true,
    created_at: isoTime(group.createdAt),
    workspace_id: group.workspaceId,
    errors: [],
    warnings: [],
  }
}
