'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { TextLink } from '@/components/ui/text-link'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/platform/refusals'
import { type SignInState, signIn } from './actions'

export function SignInForm({ next, headingLevel }: { next: string; headingLevel: 1 | 2 }) {
  const { state, pending, form } = useFormAction<NonNullable<SignInState>>(signIn, (given) => ({
    email: String(given.get('email')),
    error: unreachable.message,
  }))
  const Heading = headingLevel === 1 ? 'h1' : 'h2'
  return (
    <form {...form} className="flex flex-col gap-4">
      <Heading className="font-semibold text-xl">Sign in</Heading>
      <div role="alert">{state?.error && <Notice tone="danger">{state.error}</Notice>}</div>
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={state?.email}
      />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <p className="-mt-2 text-sm">
        <TextLink href="/forgot-password">Forgot password?</TextLink>
      </p>
      <input type="hidden" name="next" value={next} />
      <Button type="submit" variant="primary" pending={pending}>
        Sign in
      </Button>
    </form>
  )
}
