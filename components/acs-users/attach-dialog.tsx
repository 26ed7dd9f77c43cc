'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { AcsUserOption } from '@/lib/access/acs-users/queries'
import type { SuggestedAcsUser } from '@/lib/people/matching/queries'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { useDebounced } from '../ui/use-debounced'
import { Reasons } from './reasons'

/** An ACS user that can be attached; one that somebody holds can be moved. */
export type AttachChoice = AcsUserOption & { reasons: string[] }

export type AttachOptions = { suggested: SuggestedAcsUser[]; found: AcsUserOption[] }

type AttachDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  person: { userIdentityId: string; displayName: string }
  system: { acsSystemId: string; name: string }
  onChoose: (choice: AttachChoice) => void
  /** Creates a new ACS user there from the person's details; absent where the role does not permit it. */
  onCreate?: () => void
}

/** Chooses the ACS user that a person has in one access system: suggestions first, then a search. */
export function AttachDialog({ open, onOpenChange, person, system, onChoose, onCreate }: AttachDialogProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const search = useDebounced(typed.trim(), 150)
  const address = new URLSearchParams({ system: system.acsSystemId, identity: person.userIdentityId, q: search })
  const { data, isPending, isPlaceholderData, error } = useQuery({
    queryKey: ['attach-options', address.toString()],
    queryFn: ({ signal }) => fetchJson<AttachOptions>(`/data/acs-users/options?${address}`, signal),
    enabled: open,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const suggested: AttachChoice[] =
    search === '' ? (data?.suggested ?? []).map((user) => ({ ...user, holder: null })) : []
  const found = (data?.found ?? [])
    .filter((user) => !suggested.some((other) => other.acsUserId === user.acsUserId))
    .map((user) => ({ ...user, reasons: [] }))
  const mine = found.filter((user) => user.holder?.userIdentityId !== person.userIdentityId)

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next)
        if (!next) setTyped('')
      }}
      width="wide"
      title={`Attach an ACS user of ${system.name}`}
      description={
        <>
          to <bdi className="font-medium text-text">{person.displayName}</bdi>
        </>
      }
      initialFocus={input}
    >
      <div className="mt-3">
        <SearchList<AttachChoice>
          inputRef={input}
          label={`Search ACS users of ${system.name}`}
          placeholder="Name, email, phone or ID"
          value={typed}
          onValueChange={setTyped}
          loading={(isPending && !error) || isPlaceholderData || search !== typed.trim()}
          groups={[
            { label: 'Suggested', items: suggested },
            { label: 'Not attached to anybody', items: mine.filter((user) => !user.holder) },
            { label: 'Attached to somebody else: choosing one moves it', items: mine.filter((user) => user.holder) },
          ]}
          itemKey={(user) => user.acsUserId}
          itemText={(user) => user.displayName}
          onChoose={(user) => {
            setTyped('')
            onChoose(user)
          }}
          empty={error ? error.message : 'Nobody in this access system matches.'}
          renderItem={(user) => (
            <span className="flex items-center gap-3 text-sm">
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{user.displayName}</bdi>
                <span className="block truncate text-muted text-xs">
                  {[user.emailAddress, user.phoneNumber].filter(Boolean).join(' · ') || 'No email or phone'}
                </span>
              </span>
              {user.holder ? (
                <span className="max-w-[45%] truncate text-muted text-xs">
                  Attached to <bdi>{user.holder.displayName}</bdi>
                </span>
              ) : (
                <Reasons reasons={user.reasons} />
              )}
            </span>
          )}
        />
      </div>
      {onCreate && (
        <div className="flex items-center justify-between gap-3 border-line border-t px-4 py-3">
          <p className="text-muted text-sm">Not there yet?</p>
          <Button size="small" onClick={onCreate}>
            <UserPlus aria-hidden className="size-3.5" />
            Create from this person’s details
          </Button>
        </div>
      )}
    </Dialog>
  )
}
