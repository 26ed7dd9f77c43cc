'use client'

import { useState } from 'react'
import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button } from '../ui/button'
import { FormRefusal } from '../ui/form-refusal'
import { TextField } from '../ui/text-field'
import { showToast } from '../ui/toast'
import { useFormAction } from '../ui/use-form-action'
import { OwnerProof } from './owner-proof'

type Given = { name: string; email: string }

/** What came of the form; `given`: what was typed, but for the password, where it was refused. */
export type ProfileFormState = { kind: 'saved' } | { kind: 'refused'; given: Given; refusal: RefusalValue } | null

type ProfileFormProps = {
  profile: Given
  onSave: (previous: ProfileFormState, form: FormData) => Promise<ProfileFormState>
}

const notReached = (form: FormData): ProfileFormState => ({
  kind: 'refused',
  given: { name: String(form.get('name')), email: String(form.get('email')) },
  refusal: unreachable,
})

/** An account's name and email address; for another address it asks who its owner is. */
export function ProfileForm({ profile, onSave }: ProfileFormProps) {
  const save = async (previous: ProfileFormState, form: FormData) => {
    const outcome = await onSave(previous, form)
    if (outcome?.kind === 'saved') showToast('Your profile was saved.')
    return outcome
  }
  const { state, pending, form } = useFormAction<ProfileFormState>(save, notReached)
  const [email, setEmail] = useState(profile.email)
  const refused = state?.kind === 'refused' ? state : null
  const errors = refused?.refusal.fields
  const shown = refused?.given ?? profile
  const asksPassword = email.trim().toLowerCase() !== profile.email || errors?.password || errors?.code
  return (
    <ActionForm {...form} className="flex max-w-md flex-col gap-4 p-4" noValidate>
      <FormRefusal refusal={refused?.refusal} />
      <TextField label="Your name" name="name" autoComplete="name" defaultValue={shown.name} errors={errors?.name} />
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={shown.email}
        onChange={(event) => setEmail(event.target.value)}
        errors={errors?.email}
        help="You sign in with it."
      />
      {asksPassword && <OwnerProof refusal={refused?.refusal} help="To change your email address." />}
      <noscript>
        <OwnerProof help="To change your email address." />
      </noscript>
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Saving…' : 'Save profile'}
        </Button>
      </div>
    </ActionForm>
  )
}
