'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { Page } from '@/lib/pagination/page'
import { fetchJson } from '../ui/fetch-json'
import { listQueryKey } from './list-query'

type ListParameters = { search: string; cursor: string | null }

type ListSource<Parameters> = {
  /** The page that the list is on. */
  path: string
  /** The data route that answers with a page for an address. */
  dataPath: string
  read: (address: URLSearchParams) => Parameters
  write: (parameters: Parameters) => URLSearchParams
}

/**
 * A list whose search, filters, sort and page live in the address, so that reload, back and a shared
 * link give the same view. Rows stay while others are fetched, and while a dialog with an address of
 * its own is open over them.
 */
export function useList<Parameters extends ListParameters, Item>(source: ListSource<Parameters>) {
  const { path, dataPath, read, write } = source
  const isHere = usePathname() === path
  const current = useSearchParams().toString()
  const [kept, setKept] = useState(current)
  if (isHere && kept !== current) setKept(current)
  const [leaving, setLeaving] = useState({ from: '', to: '' })
  const parameters = read(new URLSearchParams(isHere ? current : kept))
  const address = write(parameters)
  const query = useQuery({
    queryKey: listQueryKey(dataPath, address),
    queryFn: ({ signal }) => fetchJson<Page<Item>>(`${dataPath}?${address}`, signal),
    placeholderData: keepPreviousData,
  })

  /** Any change but paging starts again at the first page. */
  const changed = (from: Parameters, change: Partial<Parameters>) => {
    const next = write({ ...from, cursor: null, ...change }).toString()
    return next ? `${path}?${next}` : path
  }
  const addressFor = (change: Partial<Parameters>) => changed(parameters, change)
  const show = (change: Partial<Parameters>, how: 'push' | 'replace' = 'push') => {
    // What the address says now, not what it said when this was rendered: typing outruns rendering.
    const target = changed(read(new URLSearchParams(window.location.search)), change)
    setLeaving({ from: current, to: target.split('?')[1] ?? '' })
    if (how === 'push') window.history.pushState(null, '', target)
    else window.history.replaceState(null, '', target)
  }
  // The router takes a moment to tell of a new address; what belongs to the old one must not be used meanwhile.
  const isLeaving = leaving.from === current && leaving.to !== current
  return { parameters, query, isStale: isLeaving || query.isPlaceholderData, show, addressFor }
}
