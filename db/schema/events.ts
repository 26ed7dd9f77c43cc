import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from './columns'
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
  /** For a deletion: what went with it. */
  deleted?: { acs_users: number; acs_credentials: number }
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
    index('events_by_time').on(table.workspaceId, table.occurredAt, table.eventId),
    check('events_actor_kind', oneOf(table.actorKind, actorKinds)),
  ],
)
