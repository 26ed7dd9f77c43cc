'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { FormRefusal } from '@/components/ui/form-refusal'
import { TextField } from '@/components/ui/text-field'
import { TextLink } from '@/components/ui/text-link'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/platform/refusals'
import { askForReset, type ForgotPasswordState } from './actions'

/** Asks for the email address of an account, then says where to look. */
export function ForgotPasswordForm() {
  const { state, pending, form } = useFormAction<ForgotPasswordState>(askForReset, (given) => ({
    kind: 'refused',
    email: String(given.get('email') ?? ''),
    refusal: unreachable,
  }))
  const heading = useRef<HTMLHeadingElement>(null)
  const isAsked = state?.kind === 'asked'
  useEffect(() => {
    // The form that had the focus is gone.
    if (isAsked) heading.current?.focus()
  }, [isAsked])

  if (state?.kind === 'asked') {
    return (
      <>
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none">
          Check your email
        </h1>
        <p className="mt-1 mb-4 text-muted text-sm [overflow-wrap:anywhere]">
          If somebody signs in with {state.email}, a link is on its way there. It works once, for an hour. Look among
          unwanted mail too.
        </p>
        <TextLink href="/sign-in">Back to sign in</TextLink>
      </>
    )
  }
  const refused = state?.kind === 'refused' ? state : null
  return (
    <>
      <form {...form} className="flex flex-col gap-4" noValidate>
        <div>
          <h1 className="font-semibold text-xl">Forgot password</h1>
          <p className="mt-1 text-muted text-sm">You get a link by email, by which you choose a new one.</p>
        </div>
        <FormRefusal refusal={refused?.refusal} />
        <TextField
          label="Email address"
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={refused?.email}
          errors={refused?.refusal.fields?.email}
        />
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Sending…' : 'Send link'}
        </Button>
      </form>
      <p className="mt-4 text-sm">
        <TextLink href="/sign-in">Back to sign in</TextLink>
      </p>
    </>
  )
}
