import { and, asc, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { database, withinTransaction } from '@/db/client'
import { apiKeys, idempotentRequests } from '@/db/schema/api-keys'
import { events } from '@/db/schema/events'
import { webhookAttempts, webhookDeliveries } from '@/db/schema/webhooks'
import { asOwner } from '@/db/testing/as-owner'
import { emptySandboxWorkspace } from '@/lib/accounts/workspaces/commands'
import { recordEvents } from '@/lib/history/events/commands'
import type { EventType } from '@/lib/history/events/event'
import { createUserIdentity, deleteUserIdentity, updateUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { logger } from '@/lib/platform/logger'
import { inTransaction } from '@/lib/platform/transaction'
import { type Received, startReceiver } from '@/lib/testing/receiver'
import { addAccessSystem, addWorkspace } from '@/lib/testing/test-data'
import { createWebhook, deleteWebhook, pruneDeliveries, resendDelivery } from './commands'
import { Dispatcher, type DispatcherSettings, startWebhookDispatcher } from './dispatcher'
import { claimDelivery, recordOutcome } from './outbox'
import { getDelivery, listDeliveries } from './queries'

const second = 1000
const minute = 60 * second
// For machines that do other things too; a test that passes does not wait.
const patience = { timeout: minute }

/** Later than what was just queued, by the least that tells. */
const soon = (milliseconds = second) => new Date(Date.now() + milliseconds)

let actor: Actor
const receivers: Awaited<ReturnType<typeof startReceiver>>[] = []

beforeEach(async () => {
  vi.stubEnv('WEBHOOKS_ALLOW_PRIVATE', '1')
  // What other tests left is not for this one's receivers.
  await (await database()).delete(webhookDeliveries)
  actor = await addWorkspace()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const receiver of receivers.splice(0)) await receiver.stop()
})

async function receiver(...answer: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...answer)
  receivers.push(started)
  return started
}

const dispatcher = (settings: Partial<DispatcherSettings> = {}) =>
  new Dispatcher({ allowPrivateAddresses: true, now: soon, ...settings })

const deliverAt = (now: Date) => dispatcher({ now: () => now }).deliverDue()

const eventsIn = (received: Received[]) => received.map(({ body }) => JSON.parse(body))

const manyIds = (length: number) => Array.from({ length }, () => uuidv7())

/** Records events about things that need not be there. */
const happen = (userIdentityIds: string[], eventType: EventType = 'user_identity.updated') =>
  inTransaction((transaction) =>
    recordEvents(
      transaction,
      actor,
      userIdentityIds.map((userIdentityId) => ({ eventType, userIdentityId })),
    ),
  )

async function deliveries() {
  const connection = await database()
  return connection
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.workspaceId, actor.workspaceId))
    .orderBy(asc(webhookDeliveries.position))
}

async function attempts() {
  const connection = await database()
  return connection.select().from(webhookAttempts).where(eq(webhookAttempts.workspaceId, actor.workspaceId))
}

describe('a webhook is told', () => {
  test('of what it asks for, in the very form that the API answers', async () => {
    const all = await receiver()
    const deletions = await receiver()
    await createWebhook(actor, { url: all.url })
    await createWebhook(actor, { url: deletions.url, event_types: ['user_identity.deleted'] })
    const other = await addWorkspace()
    await createUserIdentity(other, { full_name: 'Somebody Else' })

    const { userIdentityId } = await createUserIdentity(actor, { full_name: 'Jane Doe' })
    await updateUserIdentity(actor, { user_identity_id: userIdentityId, phone_number: '+15555550110' })
    await deleteUserIdentity(actor, userIdentityId)
    await deliverAt(soon())

    const told = eventsIn(all.received)
    expect(told.map(({ event_type }) => event_type)).toEqual([
      'user_identity.created',
      'user_identity.updated',
      'user_identity.deleted',
    ])
    expect(told[1]).toEqual({
      event_id: expect.any(String),
      event_type: 'user_identity.updated',
      workspace_id: actor.workspaceId,
      user_identity_id: userIdentityId,
      created_at: expect.stringMatching(/Z$/),
      occurred_at: expect.stringMatching(/Z$/),
      changed_fields: ['phone_number'],
    })
    expect(eventsIn(deletions.received).map(({ event_type }) => event_type)).toEqual(['user_identity.deleted'])
    expect((await deliveries()).map(({ status }) => status)).toEqual(Array(4).fill('delivered'))
  })

  test('of the connected account of an event’s access system', async () => {
    const { url, received } = await receiver()
    await createWebhook(actor, { url })
    const connectedAccountId = uuidv7()
    const acsSystemId = await addAccessSystem(actor, 'Harbor House', { connectedAccountId })
    const acsUserId = uuidv7()
    await inTransaction((transaction) =>
      recordEvents(transaction, actor, [{ eventType: 'acs_user.created', acsSystemId, acsUserId }]),
    )
    await deliverAt(soon())
    expect(eventsIn(received)).toMatchObject([
      { acs_system_id: acsSystemId, acs_user_id: acsUserId, connected_account_id: connectedAccountId },
    ])
  })

  test('nothing of a command that was rolled back', async () => {
    await createWebhook(actor, { url: 'http://127.0.0.1:1024' })
    const undone = new Error('undone')
    const undo = inTransaction(async () => {
      await createUserIdentity(actor, { full_name: 'Jane Doe' })
      expect(await deliveries()).toHaveLength(1)
      throw undone
    })
    await expect(undo).rejects.toBe(undone)
    expect(await deliveries()).toEqual([])
  })

  test('nothing of a reset', async () => {
    actor = await addWorkspace({ isSandbox: true })
    await createWebhook(actor, { url: 'http://127.0.0.1:1024' })
    await happen([uuidv7()])
    expect(await deliveries()).toHaveLength(1)
    await inTransaction(async (transaction) => {
      await emptySandboxWorkspace(transaction, actor.workspaceId)
      await recordEvents(transaction, actor, [{ eventType: 'user_identity.created', userIdentityId: uuidv7() }])
    })
    expect(await deliveries()).toEqual([])
  })

  test('nothing any more once it is deleted, not even of what was queued or is under way', async () => {
    const { url, received } = await receiver()
    const { webhookId } = await createWebhook(actor, { url })
    await happen([uuidv7(), uuidv7()])
    const claim = await claimDelivery(soon())
    await deleteWebhook(actor, webhookId)
    await deliverAt(soon(5 * minute))
    expect(received).toEqual([])
    if (!claim) throw new Error('nothing was due')
    await recordOutcome(claim, { responseStatus: 204, error: null, durationMilliseconds: 1 }, soon())
    expect(await deliveries()).toEqual([])
  })

  test('deleting a webhook while an event is queued for it harms neither', async () => {
    const { webhookId } = await createWebhook(actor, { url: 'http://127.0.0.1:1024' })
    let commit = () => {}
    let deleting: Promise<void> | undefined
    await new Promise<void>((deleted) => {
      deleting = withinTransaction(async () => {
        await deleteWebhook(actor, webhookId)
        await new Promise<void>((resolve) => {
          commit = resolve
          deleted()
        })
      })
    })
    const creating = createUserIdentity(actor, { full_name: 'Jane Doe' })
    // Long enough for it to come to where it waits for the deletion.
    await new Promise((resolve) => setTimeout(resolve, 300))
    commit()
    await Promise.all([deleting, creating])
    expect(await deliveries()).toEqual([])
    const connection = await database()
    expect(await connection.$count(events, eq(events.workspaceId, actor.workspaceId))).toBe(1)
  })
})

describe('an attempt that fails', () => {
  test('is tried again when it is time, and not before', async () => {
    let answers = 500
    const { url, received } = await receiver((_received, response) => {
      response.writeHead(answers).end()
    })
    await createWebhook(actor, { url })
    await happen([uuidv7()])
    const first = soon()
    await deliverAt(first)
    const [waiting] = await deliveries()
    expect(waiting).toMatchObject({ status: 'pending', attempts: 1, finishedAt: null })
    const delay = (waiting?.nextAttemptAt.getTime() ?? 0) - first.getTime()
    expect(delay).toBeGreaterThanOrEqual(5 * second)
    expect(delay).toBeLessThanOrEqual(5.5 * second)

    await deliverAt(new Date(first.getTime() + 4.9 * second))
    expect(received).toHaveLength(1)
    answers = 200
    const second_ = new Date(first.getTime() + 6 * second)
    await deliverAt(second_)
    expect(received).toHaveLength(2)
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id'])
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 2, finishedAt: second_ }])
    expect((await attempts()).map(({ responseStatus }) => responseStatus).sort()).toEqual([200, 500])
  })

  test('is given up after nine, within a day and a half', async () => {
    const jane = uuidv7()
    const { url, received } = await receiver(({ body }, response) => {
      if (JSON.parse(body).user_identity_id === jane) response.writeHead(302, { location: '/elsewhere' })
      response.end()
    })
    await createWebhook(actor, { url })
    await happen([jane])
    const start = soon()
    let now = start
    for (let attempt = 1; attempt <= 12; attempt++) {
      // What succeeds meanwhile keeps the webhook from being switched off.
      if (attempt === 8) await happen([uuidv7()])
      await deliverAt(now)
      const [delivery] = await deliveries()
      if (delivery?.status === 'pending') now = delivery.nextAttemptAt
    }
    expect(eventsIn(received).filter(({ user_identity_id }) => user_identity_id === jane)).toHaveLength(9)
    expect((await deliveries())[0]).toMatchObject({ status: 'failed', attempts: 9, finishedAt: now })
    expect(now.getTime() - start.getTime()).toBeLessThan(36 * 60 * minute)
  })

  test('holds up what follows about the same object, and nothing else', async () => {
    const [jane, john] = [uuidv7(), uuidv7()]
    let failing = true
    const { url, received } = await receiver(({ body }, response) => {
      response.writeHead(failing && JSON.parse(body).user_identity_id === jane ? 503 : 200).end()
    })
    await createWebhook(actor, { url })
    await happen([jane], 'user_identity.created')
    await happen([jane, john], 'user_identity.updated')
    await happen([jane, john], 'user_identity.deleted')
    const start = soon()
    await deliverAt(start)
    const told = () =>
      eventsIn(received).map(
        ({ user_identity_id, event_type }) =>
          `${user_identity_id === jane ? 'Jane' : 'John'} ${event_type.split('.')[1]}`,
      )
    expect(told().filter((what) => what.startsWith('Jane'))).toEqual(['Jane created'])
    expect(told().filter((what) => what.startsWith('John'))).toEqual(['John updated', 'John deleted'])

    failing = false
    received.length = 0
    await deliverAt(new Date(start.getTime() + 6 * second))
    expect(told()).toEqual(['Jane created', 'Jane updated', 'Jane deleted'])
  })

  test('because of a private address is written down as such', async () => {
    const { port, received } = await receiver()
    const { webhookId } = await createWebhook(actor, { url: `http://localhost:${port}` })
    await happen([uuidv7()])
    await dispatcher({ allowPrivateAddresses: false }).deliverDue()
    expect(received).toEqual([])
    expect((await listDeliveries(actor.workspaceId, webhookId)).items).toMatchObject([
      { status: 'pending', lastAttempt: { responseStatus: null, error: 'The address is private' } },
    ])
  })
})

describe('among several processes', () => {
  test('each delivery is sent once', async () => {
    const { url, received } = await receiver((_received, response) => {
      setTimeout(() => response.writeHead(200).end(), 5)
    })
    await createWebhook(actor, { url })
    await happen(manyIds(40))
    await Promise.all([dispatcher().deliverDue(), dispatcher().deliverDue(), dispatcher().deliverDue()])
    expect(received).toHaveLength(40)
    expect(new Set(eventsIn(received).map(({ event_id }) => event_id)).size).toBe(40)
    expect(await attempts()).toHaveLength(40)
  })

  test('what a killed one had taken is taken up when its lease ends', async () => {
    const { url, received } = await receiver()
    await createWebhook(actor, { url })
    await happen([uuidv7()])
    const now = soon()
    expect(await claimDelivery(now)).toBeDefined()
    await deliverAt(new Date(now.getTime() + 59 * second))
    expect(received).toHaveLength(0)
    await deliverAt(new Date(now.getTime() + 60 * second))
    expect(received).toHaveLength(1)
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }])
  })

  test('a clock that jumps beyond the lease has nobody deliver twice what they are at', async () => {
    let answer: () => void = () => undefined
    const slow = await receiver((_received, response) => {
      answer = () => response.writeHead(200).end()
    })
    await createWebhook(actor, { url: slow.url })
    await happen([uuidv7()])
    let now = soon()
    const jumping = dispatcher({ now: () => now })
    await jumping.takeUp()
    await vi.waitFor(() => expect(slow.received).toHaveLength(1))
    now = soon(60 * minute)
    await jumping.takeUp()
    answer()
    await jumping.deliverDue()
    expect(slow.received).toHaveLength(1)
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }])
  })

  // The embedded database has its process's clock, and one process.
  test.skipIf(!process.env.DATABASE_URL)('a server whose clock is ahead does not take what another has', async () => {
    await createWebhook(actor, { url: 'http://127.0.0.1:1024' })
    await happen([uuidv7()])
    expect(await claimDelivery(undefined)).toBeDefined()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60 * minute })
    try {
      expect(await claimDelivery(undefined)).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })

  test('one that was paused beyond its lease has no say in what follows', async () => {
    await createWebhook(actor, { url: 'http://127.0.0.1:1024' })
    await happen([uuidv7()])
    const now = soon()
    const paused = await claimDelivery(now)
    const taken = await claimDelivery(new Date(now.getTime() + minute))
    if (!paused || !taken) throw new Error('nothing was due')
    const failed = { responseStatus: 500, error: null, durationMilliseconds: 1 }
    await recordOutcome(paused, failed, now)
    expect(await deliveries()).toMatchObject([{ status: 'pending', attempts: 0, nextAttemptAt: taken.leaseEndsAt }])
    await recordOutcome(taken, { ...failed, responseStatus: 200 }, now)
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }])
    expect(await attempts()).toHaveLength(2)
  })
})

test('a new receiver that does not answer is sent one at a time, and the others do not wait for it', async () => {
  const open: (() => void)[] = []
  const slow = await receiver((_received, response) => {
    open.push(() => response.writeHead(200).end())
  })
  const quick = await receiver()
  await createWebhook(actor, { url: slow.url })
  await createWebhook(actor, { url: quick.url })
  await happen(manyIds(8))
  const delivering = dispatcher().deliverDue()
  await vi.waitFor(() => {
    expect(quick.received).toHaveLength(8)
    expect(slow.received).toHaveLength(1)
  }, patience)
  while (slow.received.length < 8 || open.length > 0) {
    open.shift()?.()
    expect(slow.received.length).toBeLessThanOrEqual(8)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await delivering
  expect((await deliveries()).every(({ status }) => status === 'delivered')).toBe(true)
})

describe('the loop', () => {
  const start = () => startWebhookDispatcher({ allowPrivateAddresses: true })

  test('delivers what happens while it runs, and is one in the process', async () => {
    const { url, received } = await receiver()
    await createWebhook(actor, { url })
    const { stop } = start()
    expect(start().stop).toBe(stop)
    await happen([uuidv7()])
    await vi.waitFor(() => expect(received).toHaveLength(1), patience)
    await stop()
    expect(await deliveries()).toMatchObject([{ status: 'delivered' }])
    await happen([uuidv7()])
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(received).toHaveLength(1)
  })

  test('waits for what is under way when it is stopped, and goes on after a restart', async () => {
    const { url, received } = await receiver((_received, response) => {
      setTimeout(() => response.writeHead(200).end(), 200)
    })
    await createWebhook(actor, { url })
    const jane = uuidv7()
    await happen([jane, jane])
    const first = start()
    await vi.waitFor(() => expect(received).toHaveLength(1), patience)
    await first.stop()
    expect((await deliveries()).map(({ status }) => status)).toEqual(['delivered', 'pending'])
    const second = start()
    await vi.waitFor(() => expect(received).toHaveLength(2), patience)
    await second.stop()
    expect((await deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })
})

test('a finished delivery can be sent again, with the same id and the same body', async () => {
  const { url, received } = await receiver()
  await createWebhook(actor, { url })
  await happen([uuidv7()])
  await deliverAt(soon())
  const [delivery] = await deliveries()
  if (!delivery) throw new Error('nothing was queued')
  await resendDelivery(actor, delivery.deliveryId)
  expect(await deliveries()).toMatchObject([{ status: 'pending', attempts: 0, finishedAt: null }])
  await deliverAt(soon(minute))
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([delivery.deliveryId, delivery.deliveryId])
  expect(received[1]?.body).toBe(received[0]?.body)
  const log = await getDelivery(actor.workspaceId, delivery.deliveryId)
  expect(log).toMatchObject({ status: 'delivered', attempts: 1, nextAttemptAt: null, payload: received[0]?.body })
  expect(log.attemptLog).toHaveLength(2)
})

test('the log of deliveries is kept for 30 days, and answers to idempotent requests for one', async () => {
  const connection = await database()
  await createWebhook(actor, { url: 'http://127.0.0.1:1024' })
  await happen(manyIds(4))
  const [old, recent, pending, late] = await deliveries()
  const age = async (delivery: typeof old, values: object) =>
    connection
      .update(webhookDeliveries)
      .set(values)
      .where(and(eq(webhookDeliveries.deliveryId, delivery?.deliveryId ?? '')))
  const now = new Date()
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * minute)
  await age(old, { status: 'failed', createdAt: daysAgo(32), finishedAt: daysAgo(30.1) })
  await age(recent, { status: 'delivered', createdAt: daysAgo(30), finishedAt: daysAgo(29.9) })
  await age(pending, { createdAt: daysAgo(90) })
  await age(late, { status: 'delivered', createdAt: daysAgo(90), finishedAt: daysAgo(1) })
  await pruneDeliveries(now)
  expect((await deliveries()).map(({ deliveryId }) => deliveryId)).toEqual(
    [recent, pending, late].map((delivery) => delivery?.deliveryId),
  )

  const apiKeyId = uuidv7()
  const { workspaceId } = actor
  await connection
    .insert(apiKeys)
    .values({ workspaceId, apiKeyId, name: 'x', publicId: apiKeyId, secretHash: 'a'.repeat(64), createdBy: 'Dana' })
  await connection.insert(idempotentRequests).values(
    [0.9, 1.1].map((days) => ({
      workspaceId,
      apiKeyId,
      idempotencyKey: String(days),
      requestHash: 'hash',
      createdAt: daysAgo(days),
    })),
  )
  const { stop } = startWebhookDispatcher()
  await vi.waitFor(async () => {
    const kept = await connection.select({ key: idempotentRequests.idempotencyKey }).from(idempotentRequests)
    expect(kept).toEqual([{ key: '0.9' }])
  }, patience)
  await stop()
})

test('an error of the database does not end the loop', async () => {
  const { url, received } = await receiver()
  await createWebhook(actor, { url })
  const errors = vi.spyOn(logger(), 'error')
  await asOwner('alter table webhook_deliveries rename column next_attempt_at to lost')
  const { stop } = startWebhookDispatcher({ allowPrivateAddresses: true })
  await vi.waitFor(() => expect(errors).toHaveBeenCalled(), patience)
  await asOwner('alter table webhook_deliveries rename column lost to next_attempt_at')
  await happen([uuidv7()])
  await vi.waitFor(() => expect(received).toHaveLength(1), patience)
  await stop()
  errors.mockRestore()
})
