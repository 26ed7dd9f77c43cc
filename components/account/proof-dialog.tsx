'use client'

import { type ReactNode, useState } from 'react'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { useChange } from '../ui/use-change'
import { EndOthers } from './end-others'
import { OwnerProof } from './owner-proof'

/** What a form of the account's page gives. */
export type Given = Record<string, string>

type ProofDialogProps = {
  title: string
  children: ReactNode
  label: string
  variant?: 'primary' | 'danger'
  factors?: 'all' | 'one'
  /** Whether it offers to end the account's other sessions too. */
  offersEnd?: boolean
  action: (given: Given) => Promise<ActionResult<unknown>>
  done: string
  onClose: (isDone: boolean) => void
}

/** Asks an account's owner to prove who they are before something is done. */
export function ProofDialog(props: ProofDialogProps) {
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const submit = (form: FormData) =>
    carryOut({
      action: () => props.action(textsOf(form)),
      before: () => setRefusal(null),
      done: props.done,
      refused: setRefusal,
      after: () => props.onClose(true),
    })
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && props.onClose(false)} title={props.title}>
      <DialogForm
        onSubmit={submit}
        onCancel={() => props.onClose(false)}
        pending={pending}
        submitLabel={props.label}
        variant={props.variant}
        refusal={refusal}
      >
        {props.children && <p className="text-sm">{props.children}</p>}
        <OwnerProof refusal={refusal} factors={props.factors} />
        {props.offersEnd && <EndOthers />}
      </DialogForm>
    </LazyDialog>
  )
}

/** A form's texts, as an action takes them. */
export function textsOf(form: FormData): Given {
  return Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
}
