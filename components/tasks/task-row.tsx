'use client'

import clsx from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { useOptimistic } from 'react'
import type { Task } from '@/lib/access/tasks/task'
import type { ActionResult } from '@/lib/platform/refusals'
import { ChangedValues } from '../events/changed-values'
import { useChange } from '../ui/use-change'
import { ExactTime, RelativeTime } from '../ui/viewer-time'

type SetTask = (eventId: string) => Promise<ActionResult<null>>

/** What ticks a task off and takes the tick back; absent where the admin's role doesn't permit it. */
export type TaskActions = { complete: SetTask; reopen: SetTask }

/** One task: its box, what to do at the panel, and where it came from. */
export function TaskRow({ task, actions }: { task: Task; actions?: TaskActions }) {
  const { toDo, changes, doneAt } = task
  const [isDone, setDone] = useOptimistic(doneAt !== null)
  const { pending, carryOut } = useChange()
  const toggle = (box: HTMLElement) => {
    if (!actions || pending) return
    const words = isDone ? `Open again: ${toDo}` : `Done: ${toDo}`
    carryOut({
      action: () => (isDone ? actions.reopen(task.eventId) : actions.complete(task.eventId)),
      before: () => {
        setDone(!isDone)
        focusNeighbour(box)
      },
      done: words,
      undone: isDone ? `Done: ${toDo}` : `Open again: ${toDo}`,
    })
  }
  return (
    <li className="flex break-inside-avoid items-start gap-3 px-4 py-3 text-sm print:px-0 print:py-2">
      {actions ? (
        <label className="-m-1.5 flex size-8 shrink-0 cursor-pointer items-center justify-center pointer-coarse:-m-3 pointer-coarse:size-11">
          <input
            type="checkbox"
            data-task-box
            aria-label={`Done: ${toDo}`}
            aria-busy={pending}
            checked={isDone}
            onChange={(event) => toggle(event.currentTarget)}
            className="size-4 cursor-pointer accent-accent"
          />
        </label>
      ) : (
        <span
          role="img"
          aria-label={isDone ? 'Done' : 'Open'}
          className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-control"
        >
          {isDone && <Check aria-hidden className="size-3" />}
        </span>
      )}
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className={clsx('font-medium', isDone && 'text-muted line-through')}>
          <bdi>{toDo}</bdi>
        </p>
        {Object.keys(changes).length > 0 && <ChangedValues changes={changes} />}
        <Origin task={task} />
      </div>
    </li>
  )
}

/** Where a task is to be done, whom it's about, and who caused it; and for one that's done, who did it. */
function Origin({ task }: { task: Task }) {
  const { acsSystemId, acsSystemName, acsUser, person, actorName, occurredAt, doneAt, doneBy } = task
  const places = [
    { href: `/access-systems/${acsSystemId}`, name: acsSystemName },
    acsUser && { href: `/acs-users/${acsUser.acsUserId}`, name: `${acsUser.displayName} (ACS user)` },
    person && { href: `/identities/${person.userIdentityId}`, name: person.displayName },
  ].filter((place) => place !== null)
  return (
    <>
      <p className="flex flex-wrap gap-x-3 text-xs">
        {places.map(({ href, name }, index) => (
          <Link
            key={href}
            href={href}
            prefetch={false}
            className={clsx(
              'inline-flex min-h-6 items-center text-muted underline decoration-line underline-offset-2 hover:text-text pointer-coarse:py-1.5 print:min-h-0 print:text-text print:no-underline',
              // On paper, nobody follows a link: only where it is to be done is said.
              index > 0 && 'print:hidden',
            )}
          >
            {name}
          </Link>
        ))}
      </p>
      <p className="text-muted text-xs">
        Changed by <bdi>{actorName}</bdi>,{' '}
        <span className="print:hidden">
          <RelativeTime at={occurredAt} />
        </span>
        <span className="hidden print:inline">
          <ExactTime at={occurredAt} />
        </span>
        {doneAt && (
          <>
            {' · '}done by <bdi>{doneBy}</bdi>, <RelativeTime at={doneAt} />
          </>
        )}
      </p>
    </>
  )
}

/** A task that's ticked off leaves the list: the focus goes on to the next box, or to the one before. */
function focusNeighbour(box: HTMLElement): void {
  const boxes = [...document.querySelectorAll<HTMLElement>('[data-task-box]')]
  const at = boxes.indexOf(box)
  const neighbour = boxes[at + 1] ?? boxes[at - 1] ?? document.getElementById('main')
  neighbour?.focus()
}
