'use client'

import { useState } from 'react'
import { planMoveOut } from '@/lib/people/moves/move'
import { peopleInWords } from '../ui/counts'
import { endOfMonth, fromLocal } from '../ui/local-moment'
import { MomentField, TimeZoneNote } from '../ui/moment-field'
import { Choice, Choices } from './choices'
import { type MoveActions, MoveDialog, type MovedPeople } from './move-dialog'

type MoveOutDialogProps = {
  people: MovedPeople
  actions: Pick<MoveActions, 'moveOut' | 'undoAll'>
  onClose: () => void
}

/** Moves people out, at once or at a chosen time, after showing what that does in each access system. */
export function MoveOutDialog({ people, actions, onClose }: MoveOutDialogProps) {
  const [isLater, setIsLater] = useState(false)
  const [time, setTime] = useState('')
  const [manner, setManner] = useState<'end_schedule' | 'suspend'>('end_schedule')
  const [revokes, setRevokes] = useState(true)
  // The page's clock may lag behind by a minute; what is chosen is held to the browser's.
  const [now] = useState(() => new Date())
  const chosen = isLater ? fromLocal(time) : null
  const isPast = chosen !== null && new Date(chosen) <= now
  const isComplete = !isLater || (chosen !== null && !isPast)
  const who = people.length === 1 ? people[0]?.displayName : peopleInWords(people.length)
  const how = { moves_out_at: chosen, manner, revoke_mobile_credentials: revokes }
  return (
    <MoveDialog
      people={people}
      title={`Move ${who} out`}
      plan={
        isComplete
          ? ({ movesOutAt, acsUsers }) =>
              planMoveOut(
                {
                  at: chosen ? new Date(chosen) : now,
                  manner,
                  revokeMobileCredentials: revokes,
                  replaces: movesOutAt,
                },
                acsUsers,
                now,
              )
          : null
      }
      movesAt={chosen}
      submitLabel={isLater ? 'Plan move-out' : 'Move out now'}
      run={(ids) => actions.moveOut(ids, how)}
      undoAll={actions.undoAll}
      done={(moved) => (chosen ? `Planned the move-out of ${moved}.` : `Moved ${moved} out.`)}
      onClose={onClose}
    >
      <Choices legend="When">
        <Choice type="radio" name="when" checked={!isLater} onChange={() => setIsLater(false)} label="Now" />
        <Choice
          type="radio"
          name="when"
          checked={isLater}
          onChange={() => {
            setIsLater(true)
            setManner('end_schedule')
          }}
          label="At a chosen time"
        />
        {isLater && (
          <div className="pl-6.5">
            <MomentField
              label="Day and time"
              value={time}
              onValueChange={setTime}
              siteTimeZone={null}
              choices={[{ label: 'End of the month', moment: endOfMonth(now) }]}
              errors={isPast ? ['Choose a time in the future, or move out now.'] : undefined}
            />
            <TimeZoneNote />
          </div>
        )}
      </Choices>
      <Choices legend="How">
        <Choice
          type="radio"
          name="manner"
          checked={manner === 'end_schedule'}
          onChange={() => setManner('end_schedule')}
          label="End the access schedule"
          help="In every access system in which they have an ACS user."
        />
        <Choice
          type="radio"
          name="manner"
          checked={manner === 'suspend'}
          disabled={isLater}
          onChange={() => setManner('suspend')}
          label="Suspend"
          help={
            isLater ? 'A suspension is at once. For a later time, the access schedule ends.' : 'Until it is lifted.'
          }
        />
      </Choices>
      <Choice
        type="checkbox"
        name="revoke"
        checked={revokes}
        onChange={setRevokes}
        label="Revoke mobile keys"
        help={isLater ? 'They stop working at that time.' : 'Cards and door codes stay, but open nothing.'}
      />
    </MoveDialog>
  )
}
