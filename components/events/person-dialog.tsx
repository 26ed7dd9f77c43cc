'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PaletteResult } from '@/lib/search/queries'
import { Avatar } from '../ui/avatar'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { useDebounced } from '../ui/use-debounced'

/** Chooses the person whose events are shown. */
export default function PersonDialog(props: { onClose: () => void; onChoose: (userIdentityId: string) => void }) {
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
  const people = search === '' ? [] : data.filter(({ kind }) => kind === 'user_identity')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Whose events?"
      description="Shows what happened to one person, their ACS users and their credentials."
    >
      <SearchList<PaletteResult>
        label="Search people"
        placeholder="Name, email, phone, key or ID"
        value={typed}
        onValueChange={setTyped}
        loading={isLoading || isPlaceholderData || search !== typed.trim()}
        groups={[{ label: 'People', items: people }]}
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
