'use client'

import { unstable_rethrow } from 'next/navigation'
import { type ReactNode, useRef, useState, useTransition } from 'react'
import { fieldName } from '@/lib/history/events/event'
import { type MergedField, mergedFields, planMerge, type Side } from '@/lib/people/merges/merge'
import type { MergingPair } from '@/lib/people/merges/queries'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'
import { Avatar } from '../ui/avatar'
import { Button, ButtonLink } from '../ui/button'
import { Notice } from '../ui/notice'
import { Section } from '../ui/section'
import { ShortId } from '../ui/short-id'
import { RelativeTime } from '../ui/viewer-time'

type MergeFormProps = {
  pair: MergingPair
  /** Phone numbers as they are written for people. */
  phoneNumbers: Record<string, string>
  onMerge: (input: object) => Promise<ActionResult<null>>
}

type Person = MergingPair['people'][number]

/** Decides how two people become one: who survives, with which values and which ACS users. */
export function MergeForm({ pair, phoneNumbers, onMerge }: MergeFormProps) {
  const { people, acsUsers } = pair
  const [survivorId, setSurvivorId] = useState(people[0].userIdentityId)
  const [choices, setChoices] = useState<Partial<Record<MergedField, string>>>({})
  const [kept, setKept] = useState<Record<string, string>>({})
  const [isChecked, setIsChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const [survivor, merged] = people[0].userIdentityId === survivorId ? people : [people[1], people[0]]
  const ids = { survivorId: survivor.userIdentityId, mergedId: merged.userIdentityId }
  const plan = planMerge(ids, acsUsers, Object.values(kept))
  const stays = acsUsers.filter(
    ({ acsUserId, userIdentityId }) =>
      userIdentityId === survivorId && !plan.collisions.some(({ ofSurvivor }) => ofSurvivor.acsUserId === acsUserId),
  )
  const joins = plan.moves.filter(
    ({ acsUserId }) => !plan.collisions.some(({ ofMerged }) => ofMerged.acsUserId === acsUserId),
  )
  const fields = mergedFields.filter((field) => people.some((person) => valueIn(person, field) !== null))

  const submit = () => {
    setIsChecked(true)
    setError(null)
    if (plan.collisions.some(({ kept: chosen }) => chosen === null)) {
      form.current?.querySelector<HTMLElement>('fieldset[data-undecided] input')?.focus()
      return
    }
    const sideOf = (field: MergedField): Side => ((choices[field] ?? survivorId) === survivorId ? 'survivor' : 'merged')
    startTransition(async () => {
      try {
        const result = await onMerge({
          ...{ survivor_id: ids.survivorId, survivor_version: survivor.version },
          ...{ merged_id: ids.mergedId, merged_version: merged.version },
          ...Object.fromEntries(mergedFields.map((field) => [field, sideOf(field)])),
          keep_acs_user_ids: plan.collisions.flatMap(({ kept: chosen }) => chosen?.acsUserId ?? []),
        })
        if (!result.ok) setError(result.refusal.message)
      } catch (thrown) {
        // The redirect to the survivor, after a merge, travels as an error too.
        unstable_rethrow(thrown)
        setError(unreachable.message)
      }
    })
  }

  return (
    <form
      ref={form}
      noValidate
      className="flex max-w-3xl flex-col gap-7"
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending) submit()
      }}
    >
      <Section id="survivor" title="Who survives">
        <fieldset className="grid gap-2 p-3 sm:grid-cols-2">
          <legend className="sr-only">Who survives</legend>
          {people.map((person) => (
            <Option
              key={person.userIdentityId}
              name="survivor"
              checked={person.userIdentityId === survivorId}
              onChoose={() => setSurvivorId(person.userIdentityId)}
              note={person.userIdentityId === survivorId ? 'This ID stays' : 'This ID will lead to the other'}
            >
              <span className="flex items-center gap-2.5">
                <Avatar id={person.userIdentityId} name={person.displayName} />
                <bdi className="min-w-0 font-medium">{person.displayName}</bdi>
              </span>
            </Option>
          ))}
          {people.map((person) => (
            <p
              key={person.userIdentityId}
              className="flex flex-wrap items-center gap-x-2 px-3 text-muted text-xs max-sm:hidden"
            >
              <ShortId id={person.userIdentityId} name={`user identity ID of ${person.displayName}`} />
              created <RelativeTime at={person.createdAt} />
            </p>
          ))}
        </fieldset>
      </Section>

      <Section id="values" title="Which details it keeps">
        <div className="flex flex-col divide-y divide-line">
          {fields.map((field) => {
            const values = people.map((person) => valueIn(person, field))
            const shown = (value: string) => phoneNumbers[value] ?? value
            const [only] = values.filter((value) => value !== null)
            const isChoice = values.every((value) => value !== null) && values[0] !== values[1]
            return (
              <fieldset key={field} className="grid gap-2 p-3 sm:grid-cols-2">
                <legend className="float-left px-3 font-medium text-sm sm:col-span-2">
                  {sentenceCase(fieldName(field))}
                </legend>
                {isChoice ? (
                  people.map((person) => (
                    <Option
                      key={person.userIdentityId}
                      name={field}
                      checked={(choices[field] ?? survivorId) === person.userIdentityId}
                      onChoose={() => setChoices((before) => ({ ...before, [field]: person.userIdentityId }))}
                    >
                      <bdi>{shown(valueIn(person, field) ?? '')}</bdi>
                    </Option>
                  ))
                ) : (
                  <p className="px-3 text-sm sm:col-span-2 [overflow-wrap:anywhere]">
                    <bdi>{shown(only ?? '')}</bdi>
                    <span className="text-muted">
                      {' '}
                      · {values.includes(null) ? 'only one of them has any' : 'the same'}
                    </span>
                  </p>
                )}
              </fieldset>
            )
          })}
        </div>
      </Section>

      <Section id="acs-users" title="ACS users">
        {acsUsers.length === 0 && (
          <p className="px-4 py-6 text-center text-muted text-sm">Neither of them has an ACS user.</p>
        )}
        <div className="flex flex-col divide-y divide-line">
          {plan.collisions.map(({ acsSystemId, acsSystemName, ofSurvivor, ofMerged, kept: chosen }) => (
            <fieldset
              key={acsSystemId}
              data-undecided={chosen === null || undefined}
              className="grid gap-2 p-3 sm:grid-cols-2"
            >
              <legend className="float-left px-3 text-sm sm:col-span-2">
                <span className="font-medium">{acsSystemName}</span>
                <span className="text-muted"> · both have one here. Which stays linked?</span>
              </legend>
              {isChecked && chosen === null && (
                <p role="alert" className="px-3 text-danger text-sm sm:col-span-2">
                  Choose the one that stays linked. The other stays in the access system, linked to nobody.
                </p>
              )}
              {(people[0] === survivor ? [ofSurvivor, ofMerged] : [ofMerged, ofSurvivor]).map((acsUser) => (
                <Option
                  key={acsUser.acsUserId}
                  name={acsSystemId}
                  checked={chosen?.acsUserId === acsUser.acsUserId}
                  onChoose={() => setKept((before) => ({ ...before, [acsSystemId]: acsUser.acsUserId }))}
                  note={chosen && chosen.acsUserId !== acsUser.acsUserId ? 'Will be unlinked' : undefined}
                >
                  <bdi className="font-medium">{acsUser.displayName}</bdi>
                  <span className="block text-muted text-xs">
                    {[
                      acsUser.emailAddress,
                      acsUser.credentialCount > 0 &&
                        `${acsUser.credentialCount} credential${acsUser.credentialCount === 1 ? '' : 's'}`,
                      acsUser.isSuspended && 'suspended',
                    ]
                      .filter(Boolean)
                      .join(' · ') || 'No credentials'}
                  </span>
                </Option>
              ))}
            </fieldset>
          ))}
          {[
            ...stays.map((acsUser) => ({ acsUser, fate: 'stays' })),
            ...joins.map((acsUser) => ({ acsUser, fate: 'moves along' })),
          ].map(({ acsUser, fate }) => (
            <p key={acsUser.acsUserId} className="flex flex-wrap justify-between gap-x-3 px-6 py-2.5 text-sm">
              <span>
                <span className="font-medium">{acsUser.acsSystemName}</span> · <bdi>{acsUser.displayName}</bdi>
              </span>
              <span className="text-muted">{fate}</span>
            </p>
          ))}
        </div>
      </Section>

      <div className="flex flex-col gap-3">
        <p className="text-muted text-sm">
          <bdi className="font-medium text-text">{merged.displayName}</bdi> is merged into{' '}
          <bdi className="font-medium text-text">{survivor.displayName}</bdi>. The history of both stays on the
          survivor’s timeline, and links to the old ID lead to it. You can undo this.
        </p>
        {error && (
          <div role="alert">
            <Notice tone="danger">{error}</Notice>
          </div>
        )}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" pending={pending}>
            {pending ? 'Merging…' : 'Merge identities'}
          </Button>
          <ButtonLink href={`/identities/${people[0].userIdentityId}`}>Cancel</ButtonLink>
        </div>
      </div>
    </form>
  )
}

type OptionProps = {
  name: string
  checked: boolean
  onChoose: () => void
  note?: string
  children: ReactNode
}

/** One of two that can be kept. */
function Option({ name, checked, onChoose, note, children }: OptionProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-md border border-line px-3 py-2.5 text-sm hover:bg-hover has-checked:border-accent has-checked:bg-selected">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {children}
        {note && <span className="block text-muted text-xs">{note}</span>}
      </span>
    </label>
  )
}

function valueIn(person: Person, field: MergedField): string | null {
  const values = {
    full_name: person.fullName,
    email_address: person.emailAddress,
    phone_number: person.phoneNumber,
    user_identity_key: person.userIdentityKey,
  }
  return values[field]
}

const sentenceCase = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
