import type { Metadata } from 'next'
import { EndlessHistory } from '@/components/events/endless-history'
import { EventFilters } from '@/components/events/event-filters'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLinks } from '@/components/ui/export-links'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { workspaceField } from '@/lib/accounts/workspaces/page-workspace'
import { readEventListParameters, toEventFilter, writeEventListParameters } from '@/lib/history/events/list-parameters'
import { findPersonName, listActorNames, listEvents } from '@/lib/history/events/queries'
import { may } from '@/lib/platform/permissions'
import { viewerTimeZone } from '../../viewer-time-zone'
import { toSearchParameters } from '../search-parameters'

export const metadata: Metadata = { title: 'Events' }

type EventsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const firstEntries = 50

export default async function EventsPage({ searchParams }: EventsPageProps) {
  const { workspace } = await requireAdmin()
  const { workspaceId, role } = workspace
  const parameters = readEventListParameters(toSearchParameters(await searchParams))
  const address = writeEventListParameters(parameters).toString()
  const exported = new URLSearchParams([...new URLSearchParams(address), [workspaceField, workspaceId]])
  const [newest, actors, personName] = await Promise.all([
    listEvents(workspaceId, toEventFilter(parameters, await viewerTimeZone()), (permission) => may(role, permission), {
      cursor: null,
      limit: firstEntries,
    }),
    listActorNames(workspaceId),
    parameters.person ? findPersonName(workspaceId, parameters.person) : null,
  ])
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Events"
        detail="Who did what, in this workspace."
        actions={<ExportLinks address={`/data/events/export?${exported}`} />}
      />
      <EventFilters parameters={parameters} personName={personName} actors={actors} />
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <EndlessHistory
          key={address}
          dataPath="/data/events"
          parameters={address}
          newest={newest}
          ofWorkspace
          empty={
            address === '' ? (
              <EmptyState title="Nothing has happened yet">
                Whatever an admin, an API key or an import changes is listed here.
              </EmptyState>
            ) : (
              <EmptyState title="No event matches">Widen the days, or clear a filter.</EmptyState>
            )
          }
        />
      </div>
    </div>
  )
}
