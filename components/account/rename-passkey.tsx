'use client'

import { useState } from 'react'
import type { PasskeyListItem } from '@/lib/accounts/passkeys/passkey'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'

type RenamePasskeyProps = {
  passkey: PasskeyListItem
  onRename: (passkeyId: string, name: string) => Promise<ActionResult<null>>
  onClose: () => void
}

/** Asks what a passkey is to be called. */
export function RenamePasskey({ passkey, onRename, onClose }: RenamePasskeyProps) {
  const [name, setName] = useState(passkey.name)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const submit = () =>
    carryOut({
      action: () => onRename(passkey.passkeyId, name),
      done: 'The passkey was renamed.',
      refused: setRefusal,
      after: onClose,
    })
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose()} title="Rename passkey">
      <DialogForm onSubmit={submit} onCancel={onClose} pending={pending} submitLabel="Rename" refusal={refusal}>
        <TextField
          label="Name"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          errors={refusal?.fields?.name}
        />
      </DialogForm>
    </LazyDialog>
  )
}
