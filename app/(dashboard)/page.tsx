import { UserPlus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Activity } from '@/components/events/activity'
import { Attention } from '@/components/overview/attention'
import { Coverage } from '@/components/overview/coverage'
import { FirstSteps } from '@/components/overview/first-steps'
import { firstStepsCookie } from '@/components/overview/first-steps-cookie'
import { ButtonLink } from '@/components/ui/button'
import { formatCount } from '@/components/ui/counts'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { summarizeAccessSystems } from '@/lib/access/systems/queries'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { isDemoWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import { listRecentEvents } from '@/lib/history/events/queries'
import { countPeople } from '@/lib/people/overview/queries'
import { may } from '@/lib/platform/permissions'
import { preference } from '../preference'

export const metadata: Metadata = { title: 'Overview' }

const shownEvents = 10
export default async function OverviewPage() {
  const { workspace } = await requireAdmin()
  const { workspaceId } = workspace
  const [people, systems, events] = await Promise.all([
    countPeople(workspaceId),
    summarizeAccessSystems(workspaceId),
    listRecentEvents(workspaceId, {}, shownEvents),
  ])
  const done = {
    hasSystem: systems.length > 0,
    hasPeople: people.people > 0,
    hasLink: systems.some((system) => system.linkedCount > 0),
    hasColleague: people.colleagues > 1,
  }
  const showsFirstSteps =
    !isDemoWorkspace(workspace) &&
    !Object.values(done).every(Boolean) &&
    may(workspace.role, 'access_system.manage') &&
    (await preference(firstStepsCookie(workspaceId))) !== 'dismissed'
  const acsUserCount = systems.reduce((sum, system) => sum + system.acsUserCount, 0)
  const linkedCount = systems.reduce((sum, system) => sum + system.linkedCount, 0)
  return (
    <>
      <PageHeader title="Overview" detail={workspace.name} />
      <dl className="mb-7 grid grid-cols-3 gap-px overflow-hidden rounded-lg border border-line bg-line">
        <Figure name="People" value={formatCount(people.people)} href="/identities" />
        <Figure name="Access systems" value={formatCount(systems.length)} href="/access-systems" />
        <Figure
          name="ACS users linked"
          value={acsUserCount === 0 ? 'None yet' : `${Math.floor((linkedCount / acsUserCount) * 100)}%`}
          detail={acsUserCount === 0 ? undefined : `${formatCount(linkedCount)} of ${formatCount(acsUserCount)}`}
        />
      </dl>
      <div className="grid items-start gap-x-8 gap-y-7 min-[1100px]:grid-cols-[minmax(0,1fr)_400px]">
        <div className="flex min-w-0 flex-col gap-7">
          {showsFirstSteps && <FirstSteps workspaceId={workspaceId} done={done} />}
          <Section id="attention" title="Needs attention">
            {people.people === 0 ? (
              <EmptyState
                title="Start with the first person"
                action={
                  may(workspace.role, 'identity.write') && (
                    <ButtonLink href="/identities/new" variant="primary">
                      <UserPlus aria-hidden className="size-4" />
                      New identity
                    </ButtonLink>
                  )
                }
              >
                Create a user identity for them; then attach the ACS users they have in your access systems.
              </EmptyState>
            ) : (
              <Attention people={people} systems={systems} />
            )}
          </Section>
          <Section id="coverage" title="Linked in each access system">
            {systems.length === 0 ? (
              <p className="px-4 py-6 text-center text-muted text-sm">This workspace has no access system yet.</p>
            ) : (
              <Coverage systems={systems} />
            )}
          </Section>
        </div>
        <Section id="activity" title="Recent activity">
          <Activity events={events} linkPeople />
        </Section>
      </div>
    </>
  )
}

function Figure({ name, value, detail, href }: { name: string; value: string; detail?: string; href?: string }) {
  return (
    <div className="relative flex flex-col justify-between bg-surface px-4 py-3 has-[a]:hover:bg-hover max-sm:px-3">
      <dt className="text-muted text-sm">
        {href ? (
          <Link href={href} className="after:absolute after:inset-0">
            {name}
          </Link>
        ) : (
          name
        )}
      </dt>
      <dd className="tabular font-semibold text-2xl">
        {value}{' '}
        {detail && <span className="whitespace-nowrap font-normal text-muted text-sm max-sm:block">{detail}</span>}
      </dd>
    </div>
  )
}
