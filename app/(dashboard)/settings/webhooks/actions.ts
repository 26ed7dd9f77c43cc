'use server'

import { revalidatePath } from 'next/cache'
import { RedirectType, redirect } from 'next/navigation'
import { typedEventTypes } from '@/components/webhooks/typed-event-types'
import type { WebhookFormState } from '@/components/webhooks/webhook-form'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { createWebhook, deleteWebhook, resendDelivery, updateWebhook } from '@/lib/http-api/webhooks/commands'
import { getWebhookWithSecret } from '@/lib/http-api/webhooks/queries'
import { switchOnWebhook } from '@/lib/http-api/webhooks/switching'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'

/** Registers a webhook from the form and goes to its page. */
export async function addWebhook(_previous: WebhookFormState, form: FormData): Promise<WebhookFormState> {
  const add = ({ actor }: ActingAdmin) =>
    createWebhook(actor, { url: form.get('url'), event_types: typedEventTypes(form) })
  const result = await actAsAdmin('webhook.manage', add, { given: form })
  if (!result.ok) return refused(form, result.refusal)
  revalidatePath('/settings/webhooks', 'layout')
  redirect(`/settings/webhooks/${result.value.webhookId}?notice=webhook-created`, RedirectType.push)
}

/** Saves which events a webhook is told of. */
export async function saveWebhook(_previous: WebhookFormState, form: FormData): Promise<WebhookFormState> {
  const webhookId = String(form.get('webhook_id') ?? '')
  const save = ({ actor }: ActingAdmin) =>
    updateWebhook(actor, { webhook_id: webhookId, event_types: typedEventTypes(form) })
  const result = await actAsAdmin('webhook.manage', save, { given: form })
  if (!result.ok) return refused(form, result.refusal)
  revalidatePath('/settings/webhooks', 'layout')
  redirect(`/settings/webhooks/${webhookId}?notice=webhook-saved`, RedirectType.replace)
}

/** Deletes a webhook with its log. */
export async function removeWebhook(webhookId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('webhook.manage', async ({ actor }) => {
    await deleteWebhook(actor, webhookId)
    return null
  })
  if (!result.ok) return result
  revalidatePath('/settings/webhooks', 'layout')
  redirect('/settings/webhooks?notice=webhook-deleted', RedirectType.replace)
}

/** Queues a finished delivery once more. */
export async function resend(deliveryId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('webhook.manage', async ({ actor }) => {
    await resendDelivery(actor, deliveryId)
    return null
  })
  revalidatePath('/settings/webhooks', 'layout')
  return result
}

/** Switches a webhook on again. */
export async function switchOn(webhookId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('webhook.manage', async ({ actor }) => {
    await switchOnWebhook(actor, webhookId)
    return null
  })
  revalidatePath('/settings/webhooks', 'layout')
  return result
}

/** What a webhook's deliveries are signed with. */
export async function revealSecret(webhookId: string): Promise<ActionResult<string>> {
  return actAsAdmin(
    'webhook.manage',
    async ({ actor }) => (await getWebhookWithSecret(actor.workspaceId, webhookId)).secret,
  )
}

function refused(form: FormData, refusal: RefusalValue): WebhookFormState {
  return { url: String(form.get('url') ?? ''), eventTypes: typedEventTypes(form), refusal }
}
