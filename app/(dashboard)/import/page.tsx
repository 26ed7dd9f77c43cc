import type { Metadata } from 'next'
import { ImportsList } from '@/components/import/imports-list'
import { UploadFile } from '@/components/import/upload-file'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { listAccessSystems } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listImports } from '@/lib/imports/queries'
import { may } from '@/lib/platform/permissions'
import { toSearchParameters } from '../search-parameters'

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage({ searchParams }: PageProps<'/import'>) {
  const { workspace } = await requireAdmin()
  const parameters = toSearchParameters(await searchParams)
  const mayImport = may(workspace.role, 'identity.import')
  const [page, accessSystems] = await Promise.all([
    listImports(workspace.workspaceId, parameters.get('cursor')),
    mayImport ? listAccessSystems(workspace.workspaceId) : [],
  ])
  const initialSystem = accessSystems.find(({ acsSystemId }) => acsSystemId === parameters.get('of'))
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Import"
        detail="People or ACS users from a spreadsheet: created, updated and, where you ask for it, removed."
      />
      {mayImport ? (
        <UploadFile
          key={initialSystem?.acsSystemId}
          accessSystems={accessSystems.map(({ acsSystemId, name }) => ({ acsSystemId, name }))}
          initialSystemId={initialSystem?.acsSystemId ?? null}
        />
      ) : (
        <Notice tone="info">You see what was imported. Importing is for owners and managers.</Notice>
      )}
      <section aria-labelledby="history-title" className="mt-7">
        <h2 id="history-title" className="mb-2 font-semibold text-base">
          Import history
        </h2>
        <div className="rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
          {page.items.length === 0 ? (
            <EmptyState title="Nothing imported yet">
              Every file stands here with what came of it, a report to download, and its undo.
            </EmptyState>
          ) : (
            <ImportsList page={page} />
          )}
        </div>
      </section>
    </div>
  )
}
