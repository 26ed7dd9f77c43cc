'use client'

import { useState } from 'react'
import { planMoveIn } from '@/lib/people/moves/move'
import { peopleInWords } from '../ui/counts'
import { fromLocal } from '../ui/local-moment'
import { MomentField, TimeZoneNote } from '../ui/moment-field'
import { Choice } from './choices'
import { type MoveActions, MoveDialog, type MovedPeople } from './move-dialog'

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
  const startsAt = fromLocal(from)
  const endsAt = fromLocal(until)
  const endError = untilError(startsAt, endsAt, now)
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
        <MomentField
          label="From"
          value={from}
          onValueChange={setFrom}
          siteTimeZone={null}
          choices={[{ label: 'At once', moment: null }]}
        />
        <MomentField
          label="Until"
          value={until}
          onValueChange={setUntil}
          siteTimeZone={null}
          choices={[{ label: 'No end', moment: null }]}
          errors={endError ? [endError] : undefined}
        />
      </div>
      <div className="-mt-2">
        <TimeZoneNote />
        <p className="text-muted text-xs">The end is the planned move-out.</p>
      </div>
      <Choice type="checkbox" name="lift" checked={lifts} onChange={setLifts} label="Lift suspensions" />
    </MoveDialog>
  )
}

function untilError(startsAt: string | null, endsAt: string | null, now: Date): string | null {
  if (endsAt && startsAt && endsAt <= startsAt) return 'The end must be after the move-in.'
  if (endsAt && new Date(endsAt) <= now) return 'The end must be in the future.'
  return null
}
