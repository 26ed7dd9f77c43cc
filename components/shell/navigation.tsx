'use client'

import clsx from 'clsx'
import {
  BookOpen,
  ClipboardList,
  DoorOpen,
  FileUp,
  History,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  Settings,
  UsersRound,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Suspense, use } from 'react'
import type { WaitingWork } from '@/lib/people/overview/queries'
import { formatTotal } from '../ui/counts'
import { PendingNavigation } from './pending-navigation'

type Place = {
  href: string
  name: string
  /** On a phone, where the name does not fit. */
  shortName?: string
  icon: LucideIcon
  skeleton: 'list' | 'page'
  sideOnly?: boolean
  /** What waits there, to be counted beside its name. */
  counts?: keyof WaitingWork
  holds: (path: string) => boolean
}

const places: Place[] = [
  { href: '/', name: 'Overview', icon: LayoutGrid, skeleton: 'page', holds: (path: string) => path === '/' },
  {
    href: '/identities',
    name: 'Identities',
    icon: UsersRound,
    skeleton: 'list',
    holds: (path: string) => path.startsWith('/identities'),
  },
  {
    href: '/access-systems',
    name: 'Access systems',
    shortName: 'Systems',
    icon: DoorOpen,
    skeleton: 'list',
    holds: (path: string) => path.startsWith('/access-systems') || path.startsWith('/acs-users'),
  },
  {
    href: '/reconcile',
    name: 'Reconcile',
    icon: ListChecks,
    skeleton: 'list',
    counts: 'acsUsers',
    holds: (path: string) => path.startsWith('/reconcile'),
  },
  // On a phone it is opened from the access systems: seven are too many for a thumb.
  {
    href: '/tasks',
    name: 'Tasks',
    icon: ClipboardList,
    skeleton: 'list',
    sideOnly: true,
    counts: 'tasks',
    holds: (path: string) => path.startsWith('/tasks'),
  },
  // On a phone it is opened from the identities.
  {
    href: '/import',
    name: 'Import',
    icon: FileUp,
    skeleton: 'page',
    sideOnly: true,
    holds: (path: string) => path.startsWith('/import'),
  },
  {
    href: '/events',
    name: 'Events',
    icon: History,
    skeleton: 'list',
    holds: (path: string) => path.startsWith('/events'),
  },
  {
    href: '/settings/workspace',
    name: 'Settings',
    icon: Settings,
    skeleton: 'page',
    holds: (path: string) => path.startsWith('/settings'),
  },
  // On a phone it stands among the settings: seven are too many for a thumb.
  {
    href: '/api-reference',
    name: 'API reference',
    icon: BookOpen,
    skeleton: 'page',
    sideOnly: true,
    holds: (path: string) => path.startsWith('/api-reference'),
  },
]

type NavigationProps = { layout: 'side' | 'bottom'; waiting: Promise<WaitingWork | null> }

/** The places of the dashboard: down the side, or along the bottom of a phone, in reach of the thumb. */
export function Navigation({ layout, waiting }: NavigationProps) {
  const shown = layout === 'side' ? places : places.filter(({ sideOnly }) => !sideOnly)
  return (
    <nav aria-label="Main">
      <ul className={layout === 'side' ? 'flex flex-col gap-0.5' : 'grid grid-cols-6'}>
        {shown.map((place) =>
          place.counts === 'tasks' ? (
            <Suspense key={place.href} fallback={null}>
              <TasksEntry place={place} layout={layout} waiting={waiting} />
            </Suspense>
          ) : (
            <Entry key={place.href} place={place} layout={layout} waiting={waiting} />
          ),
        )}
      </ul>
    </nav>
  )
}

type EntryProps = NavigationProps & { place: Place }

/** The tasks' entry, where an access system is kept by hand: no other makes any. */
function TasksEntry(props: EntryProps) {
  const isShown = use(props.waiting)?.tasks != null
  return isShown && <Entry {...props} />
}

function Entry({ place, layout, waiting }: EntryProps) {
  const { href, name, shortName, icon: Icon, skeleton, counts, holds } = place
  const current = holds(usePathname())
  return (
    <li>
      <Link
        href={href}
        aria-label={layout === 'bottom' && shortName ? name : undefined}
        aria-current={current ? 'page' : undefined}
        className={clsx(
          'transition-colors duration-150 ease-out',
          layout === 'side'
            ? 'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm hover:bg-hover'
            : 'flex h-14 flex-col items-center justify-center gap-0.5 text-xs',
          current ? 'font-medium text-text' : 'text-muted hover:text-text',
          current && layout === 'side' && 'bg-selected hover:bg-selected',
        )}
      >
        <Icon aria-hidden className={clsx('size-4', current && 'text-accent')} />
        {layout === 'bottom' && shortName ? shortName : name}
        {counts && layout === 'side' && (
          <Suspense fallback={null}>
            <Waiting work={waiting} of={counts} />
          </Suspense>
        )}
        <PendingNavigation to={skeleton} />
      </Link>
    </li>
  )
}

/** How much waits in a place. */
function Waiting({ work, of }: { work: Promise<WaitingWork | null>; of: keyof WaitingWork }) {
  const count = use(work)?.[of]
  if (!count) return null
  return (
    <span className="tabular ml-auto text-muted text-xs">
      {formatTotal(count)} <span className="sr-only">waiting</span>
    </span>
  )
}
