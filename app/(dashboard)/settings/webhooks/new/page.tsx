import type { Metadata } from 'next'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { WebhookForm } from '@/components/webhooks/webhook-form'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { addWebhook } from '../actions'

export const metadata: Metadata = { title: 'Create webhook' }

/** The dialog of the list as a page: for browsers without JavaScript, and for a link. */
export default async function NewWebhookPage() {
  const { workspace } = await requireAdmin()
  return (
    <div className="max-w-md">
      <PageHeader title="Create webhook" />
      {may(workspace.role, 'webhook.manage') ? (
        <WebhookForm action={addWebhook} cancelHref="/settings/webhooks" />
      ) : (
        <Notice tone="info">Your role in this workspace does not permit creating webhooks. Ask an owner.</Notice>
      )}
    </div>
  )
}
