import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from './columns'
import { events } from './events'
import { ofOneWorkspace, ofOneWorkspaceOrServer } from './wall'
import { workspaces } from './workspaces'

/** An address that is told of events as they happen. */
export const webhooks = pgTable(
  'webhooks',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.workspaceId, { onDelete: 'cascade' }),
    webhookId: uuid('webhook_id').notNull(),
    url: text('url').notNull(),
    /** Types of events, or `*` for all. */
    eventTypes: text('event_types').array().notNull(),
    /** What deliveries are signed with, encrypted: `whsec_` and base64, as Standard Webhooks has it. */
    sealedSecret: text('sealed_secret'),
    /** The same, not encrypted: only in rows of a version before; the next version drops it. */
    secret: text('secret'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** How carefully we send to it, from 0. Each step halves what goes out at once; later steps add pauses. */
    caution: smallint('caution').notNull().default(2),
    /** The end of a pause after time-outs or many failures in a row. */
    restsUntil: timestamp('rests_until', { withTimezone: true }),
    /** When it became slow; null while it isn't. */
    slowSince: timestamp('slow_since', { withTimezone: true }),
    /** When the first failure after the last success was; null after a success. */
    failingSince: timestamp('failing_since', { withTimezone: true }),
    /** How many attempts in a row have failed. */
    failures: integer('failures').notNull().default(0),
    /** Why the last attempt failed, or what made the receiver slow, in words. */
    trouble: text('trouble'),
    /** When Keyholder switched it off; null while it is on. */
    switchedOffAt: timestamp('switched_off_at', { withTimezone: true }),
    /** When it last had its turn among all webhooks. */
    lastTurnAt: timestamp('last_turn_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.webhookId] }),
    check('webhooks_url_format', sql`${table.url} ~ '^https?://'`),
    check('webhooks_event_types_some', sql`cardinality(${table.eventTypes}) >= 1`),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const

/**
 * The outbox: one row for each event and each webhook that asks for it. A trigger on `events` writes
 * it in the event's own transaction, so that neither exists without the other.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    webhookId: uuid('webhook_id').notNull(),
    eventId: uuid('event_id').notNull(),
    /** What the event is about: deliveries of one object to one webhook go out one after the other. */
    objectId: uuid('object_id').notNull(),
    /** The order among deliveries of one object. */
    position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    status: text('status', { enum: deliveryStatuses }).notNull().default('pending'),
    /** How often it was tried since it was queued or sent again by hand. */
    attempts: integer('attempts').notNull().default(0),
    /** For a pending one: when it is due. While one is being tried, it lies a little ahead, so that nobody else takes it. */
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    /** Until when a process is trying it; null or in the past while none is. */
    leasedUntil: timestamp('leased_until', { withTimezone: true }),
    /** Whether a claim met it behind a pending one about the same object. A trigger clears it when that is finished. */
    waitsForEarlier: boolean('waits_for_earlier').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.deliveryId] }),
    foreignKey({
      name: 'webhook_deliveries_webhook_fk',
      columns: [table.workspaceId, table.webhookId],
      foreignColumns: [webhooks.workspaceId, webhooks.webhookId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'webhook_deliveries_event_fk',
      columns: [table.workspaceId, table.eventId],
      foreignColumns: [events.workspaceId, events.eventId],
    }).onDelete('cascade'),
    index('webhook_deliveries_due').on(table.nextAttemptAt).where(sql`${table.status} = 'pending'`),
    index('webhook_deliveries_next')
      .on(table.workspaceId, table.webhookId, table.nextAttemptAt, table.position)
      .where(sql`${table.status} = 'pending' and not ${table.waitsForEarlier}`),
    index('webhook_deliveries_leased')
      .on(table.workspaceId, table.webhookId, table.leasedUntil)
      .where(sql`${table.leasedUntil} is not null`),
    index('webhook_deliveries_of_object')
      .on(table.workspaceId, table.webhookId, table.objectId, table.position)
      .where(sql`${table.status} = 'pending'`),
    index('webhook_deliveries_log').on(table.workspaceId, table.webhookId, table.position),
    index('webhook_deliveries_event').on(table.workspaceId, table.eventId),
    index('webhook_deliveries_by_age').on(table.createdAt),
    check('webhook_deliveries_status', oneOf(table.status, deliveryStatuses)),
    ofOneWorkspaceOrServer(table.workspaceId),
  ],
)

/** What came of each attempt to deliver. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    attemptedAt: timestamp('attempted_at', { withTimezone: true }).notNull(),
    /** Null when no response came; then `error` says why. */
    responseStatus: integer('response_status'),
    error: text('error'),
    durationMilliseconds: integer('duration_milliseconds').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.deliveryId, table.attemptedAt] }),
    foreignKey({
      name: 'webhook_attempts_delivery_fk',
      columns: [table.workspaceId, table.deliveryId],
      foreignColumns: [webhookDeliveries.workspaceId, webhookDeliveries.deliveryId],
    }).onDelete('cascade'),
    ofOneWorkspace(table.workspaceId),
  ],
)
