import clsx from 'clsx'
import Link from 'next/link'
import { type EventKind, eventKinds } from '@/lib/history/events/kinds'

/** Narrows a history to one kind of events; each choice is an address. */
export function KindFilter({ path, chosen }: { path: string; chosen: EventKind | null }) {
  const choices: [EventKind | null, string][] = [
    [null, 'Everything'],
    ...Object.entries(eventKinds).map(([kind, { name }]): [EventKind, string] => [kind as EventKind, name]),
  ]
  return (
    <nav aria-label="Kind of events" className="mb-3 flex flex-wrap gap-1.5">
      {choices.map(([kind, name]) => (
        <Link
          key={name}
          href={kind ? `${path}?kind=${kind}` : path}
          replace
          scroll={false}
          prefetch={false}
          aria-current={kind === chosen ? 'page' : undefined}
          className={clsx(
            'inline-flex h-8 items-center rounded-md border px-2.5 text-sm hover:bg-hover pointer-coarse:h-11',
            kind === chosen ? 'border-accent bg-selected' : 'border-control/60 bg-surface',
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
