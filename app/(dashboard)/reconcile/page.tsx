import type { Metadata } from 'next'
import { NothingToReconcile } from '@/components/reconcile/nothing-to-reconcile'
import { Queue } from '@/components/reconcile/queue'
import { PageHeader } from '@/components/ui/page-header'
import { summarizeAccessSystems } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import { countQueue, listQueue } from '@/lib/people/reconcile/queries'
import { may } from '@/lib/platform/permissions'
import { undoAll } from '../actions'
import { attach } from '../identities/actions'
import { toSearchParameters } from '../search-parameters'
import { acceptCertain, createFromAcsUser, dismiss } from './actions'

export const metadata: Metadata = { title: 'Reconcile' }

export default async function ReconcilePage({ searchParams }: PageProps<'/reconcile'>) {
  const { workspace } = await requireAdmin()
  const { workspaceId, role } = workspace
  const parameters = readQueueParameters(toSearchParameters(await searchParams))
  const [systems, first, counts] = await Promise.all([
    summarizeAccessSystems(workspaceId),
    listQueue(workspaceId, parameters),
    countQueue(workspaceId),
  ])
  if (systems.every(({ acsUserCount }) => acsUserCount === 0)) {
    return (
      <>
        <PageHeader title="Reconcile" />
        <div className="rounded-lg border border-line bg-surface">
          <NothingToReconcile systems={systems} />
        </div>
      </>
    )
  }
  const mayLink = may(role, 'acs_user.link')
  return (
    <Queue
      first={first}
      counts={counts}
      parameters={parameters}
      systems={systems.map(({ acsSystemId, name, monogram }) => ({ acsSystemId, name, monogram }))}
      actions={{
        ...(mayLink && { attach, dismiss, acceptCertain }),
        ...(mayLink && may(role, 'identity.write') && { create: createFromAcsUser }),
        undoAll,
      }}
    />
  )
}
