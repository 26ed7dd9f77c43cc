'use client'

import { useState } from 'react'
import { planMoveIn } from '@/lib/moves/move'
import { fromLocalInput } from '../ui/local-time'
import { TextField } from '../ui/text-field'
import { Choice } from './choices'
import { type MoveActions, MoveDialog, type MovedPeople } from './move-dialog'
import { peopleInWords } from './move-preview'

type MoveInDialogProps = {
  people: MovedPeople
  actions: Pick<MoveActions, 'moveIn' | 'undoAll'>
  onClose: () => void
}

/** Gives people one access schedule in all access systems at once. */
export function MoveInDialog({ people, actions, onClose }: MoveInDialogProps) {
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [lifts, setLifts] = useState(true)
  const [now] = useState(() => new Date())
  const startsAt = fromLocalInput(from)
  const endsAt = fromLocalInput(until)
  const endError = untilError(startsAt, endsAt, now)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const who = people.length === 1 ? people[0]?.displayName : peopleInWords(people.length)
  return (
    <MoveDialog
      people={people}
      title={`Move ${who} in`}
      plan={
        endError
          ? null
          : ({ acsUsers }) =>
              planMoveIn(
                {
                  startsAt: startsAt ? new Date(startsAt) : null,
                  endsAt: endsAt ? new Date(endsAt) : null,
                  liftSuspensions: lifts,
                },
                acsUsers,
              )
      }
      movesAt={endsAt ?? startsAt ?? now.toISOString()}
      submitLabel="Move in"
      run={(ids) => actions.moveIn(ids, { starts_at: startsAt, ends_at: endsAt, lift_suspensions: lifts })}
      undoAll={actions.undoAll}
      done={(moved) => `Moved ${moved} in.`}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          type="datetime-local"
          label="From"
          help="Left empty: at once."
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          type="datetime-local"
          label="Until"
          help="Left empty: without an end."
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          errors={endError ? [endError] : undefined}
        />
      </div>
      <p className="-mt-2 text-muted text-sm">In your time zone, {zone}. The end is the planned move-out.</p>
      <Choice type="checkbox" name="lift" checked={lifts} onChange={setLifts} label="Lift suspensions" />
    </MoveDialog>
  )
}

function untilError(startsAt: string | null, endsAt: string | null, now: Date): string | null {
  if (endsAt && startsAt && endsAt <= startsAt) return 'The end must be after the move-in.'
  if (endsAt && new Date(endsAt) <= now) return 'The end must be in the future.'
  return null
}
