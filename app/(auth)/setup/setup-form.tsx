'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { inputClass, TextField } from '@/components/ui/text-field'
import { useFormAction } from '@/components/ui/use-form-action'
import { unreachable } from '@/lib/errors'
import { type SetupState, setUp } from './actions'

export function SetupForm({ countries }: { countries: { code: string; name: string }[] }) {
  const { state, pending, form } = useFormAction<NonNullable<SetupState>>(setUp, () => ({
    given: {},
    refusal: unreachable,
  }))
  const countryId = useId()
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
      <div>
        <label htmlFor={countryId} className="mb-1 block font-medium text-sm">
          Country
        </label>
        <select
          // React resets what it posts by itself, and a select to its very first default.
          key={state?.given.default_country}
          id={countryId}
          name="default_country"
          defaultValue={state?.given.default_country ?? 'US'}
          className={inputClass}
          aria-describedby={`${countryId}-help`}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        {errors?.default_country?.map((error) => (
          <p key={error} role="alert" className="mt-1 text-danger text-sm">
            {error}
          </p>
        ))}
        <p id={`${countryId}-help`} className="mt-1 text-muted text-sm">
          Phone numbers without a country code are read as numbers of this country.
        </p>
      </div>
      <Button type="submit" variant="primary" pending={pending}>
        Create workspace
      </Button>
    </form>
  )
}
