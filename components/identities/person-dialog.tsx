'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SimilarIdentity } from '@/lib/people/identities/queries'
import type { PaletteResult } from '@/lib/people/search/queries'
import { Avatar } from '../ui/avatar'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { useDebounced } from '../ui/use-debounced'

type PersonDialogProps = {
  title: string
  description: string
  /** Somebody who cannot be chosen, and whom others may be like. */
  likeness?: { userIdentityId: string; address: string }
  onClose: () => void
  onChoose: (userIdentityId: string) => void
}

/** Chooses a person: by a search, and where it is to be somebody like another, of those first. */
export default function PersonDialog({ likeness, ...props }: PersonDialogProps) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(typed.trim(), 120)
  const {
    data = [],
    isLoading,
    isPlaceholderData,
    error,
  } = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) => fetchJson<PaletteResult[]>(`/data/search?q=${encodeURIComponent(search)}`, signal),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
  const similar = useQuery({
    queryKey: ['similar', likeness?.address],
    queryFn: ({ signal }) => fetchJson<SimilarIdentity[]>(`/data/identities/similar?${likeness?.address}`, signal),
    enabled: likeness !== undefined,
  })
  const people = search === '' ? [] : data.filter(({ kind }) => kind === 'user_identity')
  const alike = (search === '' ? (similar.data ?? []) : []).map(
    ({ userIdentityId, displayName, emailAddress, phoneNumber }): PaletteResult => ({
      ...{ kind: 'user_identity', id: userIdentityId, title: displayName },
      detail: emailAddress ?? phoneNumber,
    }),
  )
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title={props.title} description={props.description}>
      <SearchList<PaletteResult>
        label="Search people"
        placeholder="Name, email, phone, key or ID"
        value={typed}
        onValueChange={setTyped}
        loading={isLoading || isPlaceholderData || similar.isLoading || search !== typed.trim()}
        groups={[
          { label: 'Alike', items: alike },
          { label: 'People', items: people.filter(({ id }) => id !== likeness?.userIdentityId) },
        ]}
        itemKey={({ id }) => id}
        itemText={({ title }) => title}
        onChoose={({ id }) => props.onChoose(id)}
        empty={error ? error.message : search === '' ? 'Type to search.' : 'Nobody matches.'}
        renderItem={({ id, title, detail }) => (
          <span className="flex items-center gap-3 text-sm">
            <Avatar id={id} name={title} />
            <bdi className="min-w-0 flex-1 truncate font-medium">{title}</bdi>
            {detail && <span className="max-w-[50%] truncate text-muted text-xs">{detail}</span>}
          </span>
        )}
      />
    </Dialog>
  )
}
