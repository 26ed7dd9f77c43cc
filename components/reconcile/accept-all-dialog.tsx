'use client'

import { useRef, useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/errors'
import { mostAcceptedAtOnce } from '@/lib/reconcile/accept'
import type { QueueParameters } from '@/lib/reconcile/list-parameters'
import type { CertainMatch, MatchConflict } from '@/lib/reconcile/queries'
import { Reasons } from '../acs-users/reasons'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Notice } from '../ui/notice'
import { useCertain } from './use-certain'
import { attempt } from './use-handled'

type Pair = { acsUserId: string; userIdentityId: string }
type Outcome = Pair & { refusal: RefusalValue | null }

export type AcceptCertain = (pairs: Pair[]) => Promise<ActionResult<Outcome[]>>

type AcceptAllDialogProps = {
  parameters: QueueParameters
  systemNames: Map<string, string>
  accept: AcceptCertain
  /** Told once of all that was attached. */
  onDone: (attached: { changeIds: string[]; acsUserIds: string[] }) => void
  onClose: () => void
}

const number = new Intl.NumberFormat('en')
const mostShown = 100

/** “1 ACS user”, “12 ACS users”. */
const acsUsersInWords = (count: number) => `${number.format(count)} ACS ${count === 1 ? 'user' : 'users'}`

/** Attaches all that is certain, after showing what that is and what is left out; batch by batch. */
export function AcceptAllDialog({ parameters, systemNames, accept, onDone, onClose }: AcceptAllDialogProps) {
  const { certain, conflicts, isComplete, error, refetch } = useCertain(parameters, true)
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null)
  const [refused, setRefused] = useState<{ name: string; message: string }[]>([])
  const stopped = useRef(false)

  const submit = async () => {
    stopped.current = false
    const attached = { changeIds: [] as string[], acsUserIds: [] as string[] }
    const failures: typeof refused = []
    // What was shown is what is attached, whatever is found meanwhile.
    const matches = [...certain]
    for (let from = 0; from < matches.length && !stopped.current; from += mostAcceptedAtOnce) {
      setProgress({ done: from, of: matches.length })
      const batch = matches.slice(from, from + mostAcceptedAtOnce)
      const result = await attempt(() =>
        accept(batch.map(({ acsUserId, userIdentityId }) => ({ acsUserId, userIdentityId }))),
      )
      if (!result.ok) {
        failures.push({ name: '', message: result.refusal.message })
        break
      }
      const done = result.value.filter(({ refusal }) => refusal === null)
      if (done.length > 0) attached.changeIds.push(result.changeId)
      attached.acsUserIds.push(...done.map(({ acsUserId }) => acsUserId))
      for (const { acsUserId, refusal } of result.value) {
        const name = batch.find((match) => match.acsUserId === acsUserId)?.acsUserName ?? ''
        if (refusal) failures.push({ name, message: refusal.message })
      }
    }
    setProgress(null)
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
      title="Accept all certain matches"
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
                ? 'Nothing in the queue is certain.'
                : `${acsUsersInWords(certain.length)} will be attached.`
              : `Looking through the queue… ${acsUsersInWords(certain.length)} so far.`}
          </p>
        )}
        {certain.length > 0 && <Preview certain={certain} systemNames={systemNames} />}
        {conflicts.length > 0 && <Conflicts conflicts={conflicts} systemNames={systemNames} />}
        {refused.length > 0 && (
          <div role="alert">
            <Notice tone="danger">
              {refused.slice(0, mostShown).map(({ name, message }) => (
                <span key={name + message} className="block">
                  {name && <strong className="font-medium">{name}: </strong>}
                  {message}
                </span>
              ))}
            </Notice>
          </div>
        )}
        {progress && (
          <div className="text-sm">
            <progress
              aria-label="ACS users done"
              value={progress.done}
              max={progress.of}
              className="h-1.5 w-full accent-accent"
            />
            <p role="status" className="text-muted">
              {number.format(progress.done)} of {number.format(progress.of)} done
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
        <li className="px-3 py-2 text-muted">and {number.format(certain.length - mostShown)} more</li>
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
