'use client'

import { CountryField } from '@/components/settings/country-field'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/platform/refusals'
import { type SetupState, setUp } from './actions'

export function SetupForm({ countries }: { countries: { code: string; name: string }[] }) {
  const { state, pending, form } = useFormAction<NonNullable<SetupState>>(setUp, () => ({
    given: {},
    refusal: unreachable,
  }))
  const errors = state?.refusal.fields
  return (
    <form {...form} className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl">Set up Keyholder</h1>
        <p className="mt-1 text-muted text-sm">You become the owner of the first workspace.</p>
      </div>
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
        defaultValue={state?.given.email}
        errors={errors?.email}
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
      <TextField
        label="Workspace name"
        name="workspace_name"
        required
        defaultValue={state?.given.workspace_name}
        help="Your company, or the properties you manage."
        errors={errors?.workspace_name}
      />
      <CountryField
        countries={countries}
        chosen={state?.given.default_country ?? 'US'}
        errors={errors?.default_country}
      />
      <Button type="submit" variant="primary" pending={pending}>
        Create workspace
      </Button>
    </form>
  )
}
