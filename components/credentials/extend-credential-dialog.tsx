'use client'

import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Dialog } from '../ui/dialog'
import { DialogForm } from '../ui/dialog-form'
import { daysLater, fromLocal, monthLater, toLocal } from '../ui/local-moment'
import { MomentField, TimeZoneNote } from '../ui/moment-field'
import { useChange } from '../ui/use-change'
import { useNow } from '../ui/viewer-time'

export type ExtendCredential = (credential: {
  acsCredentialId: string
  endsAt: string | null
}) => Promise<ActionResult<null>>

type ExtendCredentialDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  credential: { acsCredentialId: string; displayName: string; endsAt: string | null; timeZone: string | null }
  onExtend: ExtendCredential
}

/** Gives a credential another end. */
export function ExtendCredentialDialog({ open, onOpenChange, credential, onExtend }: ExtendCredentialDialogProps) {
  const now = useNow()
  const end = credential.endsAt === null ? null : new Date(credential.endsAt)
  // One that is over is extended from now.
  const from = end && end > now ? end : now
  const [endsAt, setEndsAt] = useState(() => toLocal(end))
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const save = () =>
    carryOut({
      action: () =>
        onExtend({ acsCredentialId: credential.acsCredentialId, endsAt: fromLocal(endsAt, credential.endsAt) }),
      done: `Changed the end of ${credential.displayName}.`,
      undone: `${credential.displayName} ends when it did before.`,
      refused: setRefusal,
      after: () => onOpenChange(false),
    })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Extend credential"
      description={<bdi>{credential.displayName}</bdi>}
    >
      <DialogForm
        onSubmit={save}
        onCancel={() => onOpenChange(false)}
        pending={pending}
        submitLabel="Save end"
        refusal={refusal}
      >
        <MomentField
          label="Valid until"
          value={endsAt}
          onValueChange={setEndsAt}
          siteTimeZone={credential.timeZone}
          errors={refusal?.fields?.ends_at}
          choices={[
            { label: '+1 week', moment: daysLater(from, 7) },
            { label: '+1 month', moment: monthLater(from) },
            { label: 'No end', moment: null },
          ]}
        />
        <TimeZoneNote />
      </DialogForm>
    </Dialog>
  )
}
