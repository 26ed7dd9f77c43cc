'use client'

import { Button } from '@/components/ui/button'
import { FormRefusal } from '@/components/ui/form-refusal'
import { TextField } from '@/components/ui/text-field'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/platform/refusals'
import type { ResetPasswordState } from './actions'

type ResetPasswordFormProps = {
  email: string
  onChoose: (previous: ResetPasswordState, form: FormData) => Promise<ResetPasswordState>
}

/** Asks for the new password. */
export function ResetPasswordForm({ email, onChoose }: ResetPasswordFormProps) {
  const { state, pending, form } = useFormAction<ResetPasswordState>(onChoose, () => ({ refusal: unreachable }))
  return (
    <form {...form} className="flex flex-col gap-4" noValidate>
      <div>
        <h1 className="font-semibold text-xl">Choose a new password</h1>
        <p className="mt-1 text-muted text-sm [overflow-wrap:anywhere]">
          For {email}. Afterwards you are signed out everywhere.
        </p>
      </div>
      <FormRefusal refusal={state?.refusal} />
      {/* For password managers, which keep the two together. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        help="At least 10 characters."
        errors={state?.refusal.fields?.password}
      />
      <Button type="submit" variant="primary" pending={pending}>
        {pending ? 'Saving…' : 'Save new password'}
      </Button>
    </form>
  )
}
