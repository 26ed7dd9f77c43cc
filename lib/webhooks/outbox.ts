import { and, asc, eq, lte, min, notInArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { accessSystems } from '@/db/schema/access-systems'
import { events } from '@/db/schema/events'
import { webhookAttempts, webhookDeliveries, webhooks } from '@/db/schema/webhooks'
import { inTransaction } from '../transaction'
import { timeOf } from './clock'
import { type DeliveryOutcome, isDelivered, type Message } from './deliver'
import { eventPayload } from './payload'
import { retryDelay } from './webhook'

/** A delivery that is the caller's to try, until its lease runs out. */
export type Claim = {
  workspaceId: string
  webhookId: string
  message: Message
  claimedAt: Date
  leaseEndsAt: Date
}

// Longer than an attempt takes; after it, the claim of a process that was killed is taken up again.
const leaseMilliseconds = 60_000

const earlier = alias(webhookDeliveries, 'earlier')

/**
 * Takes the delivery that has been due for longest. One of an object whose earlier delivery to the
 * same webhook is still pending has to wait for that. What another process is taking is passed over.
 *
 * @param given what time it is, if not what the database says.
 * @param busyWebhookIds of webhooks that shall not be sent more for now.
 * @param underWayIds of deliveries that the caller is at already, whatever became of their leases: a clock may jump.
 */
export async function claimDelivery(
  given: Date | undefined,
  busyWebhookIds: string[],
  underWayIds: string[] = [],
): Promise<Claim | undefined> {
  return inTransaction(async (transaction) => {
    const now = await timeOf(transaction, given)
    const [due] = await transaction
      .select({
        workspaceId: webhookDeliveries.workspaceId,
        deliveryId: webhookDeliveries.deliveryId,
        webhookId: webhookDeliveries.webhookId,
        url: webhooks.url,
        secret: webhooks.secret,
        event: events,
        connectedAccountId: accessSystems.connectedAccountId,
      })
      .from(webhookDeliveries)
      .innerJoin(
        webhooks,
        and(
          eq(webhooks.workspaceId, webhookDeliveries.workspaceId),
          eq(webhooks.webhookId, webhookDeliveries.webhookId),
        ),
      )
      .innerJoin(
        events,
        and(eq(events.workspaceId, webhookDeliveries.workspaceId), eq(events.eventId, webhookDeliveries.eventId)),
      )
      .leftJoin(
        accessSystems,
        and(eq(accessSystems.workspaceId, events.workspaceId), eq(accessSystems.acsSystemId, events.acsSystemId)),
      )
      .where(
        and(
          eq(webhookDeliveries.status, 'pending'),
          lte(webhookDeliveries.nextAttemptAt, now),
          busyWebhookIds.length > 0 ? notInArray(webhookDeliveries.webhookId, busyWebhookIds) : undefined,
          underWayIds.length > 0 ? notInArray(webhookDeliveries.deliveryId, underWayIds) : undefined,
          eq(
            webhookDeliveries.position,
            // Looked up for one object at a time: as a join it would compare all deliveries with each other.
            transaction
              .select({ position: min(earlier.position) })
              .from(earlier)
              .where(
                and(
                  eq(earlier.workspaceId, webhookDeliveries.workspaceId),
                  eq(earlier.webhookId, webhookDeliveries.webhookId),
                  eq(earlier.objectId, webhookDeliveries.objectId),
                  eq(earlier.status, 'pending'),
                ),
              ),
          ),
        ),
      )
      .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.position))
      .limit(1)
      .for('update', { of: webhookDeliveries, skipLocked: true })
    if (!due) return undefined
    const { workspaceId, deliveryId, webhookId, url, secret } = due
    const leaseEndsAt = new Date(now.getTime() + leaseMilliseconds)
    await transaction
      .update(webhookDeliveries)
      .set({ nextAttemptAt: leaseEndsAt })
      .where(and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.deliveryId, deliveryId)))
    const body = eventPayload(due.event, due.connectedAccountId)
    return { workspaceId, webhookId, message: { deliveryId, url, secret, body }, claimedAt: now, leaseEndsAt }
  })
}

/**
 * Writes what came of an attempt, and what follows: delivered, tried again later, or given up. When
 * the delivery is gone (its webhook was deleted) there is nothing to write; when the lease ran out
 * and somebody else took it, what follows is theirs to say.
 */
export async function recordOutcome(claim: Claim, outcome: DeliveryOutcome, given: Date | undefined): Promise<void> {
  const { workspaceId } = claim
  const { deliveryId } = claim.message
  const delivery = and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.deliveryId, deliveryId))
  await inTransaction(async (transaction) => {
    const [present] = await transaction.select().from(webhookDeliveries).where(delivery).for('update')
    if (!present) return
    const now = await timeOf(transaction, given)
    await transaction
      .insert(webhookAttempts)
      .values({ workspaceId, deliveryId, attemptedAt: claim.claimedAt, ...outcome })
    const holdsLease = present.nextAttemptAt.getTime() === claim.leaseEndsAt.getTime()
    if (present.status !== 'pending' || !holdsLease) return

    const attempts = present.attempts + 1
    const delay = isDelivered(outcome) ? null : retryDelay(attempts)
    await transaction
      .update(webhookDeliveries)
      .set(
        delay === null
          ? { attempts, status: isDelivered(outcome) ? 'delivered' : 'failed', finishedAt: now }
          : { attempts, nextAttemptAt: new Date(now.getTime() + delay) },
      )
      .where(delivery)
  })
}
