'use client'

import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'

type RemoveSystemProps = {
  system: { acsSystemId: string; name: string }
  /** What goes with it, in words: “12 ACS users, 9 of them linked to a person”. */
  goes: string[]
  onRemove: (acsSystemId: string) => Promise<ActionResult<null>>
}

/** Removes an access system, after showing what goes with it. */
export function RemoveSystem({ system, goes, onRemove }: RemoveSystemProps) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const close = () => {
    setOpen(false)
    setTyped('')
    setRefusal(null)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Trash2 aria-hidden className="size-3.5" />
        Remove…
      </Button>
      <LazyDialog
        open={open}
        onOpenChange={(next) => !next && !pending && close()}
        title={`Remove ${system.name}?`}
        description="You can undo this afterwards. Cards and door codes would not come back, though: they must be issued anew."
      >
        <DialogForm
          onSubmit={() => carryOut({ action: () => onRemove(system.acsSystemId), refused: setRefusal })}
          onCancel={close}
          pending={pending}
          submitLabel={pending ? 'Removing…' : 'Remove access system'}
          refusal={refusal}
          disabled={typed.trim() !== system.name.trim()}
          variant="danger"
        >
          <div className="text-sm">
            <p className="font-medium">What goes with it</p>
            <ul className="mt-1 list-disc pl-5 text-muted">
              {goes.map((what) => (
                <li key={what}>{what}</li>
              ))}
              <li>The people themselves stay, and so does their history.</li>
            </ul>
          </div>
          <TextField
            label={`Type “${system.name}” to confirm`}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </DialogForm>
      </LazyDialog>
    </>
  )
}
