import { z } from '@hono/zod-openapi'
import type { EntranceRecord } from '@/lib/access/entrances/records'
import { isoTime, reportedError, time, uuid } from './values'

export const acsEntranceWire = z
  .object({
    acs_entrance_id: uuid(),
    acs_system_id: uuid(),
    connected_account_id: uuid(),
    display_name: z.string(),
    can_unlock_with_mobile_key: z.boolean(),
    can_unlock_with_card: z.boolean(),
    can_unlock_with_code: z.boolean(),
    space_ids: uuid().array(),
    created_at: time(),
    workspace_id: uuid(),
    errors: reportedError.array(),
    warnings: reportedError.array(),
  })
  .openapi('AcsEntrance')

/** An entrance's record as the contract has it. */
export function wireAcsEntrance({ entrance, connectedAccountId }: EntranceRecord): z.input<typeof acsEntranceWire> {
  return {
    acs_entrance_id: entrance.acsEntranceId,
    acs_system_id: entrance.acsSystemId,
    connected_account_id: connectedAccountId,
    display_name: entrance.displayName,
    can_unlock_with_mobile_key: entrance.canUnlockWithMobileKey,
    can_unlock_with_card: entrance.canUnlockWithCard,
    can_unlock_with_code: entrance.canUnlockWithCode,
    // Keyholder has no spaces, and access systems report nothing about single doors.
    space_ids: [],
    created_at: isoTime(entrance.createdAt),
    workspace_id: entrance.workspaceId,
    errors: [],
    warnings: [],
  }
}
