'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import type { IdentityOption } from '@/lib/people/identities/queries'
import { Avatar } from '../ui/avatar'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { useDebounced } from '../ui/use-debounced'
import { Reasons } from './reasons'

export type IdentityOptions = { suggested: IdentityOption[]; found: IdentityOption[] }

type IdentityChoiceProps = {
  acsUserId: string
  onChoose: (person: IdentityOption) => void
  pending?: boolean
  inputRef?: RefObject<HTMLInputElement | null>
}

/** Whose an ACS user may be: a search on top, suggestions first; who cannot be chosen says why. */
export function IdentityChoice({ acsUserId, onChoose, pending = false, inputRef }: IdentityChoiceProps) {
  const [typed, setTyped] = useState('')
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
  return (
    <div aria-busy={pending} className={pending ? 'opacity-60' : undefined}>
      <SearchList<IdentityOption>
        inputRef={inputRef}
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
        onChoose={onChoose}
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
  )
}
