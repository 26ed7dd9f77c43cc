'use client'

import { UserRound, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { type EventKind, eventKinds } from '@/lib/history/events/kinds'
import { type EventListParameters, writeEventListParameters } from '@/lib/history/events/list-parameters'
import { FilterSelect } from '../list/filters'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { failedToLoad } from '../ui/load-failed'

const PersonDialog = dynamic(() => import('../identities/person-dialog').catch(failedToLoad), { ssr: false })

type EventFiltersProps = {
  parameters: EventListParameters
  /** What the person is called whom it is about. */
  personName: string | null
  actors: string[]
}

const dateClass =
  'h-8 min-w-0 rounded-md border border-control/60 bg-surface px-2 text-sm hover:bg-hover pointer-coarse:h-11 max-sm:flex-1'

/** What the workspace's events are narrowed by: person, actor, kind and days; all of it in the address. */
export function EventFilters({ parameters, personName, actors }: EventFiltersProps) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [choosing, setChoosing] = useState(false)
  const show = (change: Partial<EventListParameters>) => {
    const address = writeEventListParameters({ ...parameters, ...change }).toString()
    startTransition(() => router.replace(address ? `/events?${address}` : '/events', { scroll: false }))
  }
  const { person, actor, kind, from, to } = parameters
  const listed = actor && !actors.includes(actor) ? [actor, ...actors] : actors
  const narrowed = Object.values(parameters).some((value) => value !== null)
  return (
    <search
      className="mb-3 flex flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2"
      aria-label="Filter events"
      aria-busy={pending}
    >
      <span className="inline-flex min-w-0 items-center gap-1 max-sm:col-span-2">
        <Button className="min-w-0 max-w-64 max-sm:flex-1" onClick={() => setChoosing(true)}>
          <UserRound aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">
            {person ? (
              <>
                Person: <bdi>{personName ?? 'unknown'}</bdi>
              </>
            ) : (
              'Anybody'
            )}
          </span>
        </Button>
        {person && (
          <IconButton label="Show everybody’s events" onClick={() => show({ person: null })}>
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </span>
      <FilterSelect
        label="Done by"
        value={actor ?? ''}
        options={[{ value: '', name: 'By anyone' }, ...listed.map((name) => ({ value: name, name }))]}
        onChange={(value) => show({ actor: value || null })}
      />
      <FilterSelect
        label="Kind of events"
        value={kind ?? ''}
        options={[
          { value: '', name: 'Every kind' },
          ...Object.entries(eventKinds).map(([value, { name }]) => ({ value, name })),
        ]}
        onChange={(value) => show({ kind: (value || null) as EventKind | null })}
      />
      <DayField label="From" value={from} max={to} onChange={(day) => show({ from: day })} />
      <DayField label="To" value={to} min={from} onChange={(day) => show({ to: day })} />
      {narrowed && (
        <Button variant="ghost" onClick={() => router.replace('/events', { scroll: false })}>
          Clear filters
        </Button>
      )}
      {choosing && (
        <PersonDialog
          title="Whose events?"
          description="Shows what happened to one person, their ACS users and their credentials."
          onClose={() => setChoosing(false)}
          onChoose={(id) => {
            setChoosing(false)
            show({ person: id })
          }}
        />
      )}
    </search>
  )
}

function DayField(props: {
  label: string
  value: string | null
  min?: string | null
  max?: string | null
  onChange: (day: string | null) => void
}) {
  const { label, min, max, onChange } = props
  const given = props.value ?? ''
  const [typed, setTyped] = useState(given)
  const [seen, setSeen] = useState(given)
  // Changed from elsewhere: the back button, “clear filters”.
  if (seen !== given) {
    setSeen(given)
    setTyped(given)
  }
  return (
    <label className="inline-flex min-w-0 items-center gap-1.5 text-muted text-sm max-sm:flex-1">
      {label}
      <input
        type="date"
        value={typed}
        min={min ?? undefined}
        max={max ?? undefined}
        onChange={(event) => {
          const day = event.target.value
          setTyped(day)
          // While its year is being typed, a date is one of long ago.
          if (day === '' || day >= '1970') onChange(day || null)
        }}
        className={`${dateClass} text-text`}
      />
    </label>
  )
}
