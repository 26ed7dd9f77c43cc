import type { Metadata } from 'next'
import { ApiKeyForm } from '@/components/api-keys/api-key-form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'
import { createKey } from '../actions'

export const metadata: Metadata = { title: 'Create API key' }

/** The dialog of the list as a page: for browsers without JavaScript, and for a link. */
export default async function NewApiKeyPage() {
  const { workspace } = await requireAdmin()
  return (
    <div className="max-w-md">
      <PageHeader title="Create API key" />
      {may(workspace.role, 'api_key.manage') ? (
        <ApiKeyForm onCreate={createKey} />
      ) : (
        <Notice tone="info">Your role in this workspace does not permit creating API keys. Ask an owner.</Notice>
      )}
    </div>
  )
}
