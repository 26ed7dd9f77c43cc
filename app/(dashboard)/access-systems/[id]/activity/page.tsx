import type { Metadata } from 'next'
import { EndlessHistory } from '@/components/events/endless-history'
import { EmptyState } from '@/components/ui/empty-state'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listEvents } from '@/lib/history/events/queries'
import { may } from '@/lib/platform/permissions'
import { findAccessSystem } from '../find-access-system'

export const metadata: Metadata = { title: 'Activity' }

const firstEntries = 50

export default async function AccessSystemActivityPage({ params }: PageProps<'/access-systems/[id]/activity'>) {
  const { workspace } = await requireAdmin()
  const { acsSystemId } = await findAccessSystem((await params).id)
  const newest = await listEvents(workspace.workspaceId, { acsSystemId }, (needed) => may(workspace.role, needed), {
    cursor: null,
    limit: firstEntries,
  })
  return (
    <div className="max-w-4xl overflow-hidden rounded-lg border border-line bg-surface">
      <EndlessHistory
        dataPath="/data/events"
        parameters={`system=${acsSystemId}`}
        newest={newest}
        ofWorkspace
        empty={
          <EmptyState title="Nothing has happened yet">
            Whatever an admin, an API key or an import changes in this access system is listed here.
          </EmptyState>
        }
      />
    </div>
  )
}
