'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState, useTransition } from 'react'
import type { ActionResult } from '@/lib/errors'
import type { IdentityOption } from '@/lib/identities/queries'
import { Avatar } from '../ui/avatar'
import { ButtonLink } from '../ui/button'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { Section } from '../ui/section'
import { showErrorToast, showToast } from '../ui/toast'
import { useDebounced } from '../ui/use-debounced'
import { focusSection } from './focus-section'
import { Reasons } from './reasons'

export type IdentityOptions = { suggested: IdentityOption[]; found: IdentityOption[] }

type Link = { userIdentityId: string; acsUserId: string }

type IdentityPickerProps = {
  acsUser: { acsUserId: string; displayName: string }
  onAttach: (link: Link) => Promise<ActionResult<null>>
  onDetach: (link: Link) => Promise<ActionResult<null>>
  mayCreate: boolean
}

/** Chooses whose ACS user this is: a search on top, suggestions first, or a new identity made from it. */
export function IdentityPicker({ acsUser, onAttach, onDetach, mayCreate }: IdentityPickerProps) {
  const { acsUserId } = acsUser
  const [typed, setTyped] = useState('')
  const [pending, startTransition] = useTransition()
  const search = useDebounced(typed.trim(), 150)
  const address = new URLSearchParams({ acs_user: acsUserId, q: search })
  const { data, isPending, isPlaceholderData, error } = useQuery({
    queryKey: ['identity-options', address.toString()],
    queryFn: ({ signal }) => fetchJson<IdentityOptions>(`/data/identities/options?${address}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const suggested = search === '' ? (data?.suggested ?? []) : []
  const found = (data?.found ?? []).filter(
    (person) => !suggested.some((other) => other.userIdentityId === person.userIdentityId),
  )

  const choose = (person: IdentityOption) =>
    startTransition(async () => {
      const link = { userIdentityId: person.userIdentityId, acsUserId }
      const result = await onAttach(link).catch(() => null)
      if (!result) return showErrorToast('The server cannot be reached, and nothing was changed. Try again.')
      if (!result.ok) return showErrorToast(result.refusal.message)
      focusSection()
      showToast(`Attached ${acsUser.displayName} to ${person.displayName}.`, async () => {
        const undone = await onDetach(link).catch(() => null)
        if (undone?.ok) showToast(`Detached ${acsUser.displayName} from ${person.displayName}.`)
        else showErrorToast(undone?.refusal.message ?? 'The server cannot be reached. Try again.')
      })
    })

  return (
    <Section
      id="user-identity"
      title="Choose a user identity"
      aside={
        mayCreate && (
          <ButtonLink size="small" href={`/identities/new?acs_user_id=${acsUserId}`}>
            <UserPlus aria-hidden className="size-3.5" />
            New user identity
          </ButtonLink>
        )
      }
    >
      <div aria-busy={pending} className={pending ? 'opacity-60' : undefined}>
        <SearchList<IdentityOption>
          label="Search user identities"
          placeholder="Name, email, phone, key or ID"
          value={typed}
          onValueChange={setTyped}
          loading={(isPending && !error) || isPlaceholderData || search !== typed.trim()}
          groups={[
            { label: 'Suggested', items: suggested },
            { label: search === '' ? 'Everybody' : 'Found', items: found },
          ]}
          itemKey={(person) => person.userIdentityId}
          itemText={(person) => person.displayName}
          isDisabled={(person) => person.linkedAcsUserName !== null || pending}
          onChoose={choose}
          empty={error ? error.message : 'Nobody matches. Create a new user identity from this ACS user.'}
          renderItem={(person) => (
            <span className="flex items-center gap-3 text-sm">
              <Avatar id={person.userIdentityId} name={person.displayName} />
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{person.displayName}</bdi>
                <span className="block truncate text-muted text-xs">
                  {[person.emailAddress, person.phoneNumber].filter(Boolean).join(' · ') || 'No email or phone'}
                </span>
              </span>
              {person.linkedAcsUserName !== null ? (
                <span className="max-w-[45%] truncate text-muted text-xs">
                  Has <bdi>{person.linkedAcsUserName}</bdi> here already
                </span>
              ) : (
                <Reasons reasons={person.reasons} />
              )}
            </span>
          )}
        />
      </div>
    </Section>
  )
}
