import type { Metadata } from 'next'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { WebhookForm } from '@/components/webhooks/webhook-form'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getWebhook } from '@/lib/http-api/webhooks/queries'
import { may } from '@/lib/platform/permissions'
import { orNotFound } from '../../../../or-not-found'
import { saveWebhook } from '../../actions'

export const metadata: Metadata = { title: 'Change event types' }

/** The dialog of the webhook's page as a page: for browsers without JavaScript, and for a link. */
export default async function EditWebhookPage({ params }: PageProps<'/settings/webhooks/[id]/edit'>) {
  const { workspace } = await requireAdmin()
  const { webhookId, url, eventTypes } = await orNotFound(getWebhook(workspace.workspaceId, (await params).id))
  return (
    <div className="max-w-md">
      <PageHeader title="Change event types" detail={url} />
      {may(workspace.role, 'webhook.manage') ? (
        <WebhookForm
          action={saveWebhook}
          webhook={{ webhookId, eventTypes }}
          cancelHref={`/settings/webhooks/${webhookId}`}
        />
      ) : (
        <Notice tone="info">Your role in this workspace does not permit changing webhooks. Ask an owner.</Notice>
      )}
    </div>
  )
}
