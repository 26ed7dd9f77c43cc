'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { type ActionResult, type RefusalValue, unreachable } from '@/lib/errors'
import type { MoveOutcome, MoveStep } from '@/lib/moves/move'
import type { MovingPerson } from '@/lib/moves/queries'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { Notice } from '../ui/notice'
import { showErrorToast, showToast } from '../ui/toast'
import { MovePreview, peopleInWords } from './move-preview'

/** Who is moved at one call of the server; between two calls, progress is shown and it can be stopped. */
const peopleAtOnce = 10

export type MoveActions = {
  moveOut: (userIdentityIds: string[], how: object) => Promise<ActionResult<MoveOutcome[]>>
  moveIn: (userIdentityIds: string[], how: object) => Promise<ActionResult<MoveOutcome[]>>
  undoAll: (changeIds: string[]) => Promise<ActionResult<{ refused: RefusalValue[] }>>
}

export type MovedPeople = { userIdentityId: string; displayName: string }[]

type MoveDialogProps = {
  people: MovedPeople
  title: string
  /** The choices of this kind of move. */
  children: ReactNode
  /** What the choices come to for one person; null while they are not complete. */
  plan: ((person: MovingPerson) => MoveStep[]) | null
  /** When the move takes effect; null for at once. */
  movesAt: string | null
  submitLabel: string
  run: (userIdentityIds: string[]) => Promise<ActionResult<MoveOutcome[]>>
  undoAll: MoveActions['undoAll']
  /** What has happened to these people, as a sentence. */
  done: (who: string) => string
  onClose: () => void
}

/** Moves one or several people: shows exactly what will happen, then how far it is and what was refused. */
export function MoveDialog(props: MoveDialogProps) {
  const { people, plan, onClose } = props
  const ids = people.map(({ userIdentityId }) => userIdentityId)
  const moving = useQuery({
    queryKey: ['moves', ids],
    queryFn: ({ signal }) => fetchJson<MovingPerson[]>(`/data/moves?ids=${ids.join(',')}`, signal),
    staleTime: 0,
  })
  const [progress, setProgress] = useState<number | null>(null)
  const [refused, setRefused] = useState<{ name: string; message: string }[]>([])
  const stopped = useRef(false)
  const isRunning = progress !== null

  const submit = async () => {
    stopped.current = false
    const outcomes: MoveOutcome[] = []
    for (let from = 0; from < ids.length && !stopped.current; from += peopleAtOnce) {
      setProgress(from)
      const result = await props.run(ids.slice(from, from + peopleAtOnce)).catch(() => null)
      if (!result?.ok) {
        setProgress(null)
        setRefused([{ name: '', message: (result?.refusal ?? unreachable).message }])
        tell(outcomes)
        return
      }
      outcomes.push(...result.value)
    }
    setProgress(null)
    tell(outcomes)
    const failures = outcomes.flatMap(({ userIdentityId, refusal }) => {
      const name = people.find((person) => person.userIdentityId === userIdentityId)?.displayName ?? ''
      return refusal ? [{ name, message: refusal.message }] : []
    })
    setRefused(failures)
    if (failures.length === 0) onClose()
  }

  const tell = (outcomes: MoveOutcome[]) => {
    const moved = outcomes.filter(({ refusal }) => refusal === null)
    if (moved.length === 0) return
    const [only] = people
    const who = people.length === 1 && only ? only.displayName : peopleInWords(moved.length)
    showToast(props.done(who), () => takeBack(moved, who))
  }

  const takeBack = async (moved: MoveOutcome[], who: string) => {
    const result = await props.undoAll(moved.map(({ changeId }) => changeId)).catch(() => null)
    if (!result?.ok) return showErrorToast((result?.refusal ?? unreachable).message)
    const [first] = result.value.refused
    if (!first) return showToast(`Undone for ${who}.`)
    const rest = moved.length - result.value.refused.length
    showErrorToast(rest > 0 ? `Undone for ${peopleInWords(rest)}, not for all: ${first.message}` : first.message)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isRunning && onClose()}
      staysOpen={isRunning}
      title={props.title}
      width="wide"
    >
      <form
        noValidate
        className="flex flex-col gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (plan && moving.data && !isRunning) submit()
        }}
      >
        {props.children}
        {moving.isError && (
          <Notice
            tone="danger"
            action={
              <Button size="small" onClick={() => moving.refetch()}>
                Try again
              </Button>
            }
          >
            {moving.error.message}
          </Notice>
        )}
        {moving.isPending && (
          <p role="status" className="rounded-md border border-line bg-canvas px-3 py-2.5 text-muted text-sm">
            Looking at what will happen…
          </p>
        )}
        {moving.data && plan && (
          <MovePreview moves={moving.data.map((person) => ({ person, steps: plan(person) }))} movesAt={props.movesAt} />
        )}
        {refused.length > 0 && (
          <div role="alert">
            <Notice tone="danger">
              {refused.map(({ name, message }) => (
                <span key={name + message} className="block">
                  {name && people.length > 1 && <strong className="font-medium">{name}: </strong>}
                  {message}
                </span>
              ))}
            </Notice>
          </div>
        )}
        {isRunning && people.length > peopleAtOnce && (
          <div className="text-sm">
            <progress
              aria-label="People done"
              value={progress}
              max={people.length}
              className="h-1.5 w-full accent-accent"
            />
            <p role="status" className="text-muted">
              {progress} of {people.length} done
            </p>
          </div>
        )}
        <div className="flex justify-end gap-2">
          {isRunning ? (
            <Button
              onClick={() => {
                stopped.current = true
              }}
            >
              Stop
            </Button>
          ) : (
            <Button onClick={onClose}>{refused.length > 0 ? 'Close' : 'Cancel'}</Button>
          )}
          <Button type="submit" variant="primary" disabled={!plan || !moving.data} pending={isRunning}>
            {props.submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
