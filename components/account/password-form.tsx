'use client'

import { useEffect } from 'react'
import { type RefusalValue, unreachable } from '@/lib/errors'
import { ActionForm } from '../ui/action-form'
import { Button } from '../ui/button'
import { FormRefusal } from '../ui/form-refusal'
import { TextField } from '../ui/text-field'
import { showToast } from '../ui/toast'
import { useFormAction } from '../ui/use-form-action'

/** What came of the form. What was typed is not given back. */
export type PasswordFormState = { kind: 'changed' } | { kind: 'refused'; refusal: RefusalValue } | null

type PasswordFormProps = {
  onChange: (previous: PasswordFormState, form: FormData) => Promise<PasswordFormState>
}

/** Changes the password, with the current one. */
export function PasswordForm({ onChange }: PasswordFormProps) {
  const change = async (previous: PasswordFormState, form: FormData) => {
    const outcome = await onChange(previous, form)
    if (outcome?.kind === 'changed') showToast('Your password was changed. You are signed out everywhere else.')
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
      <TextField
        label="Current password"
        name="current_password"
        type="password"
        autoComplete="current-password"
        errors={errors?.current_password}
      />
      <TextField
        label="New password"
        name="new_password"
        type="password"
        autoComplete="new-password"
        errors={errors?.new_password}
        help="At least 10 characters. Afterwards you are signed out everywhere else."
      />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Changing…' : 'Change password'}
        </Button>
      </div>
    </ActionForm>
  )
}
