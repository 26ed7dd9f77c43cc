'use client'

import { useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'

type ResetWorkspaceProps = {
  workspaceName: string
  /** Whether the demo's data come back; else it is empty afterwards. */
  isDemo: boolean
  onReset: () => Promise<ActionResult<null>>
}

/** Empties a sandbox, once its name was typed: that cannot be undone. */
export function ResetWorkspace({ workspaceName, isDemo, onReset }: ResetWorkspaceProps) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const close = () => {
    setOpen(false)
    setTyped('')
    setRefusal(null)
  }
  const reset = () =>
    carryOut({
      action: onReset,
      done: isDemo ? 'The demo is as it was on the first day.' : 'The sandbox is empty.',
      refused: setRefusal,
      after: close,
    })
  return (
    <>
      <Button onClick={() => setOpen(true)}>Reset sandbox…</Button>
      <LazyDialog
        open={open}
        onOpenChange={(next) => !next && !pending && close()}
        title={`Reset “${workspaceName}”?`}
        description={
          isDemo
            ? 'Everything changed since the first day is discarded, for everybody who looks at it. This cannot be undone.'
            : 'All people, access systems and the whole history are deleted. Members, API keys and webhooks stay. This cannot be undone.'
        }
      >
        <DialogForm
          onSubmit={reset}
          onCancel={close}
          pending={pending}
          variant="danger"
          submitLabel={pending ? 'Resetting…' : 'Reset sandbox'}
          refusal={refusal}
          disabled={typed.trim() !== workspaceName}
        >
          <TextField
            label={`Type “${workspaceName}” to confirm`}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </DialogForm>
      </LazyDialog>
    </>
  )
}
