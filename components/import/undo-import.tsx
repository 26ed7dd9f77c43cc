'use client'

import { Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ImportDetails, ImportKind } from '@/lib/imports/import'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { Notice } from '../ui/notice'
import { useChange } from '../ui/use-change'
import { kindWords } from './kind-words'

type UndoImportProps = {
  importId: string
  kind: ImportKind
  outcomes: ImportDetails['outcomes']
  onUndo: (importId: string) => Promise<ActionResult<null>>
}

/** Takes an import back, after saying what that is. */
export function UndoImport({ importId, kind, outcomes, onUndo }: UndoImportProps) {
  const [open, setOpen] = useState(false)
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const cancel = useRef<HTMLButtonElement>(null)
  const { counted, whom } = kindWords[kind]
  const { created = 0, updated = 0, removed = 0 } = outcomes
  const undo = () =>
    carryOut({
      action: () => onUndo(importId),
      before: () => setRefusal(null),
      refused: setRefusal,
      after: () => setOpen(false),
    })
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Undo2 aria-hidden className="size-3.5" />
        Undo import…
      </Button>
      <LazyDialog
        open={open}
        onOpenChange={(next) => {
          if (pending) return
          setOpen(next)
          setRefusal(null)
        }}
        title="Undo this import?"
        initialFocus={cancel}
      >
        <div className="flex flex-col gap-4 px-5 pt-3 pb-5">
          <ul className="list-disc pl-5 text-sm">
            {created > 0 && <li>{`${counted(created)} ${whom} it created: deleted again.`}</li>}
            {updated > 0 && <li>{`${counted(updated)} ${whom} it changed: as before.`}</li>}
            {removed > 0 && (
              <li>{`${counted(removed)} ${whom} it deleted: brought back, but for their cards and door codes.`}</li>
            )}
            <li>What was changed since stays as it is, and the report says why.</li>
          </ul>
          {refusal && (
            <div role="alert">
              <Notice tone="danger">{refusal.message}</Notice>
            </div>
          )}
          <div className="flex justify-end gap-2">
            <Button ref={cancel} onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button variant="danger" pending={pending} onClick={undo}>
              Undo import
            </Button>
          </div>
        </div>
      </LazyDialog>
    </>
  )
}
