'use client'

import { useState } from 'react'
import { TextField } from './text-field'

type CheckListProps = {
  label: string
  /** Undefined while they are on their way. */
  items: { id: string; name: string; detail?: string; checked: boolean }[] | undefined
  onCheck: (id: string, checked: boolean) => void
  /** Why the items could not be loaded. */
  error: string | null
  empty: string
}

/** So many items are seen at a glance; above that, one searches. */
const fewItems = 8

/** Things to tick, with a search where there are many. */
export function CheckList({ label, items, onCheck, error, empty }: CheckListProps) {
  const [search, setSearch] = useState('')
  const words = search.trim().toLowerCase()
  const shown = items?.filter(({ name }) => name.toLowerCase().includes(words)) ?? []
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      {items && items.length > fewItems && (
        <TextField
          label={`Search ${label.toLowerCase()}`}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          // Enter would otherwise save the form.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className="mb-2"
        />
      )}
      <div
        aria-busy={!items && !error}
        className="h-56 overflow-y-auto overscroll-contain rounded-md border border-line"
      >
        {shown.map(({ id, name, detail, checked }) => (
          <label
            key={id}
            className="flex cursor-pointer items-center gap-2.5 px-3 py-1.5 text-sm hover:bg-hover pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={checked}
              onChange={(event) => onCheck(id, event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 flex-1 truncate" title={name}>
              {name}
            </span>
            {detail && <span className="max-w-[50%] shrink-0 truncate text-muted text-xs">{detail}</span>}
          </label>
        ))}
        {shown.length === 0 && (
          <p role={error ? 'alert' : undefined} className="px-3 py-8 text-center text-muted text-sm">
            {error ?? (items ? (items.length === 0 ? empty : 'Nothing matches.') : 'Loading…')}
          </p>
        )}
      </div>
    </fieldset>
  )
}
