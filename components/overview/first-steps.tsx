import { Check } from 'lucide-react'
import Link from 'next/link'
import { Section } from '../ui/section'
import { DismissFirstSteps } from './dismiss-first-steps'

/** What of the first steps is done. */
export type FirstStepsDone = { hasSystem: boolean; hasPeople: boolean; hasLink: boolean; hasColleague: boolean }

/** The way from an empty workspace to a working one, with what is done of it. */
export function FirstSteps({ workspaceId, done }: { workspaceId: string; done: FirstStepsDone }) {
  const steps = [
    {
      title: 'Add an access system',
      detail: 'Its doors, access groups and ACS users.',
      href: done.hasSystem ? '/access-systems' : '/access-systems/new',
      isDone: done.hasSystem,
    },
    {
      title: 'Add people',
      detail: 'Import your rent roll, or write the first one down.',
      href: '/import',
      isDone: done.hasPeople,
    },
    {
      title: 'Attach their ACS users',
      detail: 'Reconcile finds who is who.',
      href: '/reconcile',
      isDone: done.hasLink,
    },
    {
      title: 'Invite a colleague',
      detail: 'As owner, manager, support or viewer.',
      href: '/settings/members',
      isDone: done.hasColleague,
    },
  ]
  return (
    <Section id="first-steps" title="First steps" aside={<DismissFirstSteps workspaceId={workspaceId} />}>
      <ol className="divide-y divide-line">
        {steps.map(({ title, detail, href, isDone }, index) => (
          <li key={title} className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover">
            <span
              className={
                isDone
                  ? 'flex size-6 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent'
                  : 'tabular flex size-6 shrink-0 items-center justify-center rounded-full border border-control text-muted text-xs'
              }
            >
              {isDone ? <Check aria-hidden className="size-3.5" /> : <span aria-hidden>{index + 1}</span>}
            </span>
            <span className="min-w-0">
              <Link href={href} className="block font-medium after:absolute after:inset-0">
                {title}
                {isDone && <span className="sr-only"> (done)</span>}
              </Link>
              <span className="block text-muted">{detail}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
