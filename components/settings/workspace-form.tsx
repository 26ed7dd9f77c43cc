'use client'

import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button } from '../ui/button'
import { FormRefusal } from '../ui/form-refusal'
import { TextField } from '../ui/text-field'
import { showToast } from '../ui/toast'
import { useFormAction } from '../ui/use-form-action'
import { CountryField } from './country-field'

type Given = { name: string; default_country: string }

/** What came of the form; `given`: what was typed, where it was refused. */
export type WorkspaceFormState = { kind: 'saved' } | { kind: 'refused'; given: Given; refusal: RefusalValue } | null

type WorkspaceFormProps = {
  details: Given
  countries: { code: string; name: string }[]
  onSave: (previous: WorkspaceFormState, form: FormData) => Promise<WorkspaceFormState>
}

const notReached = (form: FormData): WorkspaceFormState => ({
  kind: 'refused',
  given: { name: String(form.get('name')), default_country: String(form.get('default_country')) },
  refusal: unreachable,
})

/** A workspace's name and country. A plain form without JavaScript. */
export function WorkspaceForm({ details, countries, onSave }: WorkspaceFormProps) {
  const save = async (previous: WorkspaceFormState, form: FormData) => {
    const outcome = await onSave(previous, form)
    if (outcome?.kind === 'saved') showToast('The workspace was saved.')
    return outcome
  }
  const { state, pending, form } = useFormAction<WorkspaceFormState>(save, notReached)
  const refused = state?.kind === 'refused' ? state : null
  const errors = refused?.refusal.fields
  const shown = refused?.given ?? details
  return (
    <ActionForm {...form} className="flex max-w-md flex-col gap-4 p-4" noValidate>
      <FormRefusal refusal={refused?.refusal} />
      <TextField label="Name" name="name" autoComplete="off" defaultValue={shown.name} errors={errors?.name} />
      <CountryField countries={countries} chosen={shown.default_country} errors={errors?.default_country} />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Saving…' : 'Save changes'}
        </Button>
      </div>
    </ActionForm>
  )
}
