import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { webhookDeliveries } from '@/db/schema/webhooks'
import { createUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { addWorkspace } from '@/lib/testing/test-data'
import { createWebhook } from './commands'
import { countPendingDeliveries, summarizeWebhooks } from './queries'

let admin: Actor
beforeEach(async () => {
  admin = await addWorkspace()
})

const add = async (eventType: string) =>
  (await createWebhook(admin, { url: `https://example.com/${eventType}`, event_types: [eventType] })).webhookId
const happen = (name: string) => createUserIdentity(admin, { full_name: name })

/** Says that the newest delivery of a webhook is finished. */
async function finishNewest(webhookId: string, status: 'delivered' | 'failed', finishedAt: Date): Promise<void> {
  const connection = await database()
  const rows = await connection.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhookId))
  const newest = rows.sort((one, other) => other.position - one.position)[0]
  await connection
    .update(webhookDeliveries)
    .set({ status, finishedAt })
    .where(eq(webhookDeliveries.deliveryId, newest?.deliveryId ?? ''))
}

test('each webhook comes with what became of its newest delivery, oldest webhook first', async () => {
  const told = await add('user_identity.created')
  const untold = await add('user_identity.deleted')
  await happen('Jane')
  await finishNewest(told, 'delivered', new Date('2026-01-31T09:00:00Z'))
  await happen('John')
  await finishNewest(told, 'failed', new Date('2026-01-31T10:00:00Z'))
  expect(await summarizeWebhooks(admin.workspaceId)).toMatchObject([
    { webhookId: told, lastDelivery: { status: 'failed', at: '2026-01-31T10:00:00.000Z' } },
    { webhookId: untold, lastDelivery: null },
  ])
  await happen('Joan')
  const [{ lastDelivery } = {}] = await summarizeWebhooks(admin.workspaceId)
  expect(lastDelivery).toEqual({ status: 'pending', at: expect.stringMatching(/Z$/) })
  expect(JSON.stringify(await summarizeWebhooks(admin.workspaceId))).not.toContain('whsec_')
})

test('what waits is counted for each webhook by itself', async () => {
  const told = await add('user_identity.created')
  const untold = await add('user_identity.deleted')
  await happen('Jane')
  await happen('John')
  await finishNewest(told, 'delivered', new Date())
  await happen('Joan')
  expect(await countPendingDeliveries(admin.workspaceId, told)).toBe(2)
  expect(await countPendingDeliveries(admin.workspaceId, untold)).toBe(0)
  expect(await countPendingDeliveries(admin.workspaceId, 'no id')).toBe(0)
})

test('another workspace sees none of it', async () => {
  const webhookId = await add('user_identity.created')
  await happen('Jane')
  const stranger = await addWorkspace()
  expect(await summarizeWebhooks(stranger.workspaceId)).toEqual([])
  expect(await countPendingDeliveries(stranger.workspaceId, webhookId)).toBe(0)
})
