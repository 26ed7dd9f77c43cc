import { and, eq, gt, or, sql } from 'drizzle-orm'
import { users } from '@/db/schema/accounts'
import { webhookDeliveries, webhooks } from '@/db/schema/webhooks'
import { workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { cancelMails, queueMail } from '@/lib/background/mail/commands'
import { recordEvents } from '@/lib/history/events/commands'
import type { EventType } from '@/lib/history/events/event'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { notFound } from '@/lib/platform/refusals'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { freshPace } from './pace'
import { switchedOffMail } from './switched-off-mail'

type SwitchedOff = { workspaceId: string; webhookId: string; url: string; trouble: string | null }

const mailUsefulForHours = 72

/** Records that Keyholder switched a webhook off, and queues a mail to each owner of the workspace. */
export async function tellOfSwitchingOff(transaction: Transaction, webhook: SwitchedOff): Promise<void> {
  const { workspaceId, webhookId } = webhook
  const keyholder: Actor = { workspaceId, kind: 'system', id: null, name: 'Keyholder' }
  await record(transaction, keyholder, 'webhook.switched_off', webhook)
  const owners = await transaction
    .select({ to: users.email, workspaceName: workspaces.name })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .innerJoin(workspaces, eq(workspaces.workspaceId, workspaceMembers.workspaceId))
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.role, 'owner')))
  const about = { kind: 'webhook_switched_off', subjectId: webhookId, workspaceId, usefulForHours: mailUsefulForHours }
  for (const owner of owners) await queueMail(transaction, about, await switchedOffMail({ ...webhook, ...owner }))
}

/**
 * Switches a webhook on again. Its pending deliveries are due at once, with a full set of attempts each. Leaves a
 * webhook alone that is on.
 *
 * @throws Refusal `invalid_input`, `webhook_not_found`
 */
export async function switchOnWebhook(actor: Actor, webhookId: string): Promise<void> {
  const id = parseInput(uuid('webhook_id'), webhookId)
  const { workspaceId } = actor
  const itself = and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.webhookId, id))
  await inTransaction(async (transaction) => {
    const [webhook] = await transaction.select().from(webhooks).where(itself).for('no key update')
    if (!webhook) throw notFound('webhook')
    if (!webhook.switchedOffAt) return
    await transaction.update(webhooks).set(freshPace).where(itself)
    await transaction
      .update(webhookDeliveries)
      .set({ attempts: 0, nextAttemptAt: sql`now()` })
      .where(
        and(
          eq(webhookDeliveries.workspaceId, workspaceId),
          eq(webhookDeliveries.webhookId, id),
          eq(webhookDeliveries.status, 'pending'),
          or(gt(webhookDeliveries.attempts, 0), gt(webhookDeliveries.nextAttemptAt, sql`now()`)),
        ),
      )
    await cancelMails(transaction, id)
    await record(transaction, actor, 'webhook.switched_on', webhook)
  })
}

/** Records the host only: the rest of the address may be a secret. */
function record(transaction: Transaction, actor: Actor, eventType: EventType, webhook: SwitchedOff): Promise<void> {
  const { webhookId, url } = webhook
  const data = { webhook: { webhook_id: webhookId, host: new URL(url).host } }
  return recordEvents(transaction, actor, [{ eventType, data }])
}
