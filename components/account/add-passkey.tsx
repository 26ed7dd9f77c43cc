'use client'

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useState } from 'react'
import { type ActionResult, type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { DialogForm } from '../ui/dialog-form'
import { LazyDialog } from '../ui/lazy-dialog'
import { TextField } from '../ui/text-field'
import { useChange } from '../ui/use-change'
import { EndOthers } from './end-others'
import { OwnerProof } from './owner-proof'
import { type Given, textsOf } from './proof-dialog'

export type AddPasskeyProps = {
  onBegin: (given: Given) => Promise<ActionResult<PublicKeyCredentialCreationOptionsJSON>>
  onAdd: (response: unknown, given: Given) => Promise<ActionResult<null>>
  onClose: () => void
}

const refusedBy = (message: string) => ({
  ok: false as const,
  refusal: { kind: 'conflict', type: 'passkey_not_made', message } satisfies RefusalValue,
})

/** Names a new passkey, asks who its owner is, and has the browser make it. */
export function AddPasskey({ onBegin, onAdd, onClose }: AddPasskeyProps) {
  const [name, setName] = useState('')
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const make = async (given: Given): Promise<ActionResult<null>> => {
    const [begun, { startRegistration }] = await Promise.all([onBegin(given), import('@simplewebauthn/browser')])
    if (!begun.ok) return begun
    let made: unknown
    try {
      made = await startRegistration({ optionsJSON: begun.value })
    } catch (error) {
      const isKnown = (error as { code?: string }).code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
      return refusedBy(
        isKnown
          ? 'This device has a passkey of your account already.'
          : 'No passkey was made. Try again, and confirm when your browser asks.',
      )
    }
    return onAdd(made, given).catch(() => ({ ok: false as const, refusal: unreachable }))
  }
  const submit = (form: FormData) =>
    carryOut({
      action: () => make(textsOf(form)),
      before: () => setRefusal(null),
      done: `The passkey “${name.trim()}” was added.`,
      refused: setRefusal,
      after: onClose,
    })
  return (
    <LazyDialog open onOpenChange={(open) => !open && !pending && onClose()} title="Add a passkey">
      <DialogForm onSubmit={submit} onCancel={onClose} pending={pending} submitLabel="Continue" refusal={refusal}>
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          placeholder="Work laptop"
          value={name}
          onChange={(event) => setName(event.target.value)}
          errors={refusal?.fields?.name}
          help="The device that holds it: by this name you will know which one to remove."
        />
        <OwnerProof refusal={refusal} />
        <EndOthers />
      </DialogForm>
    </LazyDialog>
  )
}
