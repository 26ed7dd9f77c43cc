'use client'

import { Button } from '@/components/ui/button'
import { FormRefusal } from '@/components/ui/form-refusal'
import { TextField } from '@/components/ui/text-field'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/platform/refusals'
import type { CodeState } from './actions'

type CodeFormProps = {
  byRecoveryCode: boolean
  next: string
  onEnter: (previous: CodeState, form: FormData) => Promise<CodeState>
}

/** Asks for the code of an app, or for a recovery code. A plain form without JavaScript. */
export function CodeForm({ byRecoveryCode, next, onEnter }: CodeFormProps) {
  const { state, pending, form } = useFormAction<CodeState>(onEnter, () => ({ refusal: unreachable }))
  return (
    <form {...form} className="flex flex-col gap-4" noValidate>
      <FormRefusal refusal={state?.refusal} />
      <TextField
        label={byRecoveryCode ? 'Recovery code' : 'Code'}
        name="code"
        inputMode={byRecoveryCode ? 'text' : 'numeric'}
        autoComplete={byRecoveryCode ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        errors={state?.refusal.fields?.code}
      />
      <input type="hidden" name="next" value={next} />
      <Button type="submit" variant="primary" pending={pending}>
        Sign in
      </Button>
    </form>
  )
}
