'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { ActionResult } from '@/lib/errors'
import type { IdentityOption } from '@/lib/identities/queries'
import { Avatar } from '../ui/avatar'
import { ButtonLink } from '../ui/button'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { Section } from '../ui/section'
import { useChange } from '../ui/use-change'
import { useDebounced } from '../ui/use-debounced'
import { focusSection } from './focus-section'
import { Reasons } from './reasons'

export type IdentityOptions = { suggested: IdentityOption[]; found: IdentityOption[] }

type IdentityPickerProps = {
  acsUser: { acsUserId: string; displayName: string }
  onAttach: (link: { userIdentityId: string; acsUserId: string }) => Promise<ActionResult<null>>
  mayCreate: boolean
}

/** Chooses whose ACS user this is: a search on top, suggestions first, or a new identity made from it. */
export function IdentityPicker({ acsUser, onAttach, mayCreate }: IdentityPickerProps) {
  const { acsUserId } = acsUser
  const [typed, setTyped] = useState('')
  const { pending, carryOut } = useChange()
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
    carryOut({
      action: () => onAttach({ userIdentityId: person.userIdentityId, acsUserId }),
      done: `Attached ${acsUser.displayName} to ${person.displayName}.`,
      undone: `Detached ${acsUser.displayName} from ${person.displayName}.`,
      after: focusSection,
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
