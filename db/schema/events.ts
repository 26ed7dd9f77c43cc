import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { oneOf, type ReportedError, type ReportedWarning } from './columns'
import { ofOneWorkspaceOrServer } from './wall'
import { workspaces } from './workspaces'

export const actorKinds = ['member', 'api_key', 'import', 'system'] as const

/** What changed and the names of what it concerned, as they were then. */
export type EventData = {
  user_identity_name?: string
  acs_user_name?: string
  acs_system_name?: string
  acs_access_group_name?: string
  acs_entrance_name?: string
  /** Field by field, before and after. */
  changes?: Record<string, { from: string | null; to: string | null }>
  /** For a merge and for its undo: who was merged, as they were then. */
  merged?: {
    user_identity_id: string
    name: string
    into_user_identity_id: string
    into_name: string
    full_name: string | null
    email_address: string | null
    phone_number: string | null
    user_identity_key: string | null
    moves_out_at: string | null
    version: number
    created_at: string
    /** Of whom it had been said that they are somebody else. */
    distinct_from: string[]
  }
  /** For two people who look like one: the other of them. */
  other_person?: { user_identity_id: string; name: string }
  /** For a deletion: what went with it. */
  deleted?: { acs_users: number; acs_credentials: number }
  /** For what concerns a member: who, and the role that they have, had or shall have. */
  member?: { user_id: string | null; name: string; role: string; has_left?: boolean }
  /** For a webhook that was switched off or on. */
  webhook?: { webhook_id: string; host: string }
  /** For a creation: whether it brings back what was deleted. */
  is_restored?: boolean
  /** For the deletion of an identity and for what brings it back: all that it was. */
  identity?: {
    full_name: string | null
    email_address: string | null
    phone_number: string | null
    user_identity_key: string | null
    moves_out_at: string | null
    version: number
    created_at: string
    /** Of whom it had been said that they are somebody else. */
    distinct_from: string[]
    /** Who had been merged into it, and into whom first. */
    stands_for: { merged_id: string; into_id: string; merged_at: string }[]
  }
  /** For the deletion of an ACS user and for what brings it back: all that it was, but for whose and its credentials. */
  acs_user?: {
    full_name: string | null
    email_address: string | null
    phone_number: string | null
    phone_number_e164: string | null
    is_suspended: boolean
    suspended_at: string | null
    access_starts_at: string | null
    access_ends_at: string | null
    not_a_person_at: string | null
    not_a_person_by: string | null
    errors: ReportedError[]
    warnings: ReportedWarning[]
    version: number
    created_at: string
    acs_access_group_ids: string[]
    acs_entrance_ids: string[]
  }
  /** For a credential that was issued or deleted: what it was. Never its code. */
  credential?: {
    access_method: 'mobile_key' | 'card' | 'code'
    display_name: string
    starts_at: string | null
    ends_at: string | null
    is_issued: boolean
    issued_at: string | null
    acs_entrance_ids: string[]
    /** Whether it was deleted because its ACS user was. */
    went_with_acs_user?: boolean
  }
  /** For an access system that was removed: all that it was, but for its ACS users. */
  acs_system?: {
    vendor_name: string | null
    time_zone: string | null
    connected_account_id: string
    created_at: string
    acs_entrances: {
      acs_entrance_id: string
      display_name: string
      can_unlock_with_mobile_key: boolean
      can_unlock_with_card: boolean
      can_unlock_with_code: boolean
      created_at: string
    }[]
    acs_access_groups: { acs_access_group_id: string; name: string; created_at: string; acs_entrance_ids: string[] }[]
  }
  /** For an entrance that was removed: what it was, and what opened it. */
  acs_entrance?: {
    can_unlock_with_mobile_key: boolean
    can_unlock_with_card: boolean
    can_unlock_with_code: boolean
    created_at: string
    acs_access_group_ids: string[]
    acs_user_ids: string[]
    acs_credential_ids: string[]
  }
  /** For an access group that was removed: what it opened. Its ACS users left it one by one. */
  acs_access_group?: { created_at: string; acs_entrance_ids: string[] }
  /** For a task that was ticked off or reopened: which one, and what it asks to do. */
  task?: { event_id: string; to_do: string }
  /** For the loss of all entrances: what opened them. */
  revoked?: {
    acs_access_group_ids: string[]
    acs_entrance_ids: string[]
    credential_entrances: { acs_credential_id: string; acs_entrance_id: string }[]
  }
}

/**
 * A fact that happened, append-only (a trigger refuses updates and deletes). Ids point at what it
 * concerned without foreign keys: a deleted person's history stays readable.
 */
export const events = pgTable(
  'events',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId),
    eventId: uuid('event_id').notNull(),
    eventType: text('event_type').notNull(),
    occurredAt: timestamp('occurred_at', { withTimezone: true }).notNull().defaultNow(),
    actorKind: text('actor_kind', { enum: actorKinds }).notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    userIdentityId: uuid('user_identity_id'),
    acsSystemId: uuid('acs_system_id'),
    acsUserId: uuid('acs_user_id'),
    acsCredentialId: uuid('acs_credential_id'),
    acsAccessGroupId: uuid('acs_access_group_id'),
    acsEntranceId: uuid('acs_entrance_id'),
    requestId: text('request_id'),
    /** What one action or request did together; it is undone as a whole. Null for events from before it was kept. */
    changeId: uuid('change_id'),
    /** The change that this one took back. */
    undoesChangeId: uuid('undoes_change_id'),
    data: jsonb('data').$type<EventData>().notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.eventId] }),
    index('events_by_identity')
      .on(table.workspaceId, table.userIdentityId, table.eventId)
      .where(sql`${table.userIdentityId} is not null`),
    index('events_by_acs_user')
      .on(table.workspaceId, table.acsUserId, table.eventId)
      .where(sql`${table.acsUserId} is not null`),
    index('events_by_system')
      .on(table.workspaceId, table.acsSystemId, table.eventId)
      .where(sql`${table.acsSystemId} is not null`),
    index('events_by_credential')
      .on(table.workspaceId, table.acsCredentialId, table.eventId)
      .where(sql`${table.acsCredentialId} is not null`),
    index('events_by_change')
      .on(table.workspaceId, table.changeId, table.eventId)
      .where(sql`${table.changeId} is not null`),
    index('events_by_undone_change')
      .on(table.workspaceId, table.undoesChangeId)
      .where(sql`${table.undoesChangeId} is not null`),
    index('events_by_type').on(table.workspaceId, table.eventType, table.eventId),
    index('events_by_actor').on(table.workspaceId, table.actorName, table.eventId),
    index('events_by_time').on(table.workspaceId, table.occurredAt, table.eventId),
    check('events_actor_kind', oneOf(table.actorKind, actorKinds)),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)
