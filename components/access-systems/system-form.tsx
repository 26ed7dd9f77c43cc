'use client'

import { useId } from 'react'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button, ButtonLink } from '../ui/button'
import { FormRefusal } from '../ui/form-refusal'
import { inputClass, TextField } from '../ui/text-field'
import { showToast } from '../ui/toast'
import { useFormAction } from '../ui/use-form-action'

type Given = { name: string; vendor_name: string; time_zone: string }

/** What came of the form; `given`: what was typed, where it was refused. */
export type SystemFormState = { kind: 'saved' } | { kind: 'refused'; given: Given; refusal: RefusalValue } | null

type SystemFormProps = {
  /** What the fields begin with. */
  details: Given
  /** The system that is edited; null for a new one. */
  acsSystemId: string | null
  timeZones: string[]
  /** Whose products are suggested. */
  vendorNames: string[]
  onSave: (previous: SystemFormState, form: FormData) => Promise<SystemFormState>
}

const notReached = (form: FormData): SystemFormState => ({
  kind: 'refused',
  given: {
    name: String(form.get('name')),
    vendor_name: String(form.get('vendor_name')),
    time_zone: String(form.get('time_zone')),
  },
  refusal: unreachable,
})

/** The name, vendor and time zone of an access system that's kept by hand. A plain form without JavaScript. */
export function SystemForm({ details, acsSystemId, timeZones, vendorNames, onSave }: SystemFormProps) {
  const id = useId()
  const save = async (previous: SystemFormState, form: FormData) => {
    const outcome = await onSave(previous, form)
    if (outcome?.kind === 'saved') showToast('The access system was saved.')
    return outcome
  }
  const { state, pending, form } = useFormAction<SystemFormState>(save, notReached)
  const refused = state?.kind === 'refused' ? state : null
  const errors = refused?.refusal.fields
  const shown = refused?.given ?? details
  return (
    <ActionForm {...form} className="flex max-w-md flex-col gap-4 p-4" noValidate>
      <FormRefusal refusal={refused?.refusal} />
      {acsSystemId && <input type="hidden" name="acs_system_id" value={acsSystemId} />}
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        placeholder="Tower A"
        defaultValue={shown.name}
        errors={errors?.name}
        help="What your team calls it, such as the building’s name."
      />
      <TextField
        label="Vendor (optional)"
        name="vendor_name"
        autoComplete="off"
        list={`${id}-vendors`}
        defaultValue={shown.vendor_name}
        errors={errors?.vendor_name}
        help="Whose product it is, such as Paxton Net2."
      />
      <datalist id={`${id}-vendors`}>
        {vendorNames.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div>
        <label htmlFor={`${id}-zone`} className="mb-1 block font-medium text-sm">
          Time zone
        </label>
        <select
          // React resets what it posts by itself, and a select to its very first default.
          key={shown.time_zone}
          id={`${id}-zone`}
          name="time_zone"
          defaultValue={shown.time_zone}
          className={inputClass}
          aria-invalid={errors?.time_zone ? true : undefined}
          aria-describedby={`${id}-zone-help`}
        >
          <option value="">Not set</option>
          {timeZones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        {errors?.time_zone?.map((error) => (
          <p key={error} role="alert" className="mt-1 text-danger text-sm">
            {error}
          </p>
        ))}
        <p id={`${id}-zone-help`} className="mt-1 text-muted text-sm">
          Where the building stands. Access schedules are shown in it, too.
        </p>
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          {acsSystemId ? (pending ? 'Saving…' : 'Save changes') : pending ? 'Adding…' : 'Add access system'}
        </Button>
        {!acsSystemId && <ButtonLink href="/access-systems">Cancel</ButtonLink>}
      </div>
    </ActionForm>
  )
}
