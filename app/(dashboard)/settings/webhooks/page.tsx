import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { TextLink } from '@/components/ui/text-link'
import { WebhookFormDialog } from '@/components/webhooks/webhook-form-dialog'
import { WebhooksList } from '@/components/webhooks/webhooks-list'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { summarizeWebhooks } from '@/lib/http-api/webhooks/queries'
import { may } from '@/lib/platform/permissions'
import { addWebhook } from './actions'

export const metadata: Metadata = { title: 'Webhooks' }

export default async function WebhooksPage() {
  const { workspace } = await requireAdmin()
  const webhooks = await summarizeWebhooks(workspace.workspaceId)
  const mayManage = may(workspace.role, 'webhook.manage')
  const create = mayManage && (
    <WebhookFormDialog
      action={addWebhook}
      title="Create webhook"
      href="/settings/webhooks/new"
      cancelHref="/settings/webhooks"
      variant="primary"
    >
      <Plus aria-hidden className="size-4" />
      Create webhook
    </WebhookFormDialog>
  )
  return (
    <>
      <PageHeader
        title="Webhooks"
        detail={
          <p className="max-w-prose">
            Your app is told of what happens in {workspace.name}, as it happens. How to check that a message comes from
            here is in the{' '}
            <TextLink href="/api-reference#receiving-webhooks" className="whitespace-nowrap">
              API reference
            </TextLink>
            .
          </p>
        }
        actions={create}
      />
      {!mayManage && (
        <div className="mb-4">
          <Notice tone="info">
            You see the webhooks and what they were sent. Creating, changing and deleting them is for owners and
            managers: what happens here leaves through them.
          </Notice>
        </div>
      )}
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        {webhooks.length === 0 ? (
          <EmptyState title="No webhook yet">
            A webhook is an address of your app. It gets a signed message for every event, such as a person who was
            created or an ACS user who was attached, so that your app need not ask again and again.
          </EmptyState>
        ) : (
          <WebhooksList webhooks={webhooks} />
        )}
      </div>
    </>
  )
}
