'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'

/** What of a person's doors is shown. */
type DoorFilters = {
  /** Parts of words. */
  doors: string
  /** The id of an access system; empty for all. */
  system: string
  /** Whether only doors that are shut now. */
  shut: boolean
}

const read = (search: URLSearchParams): DoorFilters => ({
  doors: search.get('doors') ?? '',
  system: search.get('system') ?? '',
  shut: search.get('shut') === '1',
})

/** The search of an address with these filters in it. */
export function withFilters(current: string, filters: DoorFilters): URLSearchParams {
  const search = new URLSearchParams(current)
  const write = (name: string, value: string) => (value ? search.set(name, value) : search.delete(name))
  write('doors', filters.doors)
  write('system', filters.system)
  write('shut', filters.shut ? '1' : '')
  return search
}

/**
 * The filters of a person's doors. They live in the address, so that a shared link shows the same doors,
 * and change it without asking the server.
 */
export function useDoorFilters() {
  const fromRouter = useSearchParams().toString()
  const [filters, setFilters] = useState(() => read(new URLSearchParams(fromRouter)))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the router tells late; what the address says now counts
  useEffect(() => setFilters(read(new URLSearchParams(window.location.search))), [fromRouter])
  const change = (part: Partial<DoorFilters>) => {
    const next = { ...filters, ...part }
    setFilters(next)
    const search = withFilters(window.location.search, next)
    window.history.replaceState(null, '', `${window.location.pathname}${search.size > 0 ? `?${search}` : ''}`)
  }
  return { filters, change, search: fromRouter }
}
