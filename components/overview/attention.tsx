import { CircleAlert, Link2Off, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { type AccessSystemSummary, accessSystemHealth } from '@/lib/access/systems/access-system'
import { everySystem } from '@/lib/people/identities/list-parameters'
import type { PeopleCounts } from '@/lib/people/overview/queries'
import { formatTotal } from '../ui/counts'

const count = (howMany: number, one: string, many: string) => `${formatTotal(howMany)} ${howMany === 1 ? one : many}`

/** What needs somebody today; each leads to where it is mended. */
export function Attention({ people, systems }: { people: PeopleCounts; systems: AccessSystemSummary[] }) {
  const entries = [
    ...systems
      .filter((system) => accessSystemHealth(system) === 'error')
      .map((system) => ({
        key: system.acsSystemId,
        href: `/access-systems/${system.acsSystemId}`,
        icon: CircleAlert,
        title: `${system.name} has a problem`,
        detail: system.errors[0]?.message ?? '',
      })),
    ...(people.withProblem > 0
      ? [
          {
            key: 'problem',
            href: '/identities?problem=1',
            icon: TriangleAlert,
            title: `${count(people.withProblem, 'person has', 'people have')} a problem`,
            detail: 'Suspended, out of schedule, or refused by an access system.',
          },
        ]
      : []),
    ...(people.linkedNowhere > 0
      ? [
          {
            key: 'nowhere',
            href: `/identities?missing=${everySystem}`,
            icon: Link2Off,
            title: `${count(people.linkedNowhere, 'person is', 'people are')} linked nowhere`,
            detail: 'No ACS user is attached to them, so no door opens.',
          },
        ]
      : []),
    ...systems
      .filter((system) => system.waitingCount > 0)
      .map((system) => ({
        key: `unlinked-${system.acsSystemId}`,
        href: `/access-systems/${system.acsSystemId}?linked=unlinked`,
        icon: Link2Off,
        title: `${count(system.waitingCount, 'ACS user', 'ACS users')} of ${system.name} ${system.waitingCount === 1 ? 'is' : 'are'} not linked`,
        detail: null,
      })),
  ]
  if (entries.length === 0) {
    return <p className="px-4 py-6 text-center text-muted text-sm">Nothing needs your attention.</p>
  }
  return (
    <ul className="divide-y divide-line">
      {entries.map(({ key, href, icon: Icon, title, detail }) => (
        <li key={key}>
          <Link href={href} prefetch={false} className="flex items-start gap-3 px-4 py-2.5 text-sm hover:bg-hover">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
            <span className="min-w-0">
              <span className="block font-medium">{title}</span>
              {detail && <span className="block text-muted">{detail}</span>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
