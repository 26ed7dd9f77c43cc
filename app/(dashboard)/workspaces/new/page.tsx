import type { Metadata } from 'next'
import { NewWorkspaceForm } from '@/components/settings/new-workspace-form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { ownsAWorkspace, requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listCountries } from '@/lib/accounts/workspaces/countries'
import { create } from './actions'

export const metadata: Metadata = { title: 'New workspace' }

export default async function NewWorkspacePage() {
  const admin = await requireAdmin({ ofNoWorkspace: true })
  return (
    <div className="max-w-md">
      <PageHeader
        title="New workspace"
        detail="It has people, access systems, members and API keys of its own. You become its owner."
      />
      {ownsAWorkspace(admin) ? (
        <NewWorkspaceForm countries={listCountries()} country={admin.workspace.defaultCountry} onCreate={create} />
      ) : (
        <Notice tone="info">Only who owns a workspace can create another one.</Notice>
      )}
    </div>
  )
}
