import type { Metadata } from 'next'
import { ApiKeysTable } from '@/components/api-keys/api-keys-table'
import { CreateApiKey } from '@/components/api-keys/create-api-key'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { TextLink } from '@/components/ui/text-link'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listApiKeys } from '@/lib/http-api/api-keys/queries'
import { may } from '@/lib/platform/permissions'
import { createKey, revokeKey } from './actions'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage() {
  const { workspace } = await requireAdmin()
  const apiKeys = await listApiKeys(workspace.workspaceId)
  const mayManage = may(workspace.role, 'api_key.manage')
  return (
    <>
      <PageHeader
        title="API keys"
        detail={
          <p className="max-w-prose">
            A program proves with a key that it may act in {workspace.name}. What it can do is in the{' '}
            <TextLink href="/api-reference" className="whitespace-nowrap">
              API reference
            </TextLink>
            .
          </p>
        }
        // In one place, whether there are keys or not: the first key must not take the dialog that shows it away.
        actions={mayManage && <CreateApiKey onCreate={createKey} />}
      />
      {!mayManage && (
        <div className="mb-4">
          <Notice tone="info">
            You see the keys and when they were used. Creating and revoking them is for owners and managers: a key can
            do more than your role.
          </Notice>
        </div>
      )}
      <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        {apiKeys.length === 0 ? (
          <EmptyState title="No API key yet">
            Your app needs a key to create people and attach their ACS users through the API. Give each program a key of
            its own, so that you can revoke one without stopping the others.
          </EmptyState>
        ) : (
          <ApiKeysTable apiKeys={apiKeys} onRevoke={mayManage ? revokeKey : undefined} />
        )}
      </div>
    </>
  )
}
