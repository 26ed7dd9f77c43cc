'use client'

import type { FormEvent, ReactNode } from 'react'
import type { RefusalValue } from '@/lib/platform/refusals'
import { Button } from './button'
import { Notice } from './notice'

type DialogFormProps = {
  /** `form`: what its fields hold. */
  onSubmit: (form: FormData) => void
  onCancel: () => void
  pending: boolean
  /** What the button does. */
  submitLabel: string
  /** Said in the form unless it belongs to fields, which say it themselves. */
  refusal: RefusalValue | null
  disabled?: boolean
  /** `danger`: it destroys something. */
  variant?: 'primary' | 'danger'
  children: ReactNode
}

/** What a dialog asks for, with the buttons at its end. */
export function DialogForm(props: DialogFormProps) {
  const { refusal, pending } = props
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!pending) props.onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4 px-5 pt-3 pb-4">
      {props.children}
      <div role={refusal ? 'alert' : undefined}>
        {refusal && !refusal.fields && <Notice tone="danger">{refusal.message}</Notice>}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={props.onCancel}>Cancel</Button>
        <Button type="submit" variant={props.variant ?? 'primary'} pending={pending} disabled={props.disabled}>
          {props.submitLabel}
        </Button>
      </div>
    </form>
  )
}
