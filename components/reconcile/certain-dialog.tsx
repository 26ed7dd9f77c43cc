'use client'

import { useState } from 'react'
import { mostAcceptedAtOnce } from '@/lib/people/reconcile/accept'
import type { CertainMatch, MatchConflict } from '@/lib/people/reconcile/queries'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Reasons } from '../acs-users/reasons'
import { BatchFailures, BatchProgress, StopOrClose } from '../ui/batch-status'
import { Button } from '../ui/button'
import { acsUsersInWords, formatCount } from '../ui/counts'
import { Dialog } from '../ui/dialog'
import { Notice } from '../ui/notice'
import { type Failure, useBatches } from '../ui/use-batches'
import type { FoundCertain } from './certain-parts'

type Pair = { acsUserId: string; userIdentityId: string }
type Outcome = Pair & { refusal: RefusalValue | null }

export type AcceptCertain = (pairs: Pair[]) => Promise<ActionResult<Outcome[]>>

type CertainDialogProps = {
  title: string
  found: FoundCertain
  /** What is said while it is looked for, and where nothing was found. */
  words: { looking: string; nothing: string }
  systemNames: Map<string, string>
  accept: AcceptCertain
  /** Told once of all that was attached. */
  onDone: (attached: { changeIds: string[]; acsUserIds: string[] }) => void
  onClose: () => void
}

const mostShown = 100

/** Attaches what is certain, after showing what that is and what is left out; batch by batch. */
export function CertainDialog({ title, found, words, systemNames, accept, onDone, onClose }: CertainDialogProps) {
  const { certain, conflicts, isComplete, error, refetch } = found
  const { progress, run, stop } = useBatches()
  const [refused, setRefused] = useState<Failure[]>([])

  const submit = async () => {
    const attached = { changeIds: [] as string[], acsUserIds: [] as string[] }
    const failures: Failure[] = []
    const refusal = await run({
      // What was shown is what is attached, whatever is found meanwhile.
      ...{ items: [...certain], atOnce: mostAcceptedAtOnce },
      action: (batch) => accept(batch.map(({ acsUserId, userIdentityId }) => ({ acsUserId, userIdentityId }))),
      took: (outcomes, changeId, batch) => {
        const done = outcomes.filter((outcome) => outcome.refusal === null)
        if (done.length > 0) attached.changeIds.push(changeId)
        attached.acsUserIds.push(...done.map(({ acsUserId }) => acsUserId))
        for (const { acsUserId, refusal: ownRefusal } of outcomes) {
          const name = batch.find((match) => match.acsUserId === acsUserId)?.acsUserName ?? ''
          if (ownRefusal) failures.push({ name, message: ownRefusal.message })
        }
      },
    })
    if (refusal) failures.push({ name: '', message: refusal.message })
    setRefused(failures)
    if (attached.acsUserIds.length > 0) onDone(attached)
    if (failures.length === 0) onClose()
  }

  const isRunning = progress !== null
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isRunning && onClose()}
      staysOpen={isRunning}
      title={title}
      description="A unique value agrees, nothing contradicts, and nobody else claims the same person."
      width="wide"
    >
      <form
        noValidate
        className="flex flex-col gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (isComplete && certain.length > 0 && !isRunning) void submit()
        }}
      >
        {error ? (
          <Notice
            tone="danger"
            action={
              <Button size="small" onClick={() => refetch()}>
                Try again
              </Button>
            }
          >
            {error.message}
          </Notice>
        ) : (
          <p role="status" className="text-sm">
            {isComplete
              ? certain.length === 0
                ? words.nothing
                : `${acsUsersInWords(certain.length)} will be attached.`
              : `${words.looking} ${acsUsersInWords(certain.length)} so far.`}
          </p>
        )}
        {certain.length > 0 && <Preview certain={certain} systemNames={systemNames} />}
        {conflicts.length > 0 && <Conflicts conflicts={conflicts} systemNames={systemNames} />}
        <BatchFailures failures={refused} />
        {progress && <BatchProgress label="ACS users done" progress={progress} />}
        <div className="flex justify-end gap-2">
          <StopOrClose isRunning={isRunning} hasEnded={refused.length > 0} onStop={stop} onClose={onClose} />
          <Button type="submit" variant="primary" disabled={!isComplete || certain.length === 0} pending={isRunning}>
            {certain.length > 0 ? `Attach ${acsUsersInWords(certain.length)}` : 'Attach'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Preview({ certain, systemNames }: { certain: CertainMatch[]; systemNames: Map<string, string> }) {
  return (
    <ul
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      aria-label="What will be attached"
      className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line text-sm"
    >
      {certain.slice(0, mostShown).map((match) => (
        <li key={match.acsUserId} className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2">
          <span className="min-w-0 flex-1 basis-56">
            <span className="block truncate">
              <bdi className="font-medium">{match.acsUserName}</bdi> → <bdi>{match.identityName}</bdi>
            </span>
            <span className="block truncate text-muted text-xs">{systemNames.get(match.acsSystemId)}</span>
          </span>
          <Reasons reasons={match.reasons} />
        </li>
      ))}
      {certain.length > mostShown && (
        <li className="px-3 py-2 text-muted">and {formatCount(certain.length - mostShown)} more</li>
      )}
    </ul>
  )
}

function Conflicts({ conflicts, systemNames }: { conflicts: MatchConflict[]; systemNames: Map<string, string> }) {
  return (
    <details className="rounded-md bg-warning-soft px-3 py-2 text-sm">
      <summary className="text-warning">
        {acsUsersInWords(conflicts.length)} left out: others of the access system claim the same person
      </summary>
      <ul className="mt-1.5 flex max-h-40 flex-col gap-1 overflow-y-auto">
        {conflicts.slice(0, mostShown).map((conflict) => (
          <li key={conflict.acsUserId}>
            In {systemNames.get(conflict.acsSystemId)}, <bdi className="font-medium">{conflict.acsUserName}</bdi> (
            {conflict.reasons.join(', ')}) and{' '}
            {conflict.claimedBy.map((rival) => `${rival.displayName} (${rival.reasons.join(', ')})`).join(', ')} claim{' '}
            <bdi>{conflict.identityName}</bdi>.
          </li>
        ))}
      </ul>
    </details>
  )
}
