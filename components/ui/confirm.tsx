'use client'

import { useRef, useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button } from './button'
import { LazyDialog } from './lazy-dialog'
import { Notice } from './notice'
import { useChange } from './use-change'

type ConfirmProps = {
  title: string
  children: string
  /** What the button does, and what it says while it does. */
  label: string
  pendingLabel: string
  action: () => Promise<ActionResult<null>>
  /** Said once it is done. */
  done?: string
  onClose: (isDone: boolean) => void
}

/** Asks before something is done that cannot be taken back. */
export function Confirm({ title, children, label, pendingLabel, action, done, onClose }: ConfirmProps) {
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose(false)} title={title} initialFocus={cancel}>
      <div className="flex flex-col gap-4 px-5 pt-3 pb-5">
        <p className="text-sm">{children}</p>
        {refusal && (
          <div role="alert">
            <Notice tone="danger">{refusal.message}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button ref={cancel} onClick={() => onClose(false)}>
            Cancel
          </Button>
          <Button
            variant="danger"
            pending={pending}
            onClick={() => carryOut({ action, done, refused: setRefusal, after: () => onClose(true) })}
          >
            {pending ? pendingLabel : label}
          </Button>
        </div>
      </div>
    </LazyDialog>
  )
}
