import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type DeletionOutcome, type Dependents, mostDeletedAtOnce } from '@/lib/people/identities/selection'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { identitiesDataPath } from '../list/list-query'
import { BatchFailures, BatchProgress, StopOrClose } from '../ui/batch-status'
import { Button } from '../ui/button'
import { acsUsersInWords, countInWords, peopleInWords } from '../ui/counts'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { Notice } from '../ui/notice'
import { TextField } from '../ui/text-field'
import { type Failure, useBatches } from '../ui/use-batches'

export type RemovePeople = (userIdentityIds: string[]) => Promise<ActionResult<DeletionOutcome[]>>

type DeletePeopleDialogProps = {
  people: { id: string; name: string }[]
  removePeople: RemovePeople
  /** Told once of all who were deleted; `changeIds`: by what that is taken back. */
  onDone: (deleted: { changeIds: string[]; userIdentityIds: string[] }) => void
  onClose: () => void
}

/** Deletes several people, after showing what goes with them and asking for their number. */
export default function DeletePeopleDialog({ people, removePeople, onDone, onClose }: DeletePeopleDialogProps) {
  // Who was deleted meanwhile leaves the selection, and stays in what this dialog is about.
  const [chosen] = useState(people)
  const dependents = useQuery({
    queryKey: ['dependents', chosen.map(({ id }) => id)],
    queryFn: ({ signal }) =>
      fetchJson<Dependents>(
        `${identitiesDataPath}/dependents`,
        signal,
        chosen.map(({ id }) => id),
      ),
    staleTime: 0,
  })
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState<Failure[]>([])
  const [hasEnded, setHasEnded] = useState(false)
  const { progress, run, stop } = useBatches()
  const isRunning = progress !== null
  const words = `delete ${chosen.length}`
  const isConfirmed = typed.trim().toLowerCase() === words && dependents.isSuccess

  const submit = async () => {
    const outcomes: DeletionOutcome[] = []
    const refusal: RefusalValue | null = await run({
      ...{ items: chosen.map(({ id }) => id), atOnce: mostDeletedAtOnce, action: removePeople },
      took: (deleted) => outcomes.push(...deleted),
    })
    const nameOf = (userIdentityId: string) => chosen.find(({ id }) => id === userIdentityId)?.name ?? ''
    const failures = outcomes.flatMap(({ userIdentityId, refusal: ownRefusal }) =>
      ownRefusal ? [{ name: nameOf(userIdentityId), message: ownRefusal.message }] : [],
    )
    if (refusal) failures.push({ name: '', message: refusal.message })
    const deleted = outcomes.filter((outcome) => outcome.refusal === null)
    setRefused(failures)
    setHasEnded(true)
    if (deleted.length > 0) {
      onDone({
        changeIds: deleted.map(({ changeId }) => changeId),
        userIdentityIds: deleted.map(({ userIdentityId }) => userIdentityId),
      })
    }
    if (failures.length === 0) onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isRunning && onClose()}
      staysOpen={isRunning}
      title={`Delete ${peopleInWords(chosen.length)}?`}
      description="You can undo this afterwards. Cards and door codes would not come back, though: they must be issued anew."
    >
      <form
        noValidate
        className="flex flex-col gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (isConfirmed && !isRunning && !hasEnded) void submit()
        }}
      >
        {dependents.isError ? (
          <Notice
            tone="danger"
            action={
              <Button size="small" onClick={() => dependents.refetch()}>
                Try again
              </Button>
            }
          >
            {dependents.error.message}
          </Notice>
        ) : (
          !hasEnded && <WhatGoes chosen={chosen} dependents={dependents.data} />
        )}
        <BatchFailures failures={refused} />
        {!hasEnded && (
          <TextField
            label={`Type “${words}” to confirm`}
            value={typed}
            autoComplete="off"
            readOnly={isRunning}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {progress && <BatchProgress label="People done" progress={progress} />}
        <div className="flex justify-end gap-2">
          <StopOrClose isRunning={isRunning} hasEnded={hasEnded} onStop={stop} onClose={onClose} />
          {!hasEnded && (
            <Button type="submit" variant="danger" disabled={!isConfirmed} pending={isRunning}>
              {isRunning ? 'Deleting…' : `Delete ${peopleInWords(chosen.length)}`}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

const mostNamed = 5

type WhatGoesProps = { chosen: { id: string; name: string }[]; dependents: Dependents | undefined }

function WhatGoes({ chosen, dependents }: WhatGoesProps) {
  const named = chosen.slice(0, mostNamed)
  const others = chosen.length - named.length
  return (
    <section aria-label="What goes" className="text-sm">
      <p>
        {named.map(({ id, name }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <bdi className="font-medium">{name}</bdi>
          </span>
        ))}
        {others > 0 && ` and ${countInWords(others, 'other', 'others')}`}
      </p>
      {dependents ? (
        <ul className="mt-1 list-disc pl-5 text-muted">
          {dependents.people < chosen.length && (
            <li>{peopleInWords(chosen.length - dependents.people)} of them are gone already.</li>
          )}
          <li>{peopleInWords(dependents.people)}; their history stays readable.</li>
          <li>{acsUsersInWords(dependents.acsUsers)} in access systems.</li>
          <li>{countInWords(dependents.mobileKeys, 'mobile key', 'mobile keys')}.</li>
          <li>{countInWords(dependents.cardsAndCodes, 'card or door code', 'cards and door codes')}.</li>
        </ul>
      ) : (
        <p role="status" className="mt-1 text-muted">
          Counting what goes with them…
        </p>
      )}
    </section>
  )
}
