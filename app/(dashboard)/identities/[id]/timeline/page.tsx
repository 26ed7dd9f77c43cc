import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { cache } from 'react'
import { EndlessHistory } from '@/components/events/endless-history'
import { KindFilter } from '@/components/events/kind-filter'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readEventKind } from '@/lib/history/events/kinds'
import { listEvents } from '@/lib/history/events/queries'
import { getUserIdentity } from '@/lib/people/identities/queries'
import { may } from '@/lib/platform/permissions'
import { orNotFound } from '../../../or-not-found'

type TimelinePageProps = { params: Promise<{ id: string }>; searchParams: Promise<{ kind?: string | string[] }> }

const firstEntries = 50

const loadPerson = cache((workspaceId: string, id: string) =>
  orNotFound(getUserIdentity(workspaceId, id), (survivor) => `/identities/${survivor}/timeline`),
)

export async function generateMetadata({ params }: TimelinePageProps): Promise<Metadata> {
  const { workspace } = await requireAdmin()
  const { displayName } = await loadPerson(workspace.workspaceId, (await params).id)
  return { title: `Timeline of ${displayName}` }
}

export default async function TimelinePage({ params, searchParams }: TimelinePageProps) {
  const { workspace } = await requireAdmin()
  const { userIdentityId, displayName } = await loadPerson(workspace.workspaceId, (await params).id)
  const given = (await searchParams).kind
  const kind = readEventKind(typeof given === 'string' ? given : null)
  const newest = await listEvents(
    workspace.workspaceId,
    { userIdentityId, kind },
    (permission) => may(workspace.role, permission),
    { cursor: null, limit: firstEntries },
  )
  const path = `/identities/${userIdentityId}`
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Timeline"
        detail={
          <Link href={path} className="inline-flex items-center gap-1.5 hover:text-text pointer-coarse:py-2">
            <ArrowLeft aria-hidden className="size-3.5" />
            <bdi>{displayName}</bdi>
          </Link>
        }
      />
      <KindFilter path={`${path}/timeline`} chosen={kind} />
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <EndlessHistory
          key={kind}
          dataPath={`/data/identities/${userIdentityId}/timeline`}
          parameters={kind ? `kind=${kind}` : ''}
          newest={newest}
          empty={<EmptyState title="Nothing of this kind has happened">Choose another kind, or everything.</EmptyState>}
        />
      </div>
    </div>
  )
}
