'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/platform/refusals'
import type { JoinState } from './actions'

type JoinAction = (previous: JoinState, form: FormData) => Promise<JoinState>

const notReached = (form: FormData): JoinState => ({
  given: { name: String(form.get('name') ?? ''), email: String(form.get('email') ?? '') },
  refusal: unreachable,
})

/** Asks for what an account needs. */
export function NewAccountForm({ email, onJoin }: { email: string | null; onJoin: JoinAction }) {
  const { state, pending, form } = useFormAction<JoinState>(onJoin, notReached)
  const errors = state?.refusal.fields
  return (
    <form {...form} className="flex flex-col gap-4" noValidate>
      <div role="alert">{state && !errors && <Notice tone="danger">{state.refusal.message}</Notice>}</div>
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        required
        defaultValue={state?.given.name}
        errors={errors?.name}
      />
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="username"
        required
        readOnly={email !== null}
        defaultValue={email ?? state?.given.email}
        errors={errors?.email}
        help={email === null ? undefined : 'The invitation is for this address.'}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        help="At least 10 characters."
        errors={errors?.password}
      />
      <Button type="submit" variant="primary" pending={pending}>
        {pending ? 'Joining…' : 'Create account and join'}
      </Button>
    </form>
  )
}

/** Joins with the account that is signed in. */
export function JoinForm({ name, onJoin }: { name: string; onJoin: JoinAction }) {
  const { state, pending, form } = useFormAction<JoinState>(onJoin, notReached)
  return (
    <form {...form} className="flex flex-col gap-4">
      <div role="alert">{state && <Notice tone="danger">{state.refusal.message}</Notice>}</div>
      <Button type="submit" variant="primary" pending={pending} className="w-full">
        {pending ? 'Joining…' : `Join as ${name}`}
      </Button>
    </form>
  )
}
