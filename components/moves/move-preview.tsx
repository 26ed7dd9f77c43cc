import type { ReactNode } from 'react'
import { isIdle, type MoveStep } from '@/lib/people/moves/move'
import type { MovingPerson } from '@/lib/people/moves/queries'
import { peopleInWords } from '../ui/counts'
import { ExactTime } from '../ui/viewer-time'

type PlannedMove = { person: MovingPerson; steps: MoveStep[] }

/** Exactly what a move will do: to one person system by system, to several as counts for each system. */
export function MovePreview({ moves, movesAt }: { moves: PlannedMove[]; movesAt: string | null }) {
  const [only] = moves
  const nowhere = moves.filter(({ steps }) => steps.length === 0)
  return (
    <section aria-label="What will happen" className="rounded-md border border-line bg-canvas px-3 py-2.5 text-sm">
      <h3 className="font-medium">What will happen</h3>
      {moves.length === 1 && only ? (
        <OfOne steps={only.steps} movesAt={movesAt} />
      ) : (
        <OfSeveral moves={moves} movesAt={movesAt} />
      )}
      {nowhere.length > 0 && (
        <p className="mt-1.5 text-warning">
          {moves.length === 1
            ? 'This person has no ACS user in any access system: there is nothing to do.'
            : `${peopleInWords(nowhere.length)} without any ACS user will be left as they are.`}
        </p>
      )}
    </section>
  )
}

function OfOne({ steps, movesAt }: { steps: MoveStep[]; movesAt: string | null }) {
  return (
    <dl className="mt-1.5 flex flex-col gap-1.5">
      {steps.map((step) => (
        <div key={step.acsUserId} className="grid gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <dt className="truncate text-muted" title={step.acsSystemName}>
            {step.acsSystemName}
          </dt>
          <dd>{stepInWords(step, movesAt)}</dd>
        </div>
      ))}
    </dl>
  )
}

function stepInWords(step: MoveStep, movesAt: string | null): ReactNode {
  if (isIdle(step)) return <span className="text-muted">Stays as it is.</span>
  const { schedule } = step
  const wasToEnd = step.suspended === true && movesAt !== null
  return (
    <>
      {schedule && <ScheduleInWords {...schedule} movesAt={movesAt} />}
      {step.suspended === true &&
        (wasToEnd ? 'Suspended at once: access would begin only later. ' : 'Suspended at once. ')}
      {step.suspended === false && 'The suspension is lifted. '}
      {step.revoked.length > 0 && `${keysInWords(step.revoked.length)} revoked. `}
      {step.ended.length > 0 && `${keysInWords(step.ended.length)} ${step.ended.length === 1 ? 'ends' : 'end'} then. `}
    </>
  )
}

type ScheduleInWordsProps = { startsAt: string | null; endsAt: string | null; movesAt: string | null }

function ScheduleInWords({ startsAt, endsAt, movesAt }: ScheduleInWordsProps) {
  if (endsAt && !movesAt) return <>Access ends now. </>
  if (!startsAt && !endsAt) return <>Access at any time. </>
  return (
    <>
      {'Access '}
      {startsAt && (
        <>
          from <ExactTime at={startsAt} />{' '}
        </>
      )}
      {endsAt && (
        <>
          until <ExactTime at={endsAt} />
        </>
      )}
      {'. '}
    </>
  )
}

function OfSeveral({ moves, movesAt }: { moves: PlannedMove[]; movesAt: string | null }) {
  const bySystem = new Map<string, MoveStep[]>()
  for (const step of moves.flatMap(({ steps }) => steps)) {
    bySystem.set(step.acsSystemName, [...(bySystem.get(step.acsSystemName) ?? []), step])
  }
  return (
    <dl className="mt-1.5 flex max-h-64 flex-col gap-1.5 overflow-y-auto">
      {[...bySystem].map(([acsSystemName, steps]) => {
        const count = (holds: (step: MoveStep) => boolean) => steps.filter(holds).length
        const keys = (list: 'revoked' | 'ended') => steps.reduce((sum, step) => sum + step[list].length, 0)
        const parts = [
          counted(
            count(({ schedule }) => schedule !== null),
            (n) =>
              movesAt
                ? `${n} ${n === 1 ? 'schedule is' : 'schedules are'} set`
                : `${n} ${n === 1 ? 'schedule ends' : 'schedules end'} now`,
          ),
          counted(
            count(({ suspended }) => suspended === true),
            (n) => `${n} suspended at once`,
          ),
          counted(
            count(({ suspended }) => suspended === false),
            (n) => `${n} suspensions lifted`,
          ),
          counted(keys('revoked'), (n) => `${keysInWords(n)} revoked`),
          counted(keys('ended'), (n) => `${keysInWords(n)} ${n === 1 ? 'ends' : 'end'} then`),
          counted(count(isIdle), (n) => `${n} left as ${n === 1 ? 'it is' : 'they are'}`),
        ].filter((part) => part !== null)
        return (
          <div key={acsSystemName} className="grid gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)]">
            <dt className="truncate text-muted" title={acsSystemName}>
              {acsSystemName}
            </dt>
            <dd>{parts.join(', ')}</dd>
          </div>
        )
      })}
    </dl>
  )
}

const counted = (count: number, words: (count: number) => string) => (count > 0 ? words(count) : null)
const keysInWords = (count: number) => `${count} mobile ${count === 1 ? 'key' : 'keys'}`
