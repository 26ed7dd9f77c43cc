'use client'

import { useEffect } from 'react'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button, ButtonLink } from '../ui/button'
import { CopyField } from '../ui/copy-field'
import { Notice } from '../ui/notice'
import { TextField } from '../ui/text-field'
import { useFormAction } from '../ui/use-form-action'

/** What came of the form: the new key, for the one time that it is seen, or why there is none. */
export type ApiKeyFormState =
  | { kind: 'created'; name: string; secret: string }
  | { kind: 'refused'; name: string; refusal: RefusalValue }
  | null

type ApiKeyFormProps = {
  onCreate: (previous: ApiKeyFormState, form: FormData) => Promise<ApiKeyFormState>
  /** Told when the key is on the screen. */
  onCreated?: () => void
  /** What leaves the form; without it, links that lead to the list. */
  onClose?: () => void
}

const listHref = '/settings/api-keys'
const notReached = (form: FormData): ApiKeyFormState => ({
  kind: 'refused',
  name: String(form.get('name') ?? ''),
  refusal: unreachable,
})

/** Asks for a name, then shows the new key once. A plain form without JavaScript. */
export function ApiKeyForm({ onCreate, onCreated, onClose }: ApiKeyFormProps) {
  const { state, pending, form } = useFormAction<ApiKeyFormState>(onCreate, notReached)
  const isCreated = state?.kind === 'created'
  useEffect(() => {
    if (isCreated) onCreated?.()
  }, [isCreated, onCreated])

  if (state?.kind === 'created') {
    return (
      <div className="flex flex-col gap-4">
        <CopyField label={`The key “${state.name}”`} value={state.secret} name="API key" focused />
        <Notice tone="warning">
          Copy it now and keep it where your program’s secrets are. It will not be shown again: only its hash is kept
          here.
        </Notice>
        <div className="flex justify-end">
          {onClose ? (
            <Button variant="primary" onClick={onClose}>
              I have saved the key
            </Button>
          ) : (
            <ButtonLink variant="primary" href={listHref}>
              I have saved the key
            </ButtonLink>
          )}
        </div>
      </div>
    )
  }

  const errors = state?.refusal.fields?.name
  return (
    <ActionForm {...form} className="flex flex-col gap-4" noValidate>
      {state && !errors && (
        <div role="alert">
          <Notice tone="danger">{state.refusal.message}</Notice>
        </div>
      )}
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        placeholder="Resident app, production"
        defaultValue={state?.name}
        errors={errors}
        help="What the key is for: by this name you will know which one to revoke."
      />
      <div className="flex justify-end gap-2">
        {onClose ? <Button onClick={onClose}>Cancel</Button> : <ButtonLink href={listHref}>Cancel</ButtonLink>}
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Creating…' : 'Create API key'}
        </Button>
      </div>
    </ActionForm>
  )
}
