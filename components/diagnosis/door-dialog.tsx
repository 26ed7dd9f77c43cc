'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { DoorOption } from '@/lib/access/diagnosis/queries'
import { Dialog } from '../ui/dialog'
import { fetchJson } from '../ui/fetch-json'
import { SearchList } from '../ui/search-list'
import { useDebounced } from '../ui/use-debounced'

type DoorDialogProps = {
  person: { userIdentityId: string; displayName: string }
  onChoose: (door: DoorOption) => void
  onClose: () => void
}

/** Searches the workspace's doors; those that the person was given come first. */
export default function DoorDialog({ person, onChoose, onClose }: DoorDialogProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const search = useDebounced(typed.trim(), 150)
  const address = new URLSearchParams({ identity: person.userIdentityId, q: search })
  const { data, isPending, isPlaceholderData, error } = useQuery({
    queryKey: ['door-options', address.toString()],
    queryFn: ({ signal }) => fetchJson<DoorOption[]>(`/data/entrances/options?${address}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const found = data ?? []
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title="Which door does not open?"
      description={
        <>
          for <bdi className="font-medium text-text">{person.displayName}</bdi>
        </>
      }
      initialFocus={input}
    >
      <div className="mt-3">
        <SearchList<DoorOption>
          inputRef={input}
          label="Search doors of the workspace"
          placeholder="Door or access system"
          value={typed}
          onValueChange={setTyped}
          loading={(isPending && !error) || isPlaceholderData || search !== typed.trim()}
          groups={[
            { label: 'Doors they were given', items: found.filter(({ standing }) => standing === 'given') },
            {
              label: 'Other doors of their access systems',
              items: found.filter(({ standing }) => standing === 'linked'),
            },
            {
              label: 'Access systems without an ACS user of theirs',
              items: found.filter(({ standing }) => standing === 'elsewhere'),
            },
          ]}
          itemKey={(door) => door.acsEntranceId}
          itemText={(door) => `${door.displayName}, ${door.acsSystemName}`}
          onChoose={onChoose}
          empty={error ? error.message : 'No door matches.'}
          renderItem={(door) => (
            <span className="block text-sm">
              <span className="block truncate font-medium">{door.displayName}</span>
              <span className="block truncate text-muted text-xs">{door.acsSystemName}</span>
            </span>
          )}
        />
      </div>
    </Dialog>
  )
}
