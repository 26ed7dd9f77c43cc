import { randomBytes } from 'node:crypto'
import { and, eq, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { webhookDeliveries, webhooks } from '@/db/schema/webhooks'
import { workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces } from '@/db/scope'
import { cancelMails } from '@/lib/background/mail/commands'
import type { Actor } from '@/lib/platform/actor'
import { outgoingRules } from '@/lib/platform/configuration'
import { parseInput, uuid } from '@/lib/platform/input'
import { whyForbidden } from '@/lib/platform/permitted-address'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { timeOf } from './clock'
import { keptSecret } from './signing-secret'
import { maximumWebhooks, newWebhookSchema, type WebhookWithSecret, waitingDays, webhookChangesSchema } from './webhook'

const ofWorkspace = (workspaceId: string, webhookId: string) =>
  and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.webhookId, webhookId))

/**
 * Registers an address that is told of events from now on.
 *
 * @throws Refusal `invalid_input`, `workspace_not_found`, `too_many_webhooks`
 */
export async function createWebhook(actor: Actor, input: unknown): Promise<WebhookWithSecret> {
  const { url, event_types: eventTypes } = parseInput(newWebhookSchema, input)
  const forbidden = whyForbidden(new URL(url), outgoingRules())
  if (forbidden) {
    const message = `${forbidden}.`
    throw new Refusal({ kind: 'invalid_input', type: 'invalid_input', message, fields: { url: [message] } })
  }
  const webhookId = uuidv7()
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  return inTransaction(async (transaction) => {
    // Whoever adds one holds the workspace meanwhile, so that two who meet do not both take the last place.
    const [workspace] = await transaction
      .select({ workspaceId: workspaces.workspaceId })
      .from(workspaces)
      .where(eq(workspaces.workspaceId, actor.workspaceId))
      .for('no key update')
    if (!workspace) throw notFound('workspace')
    if ((await transaction.$count(webhooks, eq(webhooks.workspaceId, actor.workspaceId))) >= maximumWebhooks) {
      throw new Refusal({
        kind: 'conflict',
        type: 'too_many_webhooks',
        message: `A workspace has at most ${maximumWebhooks} webhooks. Delete one that is not needed any more.`,
      })
    }
    const createdAt = new Date()
    await transaction
      .insert(webhooks)
      .values({ workspaceId: actor.workspaceId, webhookId, url, eventTypes, ...keptSecret(secret), createdAt })
    return { webhookId, url, eventTypes, secret, createdAt: createdAt.toISOString(), standing: { state: 'on' } }
  })
}

/**
 * Changes which events a webhook is told of, from now on.
 *
 * @throws Refusal `invalid_input`, `webhook_not_found`
 */
export async function updateWebhook(actor: Actor, input: unknown): Promise<void> {
  const { webhook_id: webhookId, event_types: eventTypes } = parseInput(webhookChangesSchema, input)
  await inTransaction(async (transaction) => {
    const updated = await transaction
      .update(webhooks)
      .set({ eventTypes })
      .where(ofWorkspace(actor.workspaceId, webhookId))
      .returning({ webhookId: webhooks.webhookId })
    if (updated.length === 0) throw notFound('webhook')
  })
}

/**
 * Deletes a webhook with its log; what was queued for it is not sent any more.
 *
 * @throws Refusal `invalid_input`, `webhook_not_found`
 */
export async function deleteWebhook(actor: Actor, webhookId: string): Promise<void> {
  const id = parseInput(uuid('webhook_id'), webhookId)
  await inTransaction(async (transaction) => {
    const deleted = await transaction
      .delete(webhooks)
      .where(ofWorkspace(actor.workspaceId, id))
      .returning({ webhookId: webhooks.webhookId })
    if (deleted.length === 0) throw notFound('webhook')
    await cancelMails(transaction, id)
  })
}

/**
 * Queues a finished delivery once more, whether it arrived or was given up; it has the same id, so
 * that a receiver which has it can drop it. Ends the receiver's pause, so that the delivery goes out at once.
 *
 * @throws Refusal `invalid_input`, `webhook_delivery_not_found`, `webhook_delivery_pending`, `webhook_switched_off`
 */
export async function resendDelivery(actor: Actor, deliveryId: string): Promise<void> {
  const id = parseInput(uuid('delivery_id'), deliveryId)
  const delivery = and(eq(webhookDeliveries.workspaceId, actor.workspaceId), eq(webhookDeliveries.deliveryId, id))
  await inTransaction(async (transaction) => {
    const itsWebhook = transaction.select({ id: webhookDeliveries.webhookId }).from(webhookDeliveries).where(delivery)
    const [webhook] = await transaction
      .update(webhooks)
      .set({ restsUntil: null })
      .where(and(eq(webhooks.workspaceId, actor.workspaceId), inArray(webhooks.webhookId, itsWebhook)))
      .returning({ switchedOffAt: webhooks.switchedOffAt })
    const [present] = await transaction
      .select({ status: webhookDeliveries.status })
      .from(webhookDeliveries)
      .where(delivery)
      .for('update')
    if (!webhook || !present) throw notFound('webhook_delivery')
    if (webhook.switchedOffAt) {
      throw new Refusal({
        kind: 'conflict',
        type: 'webhook_switched_off',
        message: 'This webhook is switched off. Switch it on first, then resend the delivery.',
      })
    }
    if (present.status === 'pending') {
      throw new Refusal({
        kind: 'conflict',
        type: 'webhook_delivery_pending',
        message: 'This delivery is under way already: it will be tried again by itself.',
      })
    }
    await transaction
      .update(webhookDeliveries)
      .set({ status: 'pending', attempts: 0, nextAttemptAt: sql`now()`, finishedAt: null })
      .where(delivery)
  })
}

const logKeptForDays = 30
const givenUpAtOnce = 10_000
const day = 24 * 60 * 60 * 1000

/**
 * Deletes deliveries that were finished more than 30 days ago, with their attempts. Gives up deliveries that have waited
 * as long for a switched-off webhook, 10,000 at a time.
 *
 * @param given what time it is, if not what the database says.
 */
export async function pruneDeliveries(given?: Date): Promise<void> {
  const prune = async (transaction: Transaction) => {
    const now = await timeOf(transaction, given)
    const limit = new Date(now.getTime() - logKeptForDays * day)
    await transaction.delete(webhookDeliveries).where(
      and(
        ne(webhookDeliveries.status, 'pending'),
        lt(webhookDeliveries.finishedAt, limit),
        // Follows from the above, and has an index.
        lt(webhookDeliveries.createdAt, limit),
      ),
    )
    await giveUpWaiting(transaction, new Date(now.getTime() - waitingDays * day), now)
  }
  await acrossWorkspaces(() => inTransaction(prune))
}

async function giveUpWaiting(transaction: Transaction, limit: Date, now: Date): Promise<void> {
  const waiting = transaction
    .select({ deliveryId: webhookDeliveries.deliveryId })
    .from(webhookDeliveries)
    .innerJoin(
      webhooks,
      and(eq(webhooks.workspaceId, webhookDeliveries.workspaceId), eq(webhooks.webhookId, webhookDeliveries.webhookId)),
    )
    .where(
      and(
        eq(webhookDeliveries.status, 'pending'),
        lt(webhookDeliveries.createdAt, limit),
        isNotNull(webhooks.switchedOffAt),
      ),
    )
    .limit(givenUpAtOnce)
  await transaction
    .update(webhookDeliveries)
    .set({ status: 'failed', finishedAt: now })
    .where(and(eq(webhookDeliveries.status, 'pending'), inArray(webhookDeliveries.deliveryId, waiting)))
}
