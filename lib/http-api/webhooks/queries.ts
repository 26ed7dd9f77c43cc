import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { events } from '@/db/schema/events'
import { webhookAttempts, webhookDeliveries, webhooks } from '@/db/schema/webhooks'
import { isUuid } from '@/lib/platform/input'
import { countRows } from '@/lib/platform/pagination/count-rows'
import { decodeCursor } from '@/lib/platform/pagination/cursor'
import { isGone, keyset, type Page, toPage } from '@/lib/platform/pagination/page'
import { notFound } from '@/lib/platform/refusals'
import { type Pace, standingOf } from './pace'
import { eventPayload } from './payload'
import { secretOf, unreadableSecret } from './signing-secret'
import type {
  Delivery,
  DeliveryAttempt,
  DeliveryListItem,
  DeliveryStatus,
  Webhook,
  WebhookSummary,
  WebhookWithSecret,
} from './webhook'

/** All webhooks of a workspace, oldest first. */
export async function listWebhooks(workspaceId: string): Promise<Webhook[]> {
  const connection = await database()
  const rows = await connection
    .select()
    .from(webhooks)
    .where(eq(webhooks.workspaceId, workspaceId))
    .orderBy(asc(webhooks.webhookId))
  return rows.map(toWebhook)
}

/** All webhooks of a workspace, oldest first, each with the outcome of its newest delivery. */
export async function summarizeWebhooks(workspaceId: string): Promise<WebhookSummary[]> {
  const connection = await database()
  const newest = connection
    .select({
      status: webhookDeliveries.status,
      createdAt: webhookDeliveries.createdAt,
      finishedAt: webhookDeliveries.finishedAt,
    })
    .from(webhookDeliveries)
    .where(
      and(eq(webhookDeliveries.workspaceId, webhooks.workspaceId), eq(webhookDeliveries.webhookId, webhooks.webhookId)),
    )
    .orderBy(desc(webhookDeliveries.position))
    .limit(1)
    .as('newest')
  const rows = await connection
    .select({ webhook: webhooks, status: newest.status, createdAt: newest.createdAt, finishedAt: newest.finishedAt })
    .from(webhooks)
    .leftJoinLateral(newest, sql`true`)
    .where(eq(webhooks.workspaceId, workspaceId))
    .orderBy(asc(webhooks.webhookId))
  return rows.map(({ webhook, status, createdAt, finishedAt }) => ({
    ...toWebhook(webhook),
    lastDelivery: status && createdAt ? { status, at: (finishedAt ?? createdAt).toISOString() } : null,
  }))
}

/**
 * One webhook, without its secret.
 *
 * @throws Refusal `webhook_not_found`
 */
export async function getWebhook(workspaceId: string, webhookId: string): Promise<Webhook> {
  return toWebhook(await findWebhook(workspaceId, webhookId))
}

/**
 * One webhook, with its secret.
 *
 * @throws Refusal `webhook_not_found`, `webhook_secret_unreadable`
 */
export async function getWebhookWithSecret(workspaceId: string, webhookId: string): Promise<WebhookWithSecret> {
  const row = await findWebhook(workspaceId, webhookId)
  const secret = secretOf(row)
  if (secret === null) throw unreadableSecret()
  return { ...toWebhook(row), secret }
}

async function findWebhook(workspaceId: string, webhookId: string): Promise<typeof webhooks.$inferSelect> {
  const connection = await database()
  const [row] = isUuid(webhookId)
    ? await connection
        .select()
        .from(webhooks)
        .where(and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.webhookId, webhookId)))
    : []
  if (!row) throw notFound('webhook')
  return row
}

const itsEvent = and(
  eq(events.workspaceId, webhookDeliveries.workspaceId),
  eq(events.eventId, webhookDeliveries.eventId),
)

/** One page of what a webhook was sent or is going to be, newest first. */
export async function listDeliveries(
  workspaceId: string,
  webhookId: string,
  parameters: { status?: DeliveryStatus | null; cursor?: string | null } = {},
): Promise<Page<DeliveryListItem>> {
  const webhook = await findWebhook(workspaceId, webhookId)
  const connection = await database()
  const { cursor, where, orderBy, limit } = keyset(
    { column: sql`${webhookDeliveries.position}`, id: webhookDeliveries.deliveryId, descending: true },
    isPosition(parameters.cursor) ? parameters.cursor : null,
  )
  const condition = and(
    eq(webhookDeliveries.workspaceId, workspaceId),
    eq(webhookDeliveries.webhookId, webhookId),
    parameters.status ? eq(webhookDeliveries.status, parameters.status) : undefined,
  )
  const lastAttempt = connection
    .select()
    .from(webhookAttempts)
    .where(
      and(
        eq(webhookAttempts.workspaceId, webhookDeliveries.workspaceId),
        eq(webhookAttempts.deliveryId, webhookDeliveries.deliveryId),
      ),
    )
    .orderBy(desc(webhookAttempts.attemptedAt))
    .limit(1)
    .as('last_attempt')
  const [rows, total] = await Promise.all([
    connection
      .select({
        delivery: webhookDeliveries,
        eventType: events.eventType,
        attemptedAt: lastAttempt.attemptedAt,
        responseStatus: lastAttempt.responseStatus,
        error: lastAttempt.error,
        durationMilliseconds: lastAttempt.durationMilliseconds,
      })
      .from(webhookDeliveries)
      .innerJoin(events, itsEvent)
      .leftJoinLateral(lastAttempt, sql`true`)
      .where(and(condition, where))
      .orderBy(...orderBy)
      .limit(limit),
    countRows(webhookDeliveries, condition),
  ])
  if (isGone(rows, total, cursor)) return listDeliveries(workspaceId, webhookId, { ...parameters, cursor: null })
  return toPage(
    rows,
    total,
    cursor,
    ({ delivery }) => ({ value: String(delivery.position), id: delivery.deliveryId }),
    ({ delivery, eventType, attemptedAt, responseStatus, error, durationMilliseconds }) => ({
      ...toListed(delivery, eventType, webhook),
      lastAttempt:
        attemptedAt && durationMilliseconds !== null
          ? toAttempt({ attemptedAt, responseStatus, error, durationMilliseconds })
          : null,
    }),
  )
}

/** How many deliveries of a webhook wait to be sent, the first time or again. */
export async function countPendingDeliveries(workspaceId: string, webhookId: string): Promise<number> {
  if (!isUuid(webhookId)) return 0
  const connection = await database()
  return connection.$count(
    webhookDeliveries,
    and(
      eq(webhookDeliveries.workspaceId, workspaceId),
      eq(webhookDeliveries.webhookId, webhookId),
      eq(webhookDeliveries.status, 'pending'),
    ),
  )
}

/**
 * One delivery with all its attempts and the body that is sent.
 *
 * @throws Refusal `webhook_delivery_not_found`
 */
export async function getDelivery(workspaceId: string, deliveryId: string): Promise<Delivery> {
  if (!isUuid(deliveryId)) throw notFound('webhook_delivery')
  const connection = await database()
  const [[row], attempts] = await Promise.all([
    connection
      .select({
        delivery: webhookDeliveries,
        event: events,
        webhook: webhooks,
        connectedAccountId: accessSystems.connectedAccountId,
      })
      .from(webhookDeliveries)
      .innerJoin(events, itsEvent)
      .innerJoin(
        webhooks,
        and(
          eq(webhooks.workspaceId, webhookDeliveries.workspaceId),
          eq(webhooks.webhookId, webhookDeliveries.webhookId),
        ),
      )
      .leftJoin(
        accessSystems,
        and(eq(accessSystems.workspaceId, events.workspaceId), eq(accessSystems.acsSystemId, events.acsSystemId)),
      )
      .where(and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.deliveryId, deliveryId))),
    connection
      .select()
      .from(webhookAttempts)
      .where(and(eq(webhookAttempts.workspaceId, workspaceId), eq(webhookAttempts.deliveryId, deliveryId)))
      .orderBy(desc(webhookAttempts.attemptedAt)),
  ])
  if (!row) throw notFound('webhook_delivery')
  return {
    ...toListed(row.delivery, row.event.eventType, row.webhook),
    webhookId: row.delivery.webhookId,
    url: row.webhook.url,
    payload: eventPayload(row.event, row.connectedAccountId),
    attemptLog: attempts.map(toAttempt),
  }
}

/** Whether a cursor was made by this list: its value must be a number to the database. */
function isPosition(cursor: string | null | undefined): boolean {
  return /^\d{1,18}$/.test((cursor && decodeCursor(cursor)?.value) || '')
}

function toWebhook(row: typeof webhooks.$inferSelect): Webhook {
  const { webhookId, url, eventTypes, createdAt } = row
  return { webhookId, url, eventTypes, createdAt: createdAt.toISOString(), standing: standingOf(row) }
}

function toListed(
  delivery: typeof webhookDeliveries.$inferSelect,
  eventType: string,
  webhook: Pick<Pace, 'switchedOffAt' | 'restsUntil'>,
) {
  return {
    deliveryId: delivery.deliveryId,
    eventId: delivery.eventId,
    eventType,
    status: delivery.status,
    attempts: delivery.attempts,
    nextAttemptAt: delivery.status === 'pending' ? (nextAttemptAt(delivery, webhook)?.toISOString() ?? null) : null,
    createdAt: delivery.createdAt.toISOString(),
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
  }
}

/** When a pending delivery is tried next at the earliest; null while its webhook is switched off. */
function nextAttemptAt(
  delivery: { nextAttemptAt: Date },
  { switchedOffAt, restsUntil }: Pick<Pace, 'switchedOffAt' | 'restsUntil'>,
): Date | null {
  if (switchedOffAt) return null
  return restsUntil && restsUntil > delivery.nextAttemptAt ? restsUntil : delivery.nextAttemptAt
}

function toAttempt(row: Omit<typeof webhookAttempts.$inferSelect, 'workspaceId' | 'deliveryId'>): DeliveryAttempt {
  return {
    attemptedAt: row.attemptedAt.toISOString(),
    responseStatus: row.responseStatus,
    error: row.error,
    durationMilliseconds: row.durationMilliseconds,
  }
}
