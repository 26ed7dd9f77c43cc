'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import type { SimilarIdentity } from '@/lib/people/identities/queries'
import { unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button, ButtonLink } from '../ui/button'
import { fetchJson } from '../ui/fetch-json'
import { Notice } from '../ui/notice'
import { TextField } from '../ui/text-field'
import { useDebounced } from '../ui/use-debounced'
import { useFormAction } from '../ui/use-form-action'
import { type FieldName, fieldNames, type IdentityFormState, type IdentityFormValues } from './identity-form-state'
import { mergeEdits, savedMeanwhile } from './merge-edits'

type IdentityFormAction = (previous: IdentityFormState, form: FormData) => Promise<IdentityFormState>

type IdentityFormProps = {
  action: IdentityFormAction
  initial: IdentityFormValues
  submitLabel: string
  pendingLabel: string
  /** The identity that is being edited; it does not warn about itself. */
  except?: string
  /** Further fields that are sent along. */
  hidden?: Record<string, string>
  /** Where *Cancel* leads. */
  cancelHref?: string
  children?: ReactNode
}

const typingRest = 250

const notReached = (form: FormData): NonNullable<IdentityFormState> => ({
  given: Object.fromEntries(fieldNames.map((name) => [name, String(form.get(name) ?? '')])) as IdentityFormValues,
  refusal: unreachable,
})

/**
 * The four characteristics of a person, with a live warning when somebody has them already. A plain
 * form without JavaScript.
 */
export function IdentityForm(props: IdentityFormProps) {
  const { state, pending, form } = useFormAction(props.action, notReached)
  const [values, setValues] = useState<IdentityFormValues>(state?.given ?? props.initial)
  // As they were when the form was opened, or when somebody else's version was seen: what the edit is based on.
  const [hidden, setHidden] = useState(props.hidden ?? {})
  const [base, setBase] = useState(props.initial)
  const [contested, setContested] = useState<Partial<IdentityFormValues>>({})
  const [seen, setSeen] = useState<IdentityFormState>(null)
  if (state !== seen) {
    setSeen(state)
    const saved = savedMeanwhile(state)
    if (saved) {
      const merged = mergeEdits(base, values, saved.values)
      setValues(merged.values)
      setContested(merged.contested)
      setBase(saved.values)
      setHidden({ ...hidden, version: saved.version })
    }
  }
  const similar = useSimilarIdentities(values, props.except)
  const errors = state?.refusal.fields ?? {}
  const belongsToField = fieldNames.some((name) => errors[name])

  const field = (name: FieldName) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    errors: errors[name],
    notice: (
      <>
        {contested[name] !== undefined && contested[name] !== values[name] && (
          <SavedValue
            value={contested[name]}
            onTake={() => setValues({ ...values, [name]: contested[name] })}
            label={fieldLabels[name]}
          />
        )}
        <Takers similar={similar.filter((person) => person.same.includes(name))} field={name} />
      </>
    ),
  })

  return (
    <ActionForm {...form} className="flex flex-col gap-4" noValidate>
      {state && !belongsToField && (
        <div role="alert">
          <Notice tone="danger">{state.refusal.message}</Notice>
        </div>
      )}
      <TextField label="Full name" autoComplete="off" {...field('full_name')} />
      <TextField label="Email address" type="email" autoComplete="off" {...field('email_address')} />
      <TextField label="Phone number" type="tel" autoComplete="off" {...field('phone_number')} />
      <TextField
        label="User identity key"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        help="This person’s account id in your own app."
        {...field('user_identity_key')}
      />
      {props.children}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex items-center justify-end gap-2">
        <p className="mr-auto text-muted text-sm">At least one is needed.</p>
        {props.cancelHref && (
          <ButtonLink href={props.cancelHref} scroll={false}>
            Cancel
          </ButtonLink>
        )}
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? props.pendingLabel : props.submitLabel}
        </Button>
      </div>
    </ActionForm>
  )
}

const fieldLabels: Record<FieldName, string> = {
  full_name: 'full name',
  email_address: 'email address',
  phone_number: 'phone number',
  user_identity_key: 'user identity key',
}

/** What somebody else saved in a field that the viewer has changed too. */
function SavedValue({ value, label, onTake }: { value: string; label: string; onTake: () => void }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-warning">
      <span>{value ? <>They saved “{value}”.</> : 'They cleared it.'}</span>
      <Button size="small" aria-label={`Use theirs: ${label}`} onClick={onTake}>
        Use theirs
      </Button>
    </p>
  )
}

/** Whoever already has what is typed, asked for once the typing rests. */
function useSimilarIdentities(values: IdentityFormValues, except: string | undefined): SimilarIdentity[] {
  const given = fieldNames.map((name) => [name, values[name].trim()]).filter(([, value]) => value !== '')
  const address = useDebounced(new URLSearchParams(given).toString(), typingRest)
  const { data = [] } = useQuery({
    queryKey: ['similar-identities', address, except],
    queryFn: ({ signal }) =>
      fetchJson<SimilarIdentity[]>(`/data/identities/similar?${address}&except=${except ?? ''}`, signal),
    enabled: address !== '',
    placeholderData: keepPreviousData,
  })
  return given.length > 0 ? data : []
}

const takenWords: Record<FieldName, string> = {
  full_name: 'Nearly the same name:',
  email_address: 'Has this email address already:',
  phone_number: 'Has this phone number already:',
  user_identity_key: 'Has this key already:',
}

function Takers({ similar, field }: { similar: SimilarIdentity[]; field: FieldName }) {
  if (similar.length === 0) return null
  return (
    <p className="mt-1 text-sm text-warning">
      {takenWords[field]}{' '}
      {similar.map((person, index) => (
        <span key={person.userIdentityId}>
          {index > 0 && ', '}
          <Link
            href={`/identities/${person.userIdentityId}`}
            target="_blank"
            className="underline underline-offset-2"
            title="Opens in a new tab, so that what you typed stays here"
          >
            <bdi>{person.displayName}</bdi>
          </Link>
          {field === 'full_name' && person.emailAddress && ` (${person.emailAddress})`}
        </span>
      ))}
    </p>
  )
}
