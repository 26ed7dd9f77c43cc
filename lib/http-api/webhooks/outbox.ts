import { and, asc, eq, inArray, lte, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { accessSystems } from '@/db/schema/access-systems'
import { events } from '@/db/schema/events'
import { webhookAttempts, webhookDeliveries, webhooks } from '@/db/schema/webhooks'
import { acrossWorkspaces, inWorkspace } from '@/db/scope'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { timeOf } from './clock'
import { type DeliveryOutcome, isDelivered, type Message } from './deliver'
import { mostAtOnce, type Pace, paceAfter } from './pace'
import { eventPayload } from './payload'
import { secretOf } from './signing-secret'
import { tellOfSwitchingOff } from './switching'
import { type Full, type Lane, type Turn, webhooksInTurn } from './turns'
import { retryDelay } from './webhook'

/** A delivery that is the caller's to try, until its lease runs out. */
export type Claim = {
  workspaceId: string
  webhookId: string
  lane: Lane
  message: Message
  claimedAt: Date
  leaseEndsAt: Date
}

// Longer than an attempt takes; after it, the claim of a process that was killed is taken up again.
const leaseMilliseconds = 60_000

const earlier = alias(webhookDeliveries, 'earlier')
const leased = alias(webhookDeliveries, 'leased')

/**
 * Claims the most overdue delivery of the webhook whose turn it is. A delivery waits while an earlier one about the
 * same object to the same webhook is pending. Passes over webhooks that another process is claiming for.
 *
 * @param given what time it is, if not what the database says.
 * @param full workspaces and lanes that have all their places in the caller's process.
 * @param underWayIds of deliveries that the caller is at already, whatever became of their leases: a clock may jump.
 */
export async function claimDelivery(
  given: Date | undefined,
  full: Full = { workspaceIds: [], lanes: [] },
  underWayIds: string[] = [],
): Promise<Claim | undefined> {
  const claim = async (transaction: Transaction): Promise<Claim | undefined> => {
    const now = await timeOf(transaction, given)
    for (const turn of await webhooksInTurn(transaction, now, full)) {
      const webhook = await takeTurn(transaction, turn, now)
      const room = webhook ? Math.max(1, mostAtOnce >> webhook.caution) : 0
      const deliveryId = room > 0 ? await findNext(transaction, turn, { now, room, underWayIds }) : undefined
      const claim =
        webhook &&
        deliveryId &&
        (await lease(transaction, turn, { url: webhook.url, secret: secretOf(webhook), deliveryId }, now))
      if (claim) return claim
    }
    return undefined
  }
  return acrossWorkspaces(() => inTransaction(claim))
}

const ofWebhook = ({ workspaceId, webhookId }: Turn) =>
  and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.webhookId, webhookId))

/** Locks a webhook and notes its turn, so that only one process at a time counts what is under way. Skips locked ones. */
async function takeTurn(transaction: Transaction, turn: Turn, now: Date) {
  const free = transaction
    .select({ webhookId: webhooks.webhookId })
    .from(webhooks)
    .where(ofWebhook(turn))
    .for('no key update', { skipLocked: true })
  const [webhook] = await transaction
    .update(webhooks)
    .set({ lastTurnAt: now })
    .where(and(ofWebhook(turn), inArray(webhooks.webhookId, free)))
    .returning({
      url: webhooks.url,
      secret: webhooks.secret,
      sealedSecret: webhooks.sealedSecret,
      caution: webhooks.caution,
    })
  return webhook
}

const looksAtOnce = 100
const mostLooks = 5

/**
 * Finds the webhook's most overdue delivery that waits for no earlier one about its object. Marks the waiting ones it
 * meets, so that no later claim looks at them before the earlier one is finished.
 */
async function findNext(
  transaction: Transaction,
  turn: Turn,
  { now, room, underWayIds }: { now: Date; room: number; underWayIds: string[] },
): Promise<string | undefined> {
  for (let look = 0; look < mostLooks; look++) {
    const found = await lookAtDue(transaction, turn, now, underWayIds)
    if (!found[0] || found[0].underWay >= room) return undefined
    const next = found.find(({ deliveryId, headId }) => deliveryId === headId)
    const behind = found.filter(({ deliveryId, headId }) => deliveryId !== headId)
    const marked = behind.length > 0 ? await markAsWaiting(transaction, turn, behind) : 0
    if (next) return next.deliveryId
    if (marked === 0) return undefined
  }
  return undefined
}

type Found = { deliveryId: string; headId: string; underWay: number }

/** Reads some due deliveries of a webhook, each with the first pending one about its object. */
function lookAtDue(
  transaction: Transaction,
  { workspaceId, webhookId }: Turn,
  now: Date,
  underWayIds: string[],
): Promise<Found[]> {
  const head = transaction
    .select({ deliveryId: earlier.deliveryId })
    .from(earlier)
    .where(
      and(
        eq(earlier.workspaceId, webhookDeliveries.workspaceId),
        eq(earlier.webhookId, webhookDeliveries.webhookId),
        eq(earlier.objectId, webhookDeliveries.objectId),
        eq(earlier.status, 'pending'),
      ),
    )
    .orderBy(asc(earlier.position))
    .limit(1)
  const underWay = transaction
    .select({ count: sql`count(*)` })
    .from(leased)
    .where(
      and(
        eq(leased.workspaceId, workspaceId),
        eq(leased.webhookId, webhookId),
        eq(leased.status, 'pending'),
        sql`${leased.leasedUntil} is not null and ${leased.leasedUntil} > ${now}`,
      ),
    )
  return transaction
    .select({
      deliveryId: webhookDeliveries.deliveryId,
      headId: sql<string>`(${head})`,
      underWay: sql`(${underWay})`.mapWith(Number),
    })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.workspaceId, workspaceId),
        eq(webhookDeliveries.webhookId, webhookId),
        eq(webhookDeliveries.status, 'pending'),
        sql`not ${webhookDeliveries.waitsForEarlier}`,
        lte(webhookDeliveries.nextAttemptAt, now),
        underWayIds.length > 0 ? notInArray(webhookDeliveries.deliveryId, underWayIds) : undefined,
      ),
    )
    .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.position))
    .limit(looksAtOnce)
}

/**
 * Marks deliveries as waiting for the first about their object. Locks that one: if another process were finishing it
 * now, nothing would release what is marked here.
 *
 * @returns how many it marked.
 */
async function markAsWaiting(transaction: Transaction, { workspaceId }: Turn, behind: Found[]): Promise<number> {
  const ofIds = (ids: string[]) =>
    and(eq(webhookDeliveries.workspaceId, workspaceId), inArray(webhookDeliveries.deliveryId, ids))
  const held = await transaction
    .select({ deliveryId: webhookDeliveries.deliveryId })
    .from(webhookDeliveries)
    .where(and(ofIds([...new Set(behind.map(({ headId }) => headId))]), eq(webhookDeliveries.status, 'pending')))
    .for('key share', { skipLocked: true })
  const heads = new Set(held.map(({ deliveryId }) => deliveryId))
  const waiting = behind.filter(({ headId }) => heads.has(headId)).map(({ deliveryId }) => deliveryId)
  if (waiting.length > 0)
    await transaction.update(webhookDeliveries).set({ waitsForEarlier: true }).where(ofIds(waiting))
  return waiting.length
}

/** Leases a delivery to the caller and builds its message. Gives nothing if another process was quicker. */
async function lease(
  transaction: Transaction,
  { workspaceId, webhookId, lane }: Turn,
  { deliveryId, url, secret }: { deliveryId: string; url: string; secret: string | null },
  now: Date,
): Promise<Claim | undefined> {
  const leaseEndsAt = new Date(now.getTime() + leaseMilliseconds)
  const delivery = and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.deliveryId, deliveryId))
  const [taken] = await transaction
    .update(webhookDeliveries)
    .set({ nextAttemptAt: leaseEndsAt, leasedUntil: leaseEndsAt })
    .where(and(delivery, eq(webhookDeliveries.status, 'pending'), lte(webhookDeliveries.nextAttemptAt, now)))
    .returning({ eventId: webhookDeliveries.eventId })
  if (!taken) return undefined
  const [row] = await transaction
    .select({ event: events, connectedAccountId: accessSystems.connectedAccountId })
    .from(events)
    .leftJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, events.workspaceId), eq(accessSystems.acsSystemId, events.acsSystemId)),
    )
    .where(and(eq(events.workspaceId, workspaceId), eq(events.eventId, taken.eventId)))
  if (!row) return undefined
  const body = eventPayload(row.event, row.connectedAccountId)
  return { workspaceId, webhookId, lane, message: { deliveryId, url, secret, body }, claimedAt: now, leaseEndsAt }
}

/**
 * Writes what came of an attempt, and what follows: delivered, tried again later, or given up; and how carefully the
 * webhook is sent to from now on. When the delivery is gone (its webhook was deleted) there is nothing to write;
 * when the lease ran out and somebody else took it, what follows of it is theirs to say.
 */
export async function recordOutcome(claim: Claim, outcome: DeliveryOutcome, given: Date | undefined): Promise<void> {
  const { workspaceId } = claim
  const { deliveryId } = claim.message
  const delivery = and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.deliveryId, deliveryId))
  const record = async (transaction: Transaction) => {
    // The webhook first, then the delivery: a deletion locks them in this order.
    const [webhook] = await transaction.select().from(webhooks).where(ofWebhook(claim)).for('no key update')
    const [present] = await transaction.select().from(webhookDeliveries).where(delivery).for('update')
    if (!webhook || !present) return
    const now = await timeOf(transaction, given)
    await transaction
      .insert(webhookAttempts)
      .values({ workspaceId, deliveryId, attemptedAt: claim.claimedAt, ...outcome })
    const pace = await keepPace(transaction, webhook, outcome, now)
    const holdsLease = present.nextAttemptAt.getTime() === claim.leaseEndsAt.getTime()
    if (present.status !== 'pending' || !holdsLease) return

    const attempts = present.attempts + 1
    await transaction
      .update(webhookDeliveries)
      .set({ attempts, leasedUntil: null, ...whatFollows(outcome, attempts, pace, now) })
      .where(delivery)
  }
  await inWorkspace(workspaceId, () => inTransaction(record))
}

/** Writes a webhook's pace if it changed. If that switches the webhook off, tells the owners. */
async function keepPace(
  transaction: Transaction,
  webhook: typeof webhooks.$inferSelect,
  outcome: DeliveryOutcome,
  now: Date,
): Promise<Pace> {
  const pace = paceAfter(webhook, outcome, now)
  const isSame = isDelivered(outcome) && webhook.caution === 0 && pace.caution === 0 && webhook.failures === 0
  if (!isSame)
    await transaction
      .update(webhooks)
      .set(pace)
      .where(ofWebhook({ ...webhook, lane: 'quick' }))
  if (pace.switchedOffAt && !webhook.switchedOffAt) await tellOfSwitchingOff(transaction, { ...webhook, ...pace })
  return pace
}

/** Decides what becomes of a delivery. It isn't given up while its webhook is switched off. */
function whatFollows(outcome: DeliveryOutcome, attempts: number, pace: Pace, now: Date) {
  if (isDelivered(outcome)) return { status: 'delivered' as const, finishedAt: now }
  const delay = retryDelay(attempts)
  if (delay !== null) return { nextAttemptAt: new Date(now.getTime() + delay) }
  return pace.switchedOffAt ? { nextAttemptAt: now } : { status: 'failed' as const, finishedAt: now }
}
