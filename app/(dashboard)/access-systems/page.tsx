import { ClipboardList, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { HealthBadge } from '@/components/access-systems/health-badge'
import { LinkedShare } from '@/components/access-systems/linked-share'
import { SystemMonogram } from '@/components/access-systems/system-mark'
import { PendingNavigation } from '@/components/shell/pending-navigation'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { isKeptByHand, vendorOf } from '@/lib/access/system-rows/vendor'
import { summarizeAccessSystems } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { may } from '@/lib/platform/permissions'

export const metadata: Metadata = { title: 'Access systems' }

export default async function AccessSystemsPage() {
  const { workspace } = await requireAdmin()
  const systems = await summarizeAccessSystems(workspace.workspaceId)
  const add = may(workspace.role, 'access_system.manage') && (
    <ButtonLink href="/access-systems/new" variant="primary">
      <Plus aria-hidden className="size-4" />
      Add access system
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title="Access systems"
        actions={
          systems.length > 0 && (
            <>
              {systems.some(isKeptByHand) && (
                <ButtonLink href="/tasks">
                  <ClipboardList aria-hidden className="size-3.5" />
                  Tasks
                </ButtonLink>
              )}
              {add}
            </>
          )
        }
      />
      <div className="rounded-lg border border-line bg-surface">
        {systems.length === 0 ? (
          <EmptyState title="No access system yet" action={add}>
            An access system is one installation of access control, such as the panel of a building. Add the first one,
            then its doors and the people who open them.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {systems.map((system) => (
              <li
                key={system.acsSystemId}
                className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-hover"
              >
                <SystemMonogram monogram={system.monogram} />
                <span className="min-w-0 flex-1 basis-56">
                  <Link
                    href={`/access-systems/${system.acsSystemId}`}
                    data-row-link
                    className="block truncate font-medium text-sm after:absolute after:inset-0"
                  >
                    {system.name}
                    <PendingNavigation to="list" />
                  </Link>
                  <span className="block truncate text-muted text-xs">
                    {vendorOf(system).displayName}
                    {system.entranceCount > 0 && ` · ${system.entranceCount} entrances`}
                  </span>
                </span>
                {!isKeptByHand(system) && <HealthBadge system={system} />}
                <span className="w-64 max-sm:w-full">
                  <LinkedShare {...system} systemName={system.name} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}
