'use client'

import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { useChange } from '../ui/use-change'

type RemoveDialogProps = {
  name: string
  /** What the button does: “Remove door”. */
  label: string
  /** Who loses what. */
  children: string
  onRemove: () => Promise<ActionResult<null>>
  onClose: () => void
}

/** Asks before a door or an access group is removed; it can be undone afterwards. */
export function RemoveDialog({ name, label, children, onRemove, onClose }: RemoveDialogProps) {
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  return (
    <LazyDialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`Remove ${name}?`}
      description="You can undo this afterwards."
    >
      <DialogForm
        onSubmit={() =>
          carryOut({
            action: onRemove,
            done: `${name} was removed.`,
            undone: `${name} is there again.`,
            refused: setRefusal,
            after: onClose,
          })
        }
        onCancel={onClose}
        pending={pending}
        submitLabel={pending ? 'Removing…' : label}
        refusal={refusal}
        variant="danger"
      >
        <p className="text-sm">{children}</p>
      </DialogForm>
    </LazyDialog>
  )
}
