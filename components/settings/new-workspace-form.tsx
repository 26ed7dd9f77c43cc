'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button, ButtonLink } from '../ui/button'
import { ChoiceField } from '../ui/choice-field'
import { FormRefusal } from '../ui/form-refusal'
import { TextField } from '../ui/text-field'
import { useFormAction } from '../ui/use-form-action'
import { CountryField } from './country-field'

/** What a refused form gives back: what was typed, and why. */
export type NewWorkspaceState = { given: Record<string, string>; refusal: RefusalValue } | null

type NewWorkspaceFormProps = {
  countries: { code: string; name: string }[]
  /** Of the workspace that one comes from. */
  country: string
  onCreate: (previous: NewWorkspaceState, form: FormData) => Promise<NewWorkspaceState>
}

const kinds = [
  { value: 'live', name: 'Live', detail: 'For the people and doors of a building. It can never be reset.' },
  { value: 'sandbox', name: 'Sandbox', detail: 'For trying things out. It can be emptied at any time.' },
]

/** Asks for what a further workspace needs. A plain form without JavaScript. */
export function NewWorkspaceForm({ countries, country, onCreate }: NewWorkspaceFormProps) {
  const queryClient = useQueryClient()
  const create = async (previous: NewWorkspaceState, form: FormData) => {
    try {
      return await onCreate(previous, form)
    } finally {
      // Where it led into the new workspace: what was seen belongs to the other one.
      queryClient.clear()
    }
  }
  const { state, pending, form } = useFormAction<NewWorkspaceState>(create, (given) => ({
    given: Object.fromEntries([...given].map(([name, value]) => [name, String(value)])),
    refusal: unreachable,
  }))
  const errors = state?.refusal.fields
  return (
    <ActionForm {...form} className="flex flex-col gap-4" noValidate>
      <FormRefusal refusal={state?.refusal} />
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        defaultValue={state?.given.name}
        errors={errors?.name}
        help="Your company, or the properties you manage."
      />
      <CountryField
        countries={countries}
        chosen={state?.given.default_country ?? country}
        errors={errors?.default_country}
      />
      <ChoiceField
        legend="Kind"
        name="kind"
        choices={kinds}
        chosen={state?.given.kind ?? 'live'}
        errors={errors?.kind}
      />
      <div className="flex justify-end gap-2">
        <ButtonLink href="/">Cancel</ButtonLink>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Creating…' : 'Create workspace'}
        </Button>
      </div>
    </ActionForm>
  )
}
