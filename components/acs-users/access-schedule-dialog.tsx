'use client'

import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Dialog } from '../ui/dialog'
import { DialogForm } from '../ui/dialog-form'
import { daysLater, endOfMonth, fromLocal, toLocal } from '../ui/local-moment'
import { MomentField, TimeZoneNote } from '../ui/moment-field'
import { useChange } from '../ui/use-change'
import { useNow } from '../ui/viewer-time'

export type SaveAccessSchedule = (schedule: {
  acsUserId: string
  startsAt: string | null
  endsAt: string | null
}) => Promise<ActionResult<null>>

type AccessScheduleDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  acsUser: { acsUserId: string; displayName: string; accessStartsAt: string | null; accessEndsAt: string | null }
  system: { name: string; timeZone: string | null }
  onSave: SaveAccessSchedule
}

/** Sets when an ACS user may get in; either end may be left open. */
export function AccessScheduleDialog({ open, onOpenChange, acsUser, system, onSave }: AccessScheduleDialogProps) {
  const now = useNow()
  const [startsAt, setStartsAt] = useState(() => toLocal(acsUser.accessStartsAt))
  const [endsAt, setEndsAt] = useState(() => toLocal(acsUser.accessEndsAt))
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const save = () =>
    carryOut({
      action: () =>
        onSave({
          acsUserId: acsUser.acsUserId,
          startsAt: fromLocal(startsAt, acsUser.accessStartsAt),
          endsAt: fromLocal(endsAt, acsUser.accessEndsAt),
        }),
      done: `Changed the access schedule of ${acsUser.displayName} in ${system.name}.`,
      undone: `The access schedule of ${acsUser.displayName} in ${system.name} is as it was.`,
      refused: setRefusal,
      after: () => onOpenChange(false),
    })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Access schedule"
      description={
        <>
          of <bdi className="font-medium text-text">{acsUser.displayName}</bdi> in {system.name}
        </>
      }
    >
      <DialogForm
        onSubmit={save}
        onCancel={() => onOpenChange(false)}
        pending={pending}
        submitLabel="Save schedule"
        refusal={refusal}
      >
        <MomentField
          label="From"
          value={startsAt}
          onValueChange={setStartsAt}
          siteTimeZone={system.timeZone}
          errors={refusal?.fields?.['access_schedule.starts_at']}
          choices={[
            { label: 'Now', moment: now },
            { label: 'At any time', moment: null },
          ]}
        />
        <MomentField
          label="Until"
          value={endsAt}
          onValueChange={setEndsAt}
          siteTimeZone={system.timeZone}
          errors={refusal?.fields?.['access_schedule.ends_at']}
          choices={[
            { label: 'For a week', moment: daysLater(now, 7) },
            { label: 'Until the end of the month', moment: endOfMonth(now) },
            { label: 'No end', moment: null },
          ]}
        />
        <TimeZoneNote />
      </DialogForm>
    </Dialog>
  )
}
