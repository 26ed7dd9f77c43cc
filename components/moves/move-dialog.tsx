'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { MoveOutcome, MoveStep } from '@/lib/people/moves/move'
import type { MovingPerson } from '@/lib/people/moves/queries'
import type { ActionResult } from '@/lib/platform/refusals'
import { BatchFailures, BatchProgress, StopOrClose } from '../ui/batch-status'
import { Button } from '../ui/button'
import { peopleInWords } from '../ui/counts'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { Notice } from '../ui/notice'
import { takeBackAll, type UndoAll } from '../ui/take-back-all'
import { showErrorToast, showToast } from '../ui/toast'
import { type Failure, useBatches } from '../ui/use-batches'
import { MovePreview } from './move-preview'

/** Who is moved at one call of the server; between two calls, progress is shown and it can be stopped. */
const peopleAtOnce = 10

export type MoveActions = {
  moveOut: (userIdentityIds: string[], how: object) => Promise<ActionResult<MoveOutcome[]>>
  moveIn: (userIdentityIds: string[], how: object) => Promise<ActionResult<MoveOutcome[]>>
  undoAll: UndoAll
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
  const { progress, run, stop } = useBatches()
  const [refused, setRefused] = useState<Failure[]>([])
  const isRunning = progress !== null

  const submit = async () => {
    const outcomes: MoveOutcome[] = []
    const refusal = await run({
      ...{ items: ids, atOnce: peopleAtOnce, action: props.run },
      took: (moved) => outcomes.push(...moved),
    })
    tell(outcomes)
    const failures = outcomes.flatMap(({ userIdentityId, refusal: ownRefusal }) => {
      const name = people.find((person) => person.userIdentityId === userIdentityId)?.displayName ?? ''
      return ownRefusal ? [{ name: people.length > 1 ? name : '', message: ownRefusal.message }] : []
    })
    if (refusal) failures.push({ name: '', message: refusal.message })
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
    const { undone, refused: kept } = await takeBackAll(
      props.undoAll,
      moved.map(({ changeId }) => changeId),
    )
    const [first] = kept
    if (!first) return showToast(`Undone for ${who}.`)
    showErrorToast(undone > 0 ? `Undone for ${peopleInWords(undone)}, not for all: ${first}` : first)
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
        <BatchFailures failures={refused} />
        {progress && people.length > peopleAtOnce && <BatchProgress label="People done" progress={progress} />}
        <div className="flex justify-end gap-2">
          <StopOrClose isRunning={isRunning} hasEnded={refused.length > 0} onStop={stop} onClose={onClose} />
          <Button type="submit" variant="primary" disabled={!plan || !moving.data} pending={isRunning}>
            {props.submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
