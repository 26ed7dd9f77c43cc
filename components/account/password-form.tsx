'use client'

import { useEffect } from 'react'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button } from '../ui/button'
import { FormRefusal } from '../ui/form-refusal'
import { TextField } from '../ui/text-field'
import { showToast } from '../ui/toast'
import { useFormAction } from '../ui/use-form-action'
import { EndOthers } from './end-others'
import { OwnerProof } from './owner-proof'

/** What came of the form. What was typed is not given back. */
export type PasswordFormState = { kind: 'changed' } | { kind: 'refused'; refusal: RefusalValue } | null

type PasswordFormProps = {
  onChange: (previous: PasswordFormState, form: FormData) => Promise<PasswordFormState>
}

/** Changes the password, by who proves that it's theirs. */
export function PasswordForm({ onChange }: PasswordFormProps) {
  const change = async (previous: PasswordFormState, form: FormData) => {
    const outcome = await onChange(previous, form)
    if (outcome?.kind === 'changed') {
      showToast(`Your password was changed.${form.has('end_others') ? ' You’re signed out everywhere else.' : ''}`)
    }
    return outcome
  }
  const { state, pending, form } = useFormAction<PasswordFormState>(change, () => ({
    kind: 'refused',
    refusal: unreachable,
  }))
  useEffect(() => {
    if (state?.kind === 'changed') form.ref.current?.reset()
  }, [state, form.ref])
  const refused = state?.kind === 'refused' ? state : null
  const errors = refused?.refusal.fields
  return (
    <ActionForm {...form} className="flex max-w-md flex-col gap-4 p-4" noValidate>
      <FormRefusal refusal={refused?.refusal} />
      <OwnerProof label="Current password" refusal={refused?.refusal} />
      <TextField
        label="New password"
        name="new_password"
        type="password"
        autoComplete="new-password"
        errors={errors?.new_password}
        help="At least 10 characters."
      />
      <EndOthers />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Changing…' : 'Change password'}
        </Button>
      </div>
    </ActionForm>
  )
}
