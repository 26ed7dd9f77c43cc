'use client'

import { useState } from 'react'
import {
  type AcsUserProfile,
  type IdentityProfile,
  isSameValue,
  type ProfileField,
  profileFields,
  profileFieldWords,
  profileMismatches,
} from '@/lib/people/identities/profile-mismatch'
import type { ActionResult, RefusalValue } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { DialogForm } from '../ui/dialog-form'
import { useChange } from '../ui/use-change'

type ProfileValues = Partial<Record<ProfileField, string>>

/** What is written to the person and to each ACS user. */
export type ProfileAlignment = {
  user_identity_id: string
  /** The person's version that was looked at. */
  version: number
  identity: ProfileValues
  acs_users: (ProfileValues & { acs_user_id: string })[]
}

export type ProfileDialogProps = {
  onClose: () => void
  person: IdentityProfile & { userIdentityId: string; displayName: string; version: number }
  linked: { systemName: string; acsUser: AcsUserProfile & { acsUserId: string } }[]
  /** The ACS user whose warning was followed: it gets the person's values unless one chooses otherwise. */
  openedFor: string
  mayWriteIdentity: boolean
  onSave: (alignment: ProfileAlignment) => Promise<ActionResult<null>>
}

/** The person, or one of their ACS users, with what it says of each field. */
type Place = { id: string; name: string; mayWrite: boolean; values: Record<ProfileField, string | null> }

/** For a field: from where a value is taken, null for leaving all as it is, and to where it is written. */
type Choice = { from: string | null; to: ReadonlySet<string> }

const identityPlace = 'identity'

function placesOf({ person, linked, mayWriteIdentity }: ProfileDialogProps): Place[] {
  const valuesOf = (profile: IdentityProfile, phone: string | null) => ({
    full_name: profile.fullName,
    email_address: profile.emailAddress,
    phone_number: phone,
  })
  return [
    {
      id: identityPlace,
      name: 'This person',
      mayWrite: mayWriteIdentity,
      values: valuesOf(person, person.phoneNumber),
    },
    ...linked.map(({ systemName, acsUser }) => ({
      id: acsUser.acsUserId,
      name: systemName,
      mayWrite: true,
      values: valuesOf(acsUser, acsUser.phoneNumberE164 ?? acsUser.phoneNumber),
    })),
  ]
}

function alignmentOf(
  { person }: ProfileDialogProps,
  places: Place[],
  choices: Record<ProfileField, Choice>,
): ProfileAlignment {
  const writtenTo = (place: Place): ProfileValues =>
    Object.fromEntries(
      profileFields.flatMap((field) => {
        const value = chosenValue(places, choices[field], field)
        return value !== null && isWritten(place, choices[field], field, value) ? [[field, value]] : []
      }),
    )
  return {
    user_identity_id: person.userIdentityId,
    version: person.version,
    identity: places.filter(({ id }) => id === identityPlace).map(writtenTo)[0] ?? {},
    acs_users: places
      .filter(({ id }) => id !== identityPlace)
      .map((place) => ({ acs_user_id: place.id, ...writtenTo(place) }))
      .filter((changes) => Object.keys(changes).length > 1),
  }
}

const chosenValue = (places: Place[], { from }: Choice, field: ProfileField) =>
  places.find(({ id }) => id === from)?.values[field] ?? null

const isWritten = (place: Place, choice: Choice, field: ProfileField, value: string) =>
  place.mayWrite && choice.to.has(place.id) && !isSameValue(field, value, place.values[field])

/**
 * A person's profile and those of all their ACS users side by side. For each field one chooses whose
 * value to keep and where to write it; all is saved as one change.
 */
export function ProfileDialog(props: ProfileDialogProps) {
  const { person, linked, openedFor, onSave, onClose } = props
  const places = placesOf(props)
  const shown = profileFields.filter((field) =>
    linked.some(({ acsUser }) => profileMismatches(acsUser, person).some((mismatch) => mismatch.field === field)),
  )
  const [choices, setChoices] = useState(() => {
    const mine = linked.find(({ acsUser }) => acsUser.acsUserId === openedFor)
    const differing = mine ? profileMismatches(mine.acsUser, person) : []
    const initial = (field: ProfileField): Choice => {
      const contradicts = differing.some((mismatch) => mismatch.field === field && mismatch.kind === 'differs')
      return contradicts ? { from: identityPlace, to: new Set([openedFor]) } : { from: null, to: new Set() }
    }
    return {
      full_name: initial('full_name'),
      email_address: initial('email_address'),
      phone_number: initial('phone_number'),
    }
  })
  const [refusal, setRefusal] = useState<RefusalValue | null>(null)
  const { pending, carryOut } = useChange()
  const alignment = alignmentOf(props, places, choices)
  const isNothing = Object.keys(alignment.identity).length + alignment.acs_users.length === 0
  const choose = (field: ProfileField, choice: Choice) => setChoices({ ...choices, [field]: choice })
  const save = () =>
    carryOut({
      action: () => onSave(alignment),
      done: `Changed the profile of ${person.displayName}.`,
      undone: `The profile of ${person.displayName} is as it was.`,
      refused: setRefusal,
      after: onClose,
    })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title="Compare profiles"
      description="Choose the value to keep, and where to write it. If they are different people, detach the ACS user."
    >
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        pending={pending}
        submitLabel="Save profiles"
        refusal={refusal}
        disabled={isNothing}
      >
        {shown.map((field) => (
          <FieldChoice
            key={field}
            field={field}
            places={places}
            choice={choices[field]}
            errors={refusal?.fields?.[field]}
            onChoose={(choice) => choose(field, choice)}
          />
        ))}
        <Preview places={places} alignment={alignment} />
      </DialogForm>
    </Dialog>
  )
}

const titles: Record<ProfileField, string> = {
  full_name: 'Full name',
  email_address: 'Email address',
  phone_number: 'Phone number',
}

type FieldChoiceProps = {
  field: ProfileField
  places: Place[]
  choice: Choice
  errors?: string[]
  onChoose: (choice: Choice) => void
}

function FieldChoice({ field, places, choice, errors, onChoose }: FieldChoiceProps) {
  const value = chosenValue(places, choice, field)
  const needing =
    value === null ? [] : places.filter((place) => place.mayWrite && !isSameValue(field, value, place.values[field]))
  const write = (id: string, checked: boolean) => {
    const to = new Set(choice.to)
    if (checked) to.add(id)
    else to.delete(id)
    onChoose({ ...choice, to })
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 flex w-full flex-wrap items-center justify-between gap-2 font-medium text-sm">
        {titles[field]}
      </legend>
      <div className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]">
        {places.map((place) => (
          <div key={place.id} className="min-w-0 rounded-md border border-line px-3 py-2 text-sm">
            <p className="truncate text-muted text-xs">{place.name}</p>
            {place.values[field] ? (
              <label className="flex items-start gap-2 py-0.5 pointer-coarse:min-h-11 pointer-coarse:items-center">
                <input
                  type="radio"
                  name={field}
                  checked={choice.from === place.id}
                  onChange={() => onChoose({ ...choice, from: place.id })}
                  aria-label={`Keep ${profileFieldWords[field]} ${place.values[field]} of ${place.name}`}
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                />
                <bdi className="min-w-0 [overflow-wrap:anywhere]">{place.values[field]}</bdi>
              </label>
            ) : (
              <p className="py-0.5 text-muted">None</p>
            )}
            {needing.includes(place) && (
              <label className="flex items-center gap-2 text-xs pointer-coarse:min-h-11">
                <input
                  type="checkbox"
                  checked={choice.to.has(place.id)}
                  onChange={(event) => write(place.id, event.target.checked)}
                  aria-label={`Write “${value}” here: ${profileFieldWords[field]} of ${place.name}`}
                  className="size-4 shrink-0 accent-accent"
                />
                Write “{value}” here
              </label>
            )}
          </div>
        ))}
      </div>
      <div role={errors ? 'alert' : undefined}>
        {errors?.map((error) => (
          <p key={error} className="mt-1 text-danger text-sm">
            {error}
          </p>
        ))}
      </div>
      {choice.from !== null && (
        <div className="mt-1.5 flex flex-wrap gap-1.5">
          {needing.length > 1 && (
            <Button
              size="small"
              variant="ghost"
              aria-label={`Write everywhere: ${profileFieldWords[field]}`}
              onClick={() => onChoose({ ...choice, to: new Set(needing.map(({ id }) => id)) })}
            >
              Write everywhere
            </Button>
          )}
          <Button
            size="small"
            variant="ghost"
            aria-label={`Leave as it is: ${profileFieldWords[field]}`}
            onClick={() => onChoose({ from: null, to: new Set() })}
          >
            Leave as it is
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** What saving will write, in words. */
function Preview({ places, alignment }: { places: Place[]; alignment: ProfileAlignment }) {
  const valuesFor = (place: Place): ProfileValues => {
    if (place.id === identityPlace) return alignment.identity
    return alignment.acs_users.find(({ acs_user_id }) => acs_user_id === place.id) ?? {}
  }
  const lines = places.flatMap((place) => {
    const values = valuesFor(place)
    const words = profileFields.flatMap((field) =>
      values[field] ? [`${profileFieldWords[field]} “${values[field]}”`] : [],
    )
    return words.length > 0 ? [{ name: place.name, words: words.join(', ') }] : []
  })
  return (
    <div aria-live="polite" className="rounded-md bg-hover px-3 py-2 text-sm">
      {lines.length === 0 ? (
        <p className="text-muted">Nothing will be written.</p>
      ) : (
        lines.map(({ name, words }) => (
          <p key={name} className="[overflow-wrap:anywhere]">
            To {name === 'This person' ? 'this person' : name}: {words}
          </p>
        ))
      )}
    </div>
  )
}
