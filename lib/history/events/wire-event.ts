import type { events } from '@/db/schema/events'

/** An event as the API answers it and as webhooks are sent it, by the contract's names. */
export type WireEvent = {
  event_id: string
  event_type: string
  workspace_id: string
  /** ISO 8601, UTC, as all times. */
  created_at: string
  occurred_at: string
  user_identity_id?: string
  acs_system_id?: string
  acs_user_id?: string
  acs_credential_id?: string
  acs_access_group_id?: string
  acs_entrance_id?: string
  connected_account_id?: string
  /** For `….updated`: which fields changed, not what they say: that is for those who may read the person. */
  changed_fields?: string[]
}

/**
 * An event's row as the contract has it. What does not concern an event is left out of it, and so are
 * the names that its row keeps.
 *
 * @param connectedAccountId of the event's access system; null where it has none, or none any more.
 */
export function wireEvent(row: typeof events.$inferSelect, connectedAccountId: string | null): WireEvent {
  const occurredAt = row.occurredAt.toISOString()
  const concerned = {
    user_identity_id: row.userIdentityId,
    acs_system_id: row.acsSystemId,
    acs_user_id: row.acsUserId,
    acs_credential_id: row.acsCredentialId,
    acs_access_group_id: row.acsAccessGroupId,
    acs_entrance_id: row.acsEntranceId,
    connected_account_id: connectedAccountId,
  }
  return {
    event_id: row.eventId,
    event_type: row.eventType,
    workspace_id: row.workspaceId,
    created_at: occurredAt,
    occurred_at: occurredAt,
    ...Object.fromEntries(Object.entries(concerned).filter(([, id]) => id !== null)),
    ...(row.eventType.endsWith('.updated') ? { changed_fields: Object.keys(row.data.changes ?? {}) } : {}),
  }
}
