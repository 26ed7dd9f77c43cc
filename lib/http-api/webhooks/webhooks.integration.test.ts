import { asc, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { webhookAttempts, webhookDeliveries, webhooks } from '@/db/schema/webhooks'
import { recordEvents } from '@/lib/history/events/commands'
import { createUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { encodeCursor } from '@/lib/platform/pagination/cursor'
import { inTransaction } from '@/lib/platform/transaction'
import { addWorkspace, race, refusalOf } from '@/lib/testing/test-data'
import { createWebhook, deleteWebhook, resendDelivery, updateWebhook } from './commands'
import { getDelivery, getWebhook, getWebhookWithSecret, listDeliveries, listWebhooks } from './queries'
import { maximumWebhooks } from './webhook'

const url = 'https://example.com/webhooks'

let actor: Actor
beforeEach(async () => {
  actor = await addWorkspace()
})
afterEach(() => vi.unstubAllEnvs())

const happen = (times: number) =>
  inTransaction((transaction) =>
    recordEvents(
      transaction,
      actor,
      Array.from({ length: times }, () => ({
        eventType: 'user_identity.created' as const,
        userIdentityId: uuidv7(),
        data: { user_identity_name: 'Jane Doe' },
      })),
    ),
  )

async function deliveryIds(): Promise<string[]> {
  const connection = await database()
  const rows = await connection
    .select({ deliveryId: webhookDeliveries.deliveryId })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.workspaceId, actor.workspaceId))
    .orderBy(asc(webhookDeliveries.position))
  return rows.map(({ deliveryId }) => deliveryId)
}

async function finish(deliveryId: string, status: 'delivered' | 'failed' = 'delivered') {
  const connection = await database()
  await connection
    .update(webhookDeliveries)
    .set({ status, attempts: 3, finishedAt: new Date() })
    .where(eq(webhookDeliveries.deliveryId, deliveryId))
}

describe('creating a webhook', () => {
  test('gives it with a secret of its own, which its list does not tell', async () => {
    const created = await createWebhook(actor, { url, event_types: ['acs_user.created'] })
    expect(created).toEqual({
      webhookId: expect.any(String),
      url,
      eventTypes: ['acs_user.created'],
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/),
      createdAt: expect.stringMatching(/Z$/),
      standing: { state: 'on' },
    })
    expect((await createWebhook(actor, { url })).secret).not.toBe(created.secret)
    expect(await getWebhookWithSecret(actor.workspaceId, created.webhookId)).toEqual(created)
    const { secret: _secret, ...listed } = created
    expect((await listWebhooks(actor.workspaceId))[0]).toEqual(listed)
  })

  test.each(['http://localhost:3000', 'https://10.0.0.7/hooks', 'http://[::1]', 'http://2130706433'])(
    'at the private address %s is refused unless the configuration allows it',
    async (address) => {
      expect(await refusalOf(createWebhook(actor, { url: address }))).toMatchObject({
        kind: 'invalid_input',
        type: 'invalid_input',
        fields: { url: [expect.stringMatching(/^The address is private/)] },
      })
      vi.stubEnv('WEBHOOKS_ALLOW_PRIVATE', '1')
      expect(await createWebhook(actor, { url: address })).toMatchObject({ url: address })
    },
  )

  test('is refused with what is wrong', async () => {
    expect(await refusalOf(createWebhook(actor, { url: 'example.com', event_types: [] }))).toMatchObject({
      type: 'invalid_input',
      fields: { url: [expect.any(String)], event_types: ['Choose at least one event type.'] },
    })
    expect(await refusalOf(createWebhook(actor, null))).toMatchObject({ type: 'invalid_input' })
  })

  test('beyond the last place is refused, to all but one of those who meet', async () => {
    for (let count = 1; count < maximumWebhooks; count++) await createWebhook(actor, { url })
    const { winners, refusals } = await race(Array.from({ length: 4 }, () => createWebhook(actor, { url })))
    expect(winners).toBe(1)
    expect(refusals.map(({ type }) => type)).toEqual(Array(3).fill('too_many_webhooks'))
    expect(await listWebhooks(actor.workspaceId)).toHaveLength(maximumWebhooks)
    await createWebhook(await addWorkspace(), { url })
  })
})

describe('changing a webhook', () => {
  test('changes what it is told of from then on', async () => {
    const { webhookId } = await createWebhook(actor, { url, event_types: ['user_identity.deleted'] })
    await happen(1)
    await updateWebhook(actor, { webhook_id: webhookId, event_types: ['user_identity.created'] })
    await happen(1)
    expect(await getWebhook(actor.workspaceId, webhookId)).toMatchObject({ eventTypes: ['user_identity.created'] })
    expect((await listDeliveries(actor.workspaceId, webhookId)).total).toBe(1)
  })

  test('to what it is already changes nothing', async () => {
    const created = await createWebhook(actor, { url })
    await updateWebhook(actor, { webhook_id: created.webhookId, event_types: ['*', '*'] })
    expect(await getWebhookWithSecret(actor.workspaceId, created.webhookId)).toEqual(created)
  })

  test('that is not there, or to nothing, is refused', async () => {
    const change = (webhook_id: unknown, event_types: unknown) =>
      refusalOf(updateWebhook(actor, { webhook_id, event_types }))
    expect(await change(uuidv7(), ['*'])).toMatchObject({ kind: 'not_found', type: 'webhook_not_found' })
    expect(await change('x', ['*'])).toMatchObject({
      type: 'invalid_input',
      fields: { webhook_id: [expect.any(String)] },
    })
    expect(await change(uuidv7(), [])).toMatchObject({ fields: { event_types: [expect.any(String)] } })
    expect(await change(uuidv7(), undefined)).toMatchObject({ fields: { event_types: [expect.any(String)] } })
  })
})

describe('deleting a webhook', () => {
  test('takes its deliveries along', async () => {
    const { webhookId } = await createWebhook(actor, { url })
    const other = await createWebhook(actor, { url })
    await happen(2)
    await deleteWebhook(actor, webhookId)
    expect(await refusalOf(getWebhook(actor.workspaceId, webhookId))).toMatchObject({ type: 'webhook_not_found' })
    expect(await refusalOf(listDeliveries(actor.workspaceId, webhookId))).toMatchObject({ type: 'webhook_not_found' })
    expect((await listDeliveries(actor.workspaceId, other.webhookId)).total).toBe(2)
    expect(await deliveryIds()).toHaveLength(2)
  })

  test('has one winner when two meet', async () => {
    const { webhookId } = await createWebhook(actor, { url })
    const { winners, refusals } = await race([deleteWebhook(actor, webhookId), deleteWebhook(actor, webhookId)])
    expect(winners).toBe(1)
    expect(refusals).toMatchObject([{ type: 'webhook_not_found' }])
  })
})

describe('sending a delivery again', () => {
  test.each(['delivered', 'failed'] as const)('queues one that is %s, for one of two who meet', async (status) => {
    const { webhookId } = await createWebhook(actor, { url })
    await happen(1)
    const [id = ''] = await deliveryIds()
    await finish(id, status)
    const { winners, refusals } = await race([resendDelivery(actor, id), resendDelivery(actor, id)])
    expect(winners).toBe(1)
    expect(refusals).toMatchObject([{ kind: 'conflict', type: 'webhook_delivery_pending' }])
    const { items } = await listDeliveries(actor.workspaceId, webhookId)
    expect(items).toMatchObject([{ status: 'pending', attempts: 0, finishedAt: null }])
    expect(Date.parse(items[0]?.nextAttemptAt ?? '')).toBeLessThanOrEqual(Date.now() + 1000)
  })

  test('is refused while it is pending anyway, and for one that is not there', async () => {
    await createWebhook(actor, { url })
    await happen(1)
    const [id = ''] = await deliveryIds()
    expect(await refusalOf(resendDelivery(actor, id))).toMatchObject({ type: 'webhook_delivery_pending' })
    expect(await refusalOf(resendDelivery(actor, uuidv7()))).toMatchObject({ type: 'webhook_delivery_not_found' })
    expect(await refusalOf(resendDelivery(actor, 'x'))).toMatchObject({ type: 'invalid_input' })
  })
})

describe('the log of a webhook', () => {
  test('shows the newest delivery first, page by page, and none twice while more are added', async () => {
    const { webhookId } = await createWebhook(actor, { url })
    await happen(60)
    const newestFirst = (await deliveryIds()).reverse()
    const first = await listDeliveries(actor.workspaceId, webhookId)
    expect(first).toMatchObject({ total: 60, offset: 0, previousCursor: null })
    await happen(3)
    const second = await listDeliveries(actor.workspaceId, webhookId, { cursor: first.nextCursor })
    expect(second).toMatchObject({ total: 63, offset: 50, nextCursor: null })
    expect([...first.items, ...second.items].map(({ deliveryId }) => deliveryId)).toEqual(newestFirst)
    const back = await listDeliveries(actor.workspaceId, webhookId, { cursor: second.previousCursor })
    expect(back.items).toEqual(first.items)
  })

  test('can be narrowed to a status', async () => {
    const { webhookId } = await createWebhook(actor, { url })
    await happen(3)
    const [first = '', second = '', third = ''] = await deliveryIds()
    await finish(first, 'failed')
    await finish(second, 'delivered')
    const only = async (status: 'pending' | 'delivered' | 'failed') =>
      (await listDeliveries(actor.workspaceId, webhookId, { status })).items.map(({ deliveryId }) => deliveryId)
    expect(await only('failed')).toEqual([first])
    expect(await only('delivered')).toEqual([second])
    expect(await only('pending')).toEqual([third])
  })

  test.each([
    'forged',
    encodeCursor({ direction: 'after', value: "1' or 1=1", id: uuidv7(), offset: 0 }),
    encodeCursor({ direction: 'after', value: '9'.repeat(40), id: uuidv7(), offset: 0 }),
  ])('begins again at a forged place', async (cursor) => {
    const { webhookId } = await createWebhook(actor, { url })
    await happen(1)
    expect((await listDeliveries(actor.workspaceId, webhookId, { cursor })).items).toHaveLength(1)
  })

  test('tells of a delivery how often it was tried, what came of it last, and when it is due', async () => {
    const { webhookId } = await createWebhook(actor, { url })
    const { userIdentityId } = await createUserIdentity(actor, { full_name: 'Jane Doe' })
    const [id = ''] = await deliveryIds()
    const connection = await database()
    const attempt = (minute: number, outcome: { responseStatus?: number; error?: string }) => ({
      workspaceId: actor.workspaceId,
      deliveryId: id,
      attemptedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
      durationMilliseconds: minute,
      ...outcome,
    })
    await connection
      .insert(webhookAttempts)
      .values([attempt(1, { error: 'No answer within 10 s' }), attempt(2, { responseStatus: 500 })])
    const newest = {
      attemptedAt: '2026-01-01T00:02:00.000Z',
      responseStatus: 500,
      error: null,
      durationMilliseconds: 2,
    }
    const { items } = await listDeliveries(actor.workspaceId, webhookId)
    expect(items).toEqual([
      {
        deliveryId: id,
        eventId: expect.any(String),
        eventType: 'user_identity.created',
        status: 'pending',
        attempts: 0,
        lastAttempt: newest,
        nextAttemptAt: expect.stringMatching(/Z$/),
        createdAt: expect.stringMatching(/Z$/),
        finishedAt: null,
      },
    ])
    const delivery = await getDelivery(actor.workspaceId, id)
    expect(delivery).toMatchObject({ webhookId, url, status: 'pending', eventType: 'user_identity.created' })
    expect(delivery.attemptLog).toEqual([
      newest,
      expect.objectContaining({ error: 'No answer within 10 s', responseStatus: null }),
    ])
    expect(JSON.parse(delivery.payload)).toMatchObject({
      event_type: 'user_identity.created',
      user_identity_id: userIdentityId,
    })
    await finish(id)
    expect(await getDelivery(actor.workspaceId, id)).toMatchObject({
      nextAttemptAt: null,
      finishedAt: expect.any(String),
    })
  })
})

describe('of another workspace', () => {
  test('nothing is found, and nothing is written', async () => {
    const theirs = actor
    const { webhookId } = await createWebhook(theirs, { url })
    await happen(1)
    const [deliveryId = ''] = await deliveryIds()
    await finish(deliveryId)
    const everything = async () => {
      const connection = await database()
      return [
        await connection.select().from(webhooks).where(eq(webhooks.workspaceId, theirs.workspaceId)),
        await connection.select().from(webhookDeliveries).where(eq(webhookDeliveries.workspaceId, theirs.workspaceId)),
      ]
    }
    const before = await everything()
    const ours = await addWorkspace()
    const notFound = (thing: string) => ({ kind: 'not_found', type: `${thing}_not_found` })
    const { workspaceId } = ours
    expect(await listWebhooks(workspaceId)).toEqual([])
    expect(await refusalOf(getWebhook(workspaceId, webhookId))).toMatchObject(notFound('webhook'))
    expect(await refusalOf(listDeliveries(workspaceId, webhookId))).toMatchObject(notFound('webhook'))
    expect(await refusalOf(getDelivery(workspaceId, deliveryId))).toMatchObject(notFound('webhook_delivery'))
    expect(await refusalOf(updateWebhook(ours, { webhook_id: webhookId, event_types: ['*'] }))).toMatchObject(
      notFound('webhook'),
    )
    expect(await refusalOf(deleteWebhook(ours, webhookId))).toMatchObject(notFound('webhook'))
    expect(await refusalOf(resendDelivery(ours, deliveryId))).toMatchObject(notFound('webhook_delivery'))
    expect(await everything()).toEqual(before)
  })

  test('what happens there is not told here', async () => {
    const { webhookId } = await createWebhook(await addWorkspace(), { url })
    await happen(1)
    const connection = await database()
    expect(await connection.$count(webhookDeliveries, eq(webhookDeliveries.webhookId, webhookId))).toBe(0)
  })
})
