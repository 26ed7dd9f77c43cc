'use client'

import { Undo2 } from 'lucide-react'
import Link from 'next/link'
import { type EventEntry, eventSentence } from '@/lib/history/events/event'
import { Button } from '../ui/button'
import { useChange } from '../ui/use-change'
import { TimeOfDay, useDayOf } from '../ui/viewer-time'
import { ChangedValues } from './changed-values'

const actorKinds: Record<EventEntry['actorKind'], string | null> = {
  member: null,
  api_key: 'API key',
  import: 'Import',
  system: 'System',
}

type HistoryProps = {
  entries: EventEntry[]
  /** Whether it is about many people, and so leads to each; and says by which request each thing came. */
  ofWorkspace?: boolean
  /** The level of the days' headings, by where it stands. */
  heading: 'h2' | 'h3'
}

/** What happened, newest first, day by day, in sentences; what belongs to one change together, with its Undo. */
export function History({ entries, ofWorkspace = false, heading: Heading }: HistoryProps) {
  const dayOf = useDayOf()
  const days = grouped(entries, ({ occurredAt }) => dayOf(occurredAt))
  return days.map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <Heading className="border-line border-b bg-canvas px-4 py-1.5 font-medium text-muted text-xs">{day}</Heading>
      <ol className="divide-y divide-line">
        {grouped(ofDay, ({ changeId, eventId }) => changeId ?? eventId).map(([change, ofChange]) => (
          <Change key={`${change} ${ofChange[0]?.eventId}`} entries={ofChange} ofWorkspace={ofWorkspace} />
        ))}
      </ol>
    </section>
  ))
}

/** Neighbours with the same key, together. */
function grouped(entries: EventEntry[], keyOf: (entry: EventEntry) => string): [key: string, entries: EventEntry[]][] {
  const groups: [string, EventEntry[]][] = []
  for (const entry of entries) {
    const key = keyOf(entry)
    const last = groups.at(-1)
    if (last?.[0] === key) last[1].push(entry)
    else groups.push([key, [entry]])
  }
  return groups
}

function Change({ entries, ofWorkspace }: { entries: EventEntry[]; ofWorkspace: boolean }) {
  const { pending, takeBack } = useChange()
  const [first] = entries
  if (!first) return null
  const { actorName, occurredAt, changeId, isUndone, isUndoable, undoesChangeId, requestId } = first
  const steps = entries.map((entry) => (
    <Step key={entry.eventId} entry={entry} ofWorkspace={ofWorkspace} actor={entries.length === 1} />
  ))
  return (
    <li className="px-4 py-2.5 text-sm">
      <div className="flex flex-wrap items-start gap-x-3">
        {ofWorkspace && (
          <p className="tabular w-16 shrink-0 text-muted text-xs leading-5 max-sm:w-full">
            <TimeOfDay at={occurredAt} />
          </p>
        )}
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere] max-sm:basis-60">
          {entries.length === 1 ? (
            steps
          ) : (
            <>
              <p>
                <Actor entry={first} /> in one step:
              </p>
              <ul className="mt-1 flex flex-col gap-1 border-line border-l-2 pl-2.5">
                {steps.map((step) => (
                  <li key={step.key}>{step}</li>
                ))}
              </ul>
            </>
          )}
          <p className="text-muted text-xs">
            {[
              !ofWorkspace && <TimeOfDay key="time" at={occurredAt} />,
              undoesChangeId && 'an undo',
              isUndone && 'undone',
            ]
              .filter(Boolean)
              .flatMap((part, index) => (index > 0 ? [' · ', part] : [part]))}
          </p>
        </div>
        {isUndoable && changeId && (
          <Button
            size="small"
            variant="ghost"
            className="-mr-2"
            pending={pending}
            aria-label={`Undo: ${actorName} ${eventSentence(first)}`}
            onClick={() =>
              takeBack(changeId, { undone: 'The change was taken back.', done: 'The change was made again.' })
            }
          >
            <Undo2 aria-hidden className="size-3.5" />
            Undo
          </Button>
        )}
        {ofWorkspace && (
          <details className="text-muted text-xs leading-5 open:mt-1 open:basis-full">
            <summary className="inline-block min-h-6 cursor-pointer rounded-sm leading-6 hover:text-text pointer-coarse:py-2">
              Details
            </summary>
            <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 [overflow-wrap:anywhere]">
              <dt>Event type</dt>
              <dd className="font-mono">{[...new Set(entries.map(({ eventType }) => eventType))].join(', ')}</dd>
              <dt>Request ID</dt>
              <dd className="font-mono">{requestId ?? 'None'}</dd>
            </dl>
          </details>
        )}
      </div>
    </li>
  )
}

function Actor({ entry }: { entry: EventEntry }) {
  const kind = actorKinds[entry.actorKind]
  return (
    <>
      <span className="font-medium">{entry.actorName}</span>
      {kind && <span className="ml-1.5 rounded-sm bg-hover px-1 py-0.5 text-muted text-xs">{kind}</span>}
    </>
  )
}

function Step({ entry, ofWorkspace, actor }: { entry: EventEntry; ofWorkspace: boolean; actor: boolean }) {
  const text = eventSentence(entry)
  const struck = entry.isUndone ? 'text-muted line-through' : undefined
  return (
    <>
      <p>
        {actor && (
          <>
            <Actor entry={entry} />{' '}
          </>
        )}
        <span className={struck}>{actor ? text : text.charAt(0).toUpperCase() + text.slice(1)}</span>
      </p>
      {entry.data.changes && <ChangedValues changes={entry.data.changes} />}
      {ofWorkspace ? <Places entry={entry} /> : entry.isOfMerged && <OfMerged entry={entry} />}
    </>
  )
}

/** Says of a survivor's entry that it is of somebody who was merged into them. */
function OfMerged({ entry }: { entry: EventEntry }) {
  return (
    <p className="text-muted text-xs">
      Of <bdi>{entry.data.user_identity_name ?? 'somebody'}</bdi>, who was merged into this person
    </p>
  )
}

/** Where an entry leads: to whom and what it concerned, as far as they are still there. */
function Places({ entry }: { entry: EventEntry }) {
  const { data, isThere, userIdentityId, acsUserId, acsSystemId } = entry
  const places = [
    isThere.userIdentity && { href: `/identities/${userIdentityId}`, name: data.user_identity_name ?? 'Person' },
    isThere.acsUser && { href: `/acs-users/${acsUserId}`, name: `${data.acs_user_name ?? 'ACS user'} (ACS user)` },
    isThere.acsSystem && { href: `/access-systems/${acsSystemId}`, name: data.acs_system_name ?? 'Access system' },
  ].filter((place) => place !== false)
  if (places.length === 0) return null
  return (
    <p className="flex flex-wrap gap-x-3 text-xs">
      {places.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          className="inline-flex min-h-6 items-center text-muted underline decoration-line underline-offset-2 hover:text-text [overflow-wrap:anywhere] pointer-coarse:py-1.5"
        >
          {name}
        </Link>
      ))}
    </p>
  )
}
