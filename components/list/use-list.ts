'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import type { Page } from '@/lib/pagination/page'
import { fetchJson } from '../ui/fetch-json'
import { listQueryKey } from './list-query'

type ListParameters = { search: string; cursor: string | null }

type ListSource<Parameters> = {
  /** The data route that answers with a page for an address. */
  dataPath: string
  read: (address: URLSearchParams) => Parameters
  write: (parameters: Parameters) => URLSearchParams
}

/**
 * A list whose search, filters, sort and page live in the address, so that reload, back and a shared
 * link give the same view. Rows stay while others are fetched.
 */
export function useList<Parameters extends ListParameters, Item>({ dataPath, read, write }: ListSource<Parameters>) {
  const path = usePathname()
  const parameters = read(new URLSearchParams(useSearchParams()))
  const address = write(parameters)
  const query = useQuery({
    queryKey: listQueryKey(dataPath, address),
    queryFn: ({ signal }) => fetchJson<Page<Item>>(`${dataPath}?${address}`, signal),
    placeholderData: keepPreviousData,
  })

  const addressFor = (change: Partial<Parameters>) => {
    const next = write({ ...parameters, cursor: null, ...change }).toString()
    return next ? `${path}?${next}` : path
  }
  /** Shows something else; anything but another page starts again at the first. */
  const show = (change: Partial<Parameters>, how: 'push' | 'replace' = 'push') => {
    // What the address says now, not what it said when this was rendered: typing outruns rendering.
    const current = read(new URLSearchParams(window.location.search))
    const next = write({ ...current, cursor: null, ...change }).toString()
    const target = next ? `${path}?${next}` : path
    if (how === 'push') window.history.pushState(null, '', target)
    else window.history.replaceState(null, '', target)
  }
  return { parameters, query, show, addressFor }
}
