import type { Metadata } from 'next'
import { Detail } from '@/components/ui/detail'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { ExactTime } from '@/components/ui/viewer-time'
import { DeleteWebhook } from '@/components/webhooks/delete-webhook'
import { DeliveryLog } from '@/components/webhooks/delivery-log'
import { SigningSecret } from '@/components/webhooks/signing-secret'
import { WebhookFormDialog } from '@/components/webhooks/webhook-form-dialog'
import { WebhookTrouble } from '@/components/webhooks/webhook-trouble'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readDeliveryListParameters } from '@/lib/http-api/webhooks/delivery-list-parameters'
import { countPendingDeliveries, getDelivery, getWebhook, listDeliveries } from '@/lib/http-api/webhooks/queries'
import type { Delivery } from '@/lib/http-api/webhooks/webhook'
import { may } from '@/lib/platform/permissions'
import { Refusal } from '@/lib/platform/refusals'
import { orNotFound } from '../../../or-not-found'
import { toSearchParameters } from '../../../search-parameters'
import { removeWebhook, resend, revealSecret, saveWebhook, switchOn } from '../actions'

export const metadata: Metadata = { title: 'Webhook' }

export default async function WebhookPage({ params, searchParams }: PageProps<'/settings/webhooks/[id]'>) {
  const { workspace } = await requireAdmin()
  const { workspaceId } = workspace
  const parameters = readDeliveryListParameters(toSearchParameters(await searchParams))
  const { url, eventTypes, createdAt, webhookId, standing } = await orNotFound(
    getWebhook(workspaceId, (await params).id),
  )
  const [page, opened, pendingCount] = await Promise.all([
    listDeliveries(workspaceId, webhookId, parameters),
    parameters.deliveryId ? findDelivery(workspaceId, webhookId, parameters.deliveryId) : null,
    countPendingDeliveries(workspaceId, webhookId),
  ])
  const mayManage = may(workspace.role, 'webhook.manage')
  const webhook = { webhookId, url, eventTypes }
  return (
    <>
      <PageHeader
        title={url}
        detail="Webhook"
        actions={
          mayManage && (
            <>
              <WebhookFormDialog
                action={saveWebhook}
                webhook={webhook}
                title="Change event types"
                href={`/settings/webhooks/${webhookId}/edit`}
                cancelHref={`/settings/webhooks/${webhookId}`}
                variant="secondary"
              >
                Change event types
              </WebhookFormDialog>
              <DeleteWebhook webhook={webhook} pendingCount={pendingCount} onDelete={removeWebhook} />
            </>
          )
        }
      />
      {standing.state !== 'on' && (
        <div className="mb-4">
          <WebhookTrouble webhookId={webhookId} standing={standing} onSwitchOn={mayManage ? switchOn : undefined} />
        </div>
      )}
      <div className="mb-7 grid gap-x-8 gap-y-4 rounded-lg border border-line bg-surface px-4 py-4 sm:grid-cols-2">
        {mayManage ? (
          <SigningSecret webhookId={webhookId} onReveal={revealSecret} />
        ) : (
          <Notice tone="info">Owners and managers see the signing secret here.</Notice>
        )}
        <dl className="grid gap-3">
          <Detail name="Events">
            {eventTypes.includes('*') ? (
              'All events'
            ) : (
              <span className="flex flex-wrap gap-x-3 font-mono text-xs">
                {eventTypes.map((eventType) => (
                  <span key={eventType}>{eventType}</span>
                ))}
              </span>
            )}
          </Detail>
          <Detail name="Created">
            <ExactTime at={createdAt} />
          </Detail>
        </dl>
      </div>
      <DeliveryLog
        webhookId={webhookId}
        parameters={parameters}
        page={page}
        opened={opened}
        onResend={mayManage ? resend : undefined}
      />
    </>
  )
}

/** The delivery that the address opens, if it is (still) one of this webhook. */
async function findDelivery(workspaceId: string, webhookId: string, deliveryId: string): Promise<Delivery | null> {
  try {
    const delivery = await getDelivery(workspaceId, deliveryId)
    return delivery.webhookId === webhookId ? delivery : null
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not_found') return null
    throw error
  }
}
