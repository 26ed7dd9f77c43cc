'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useLayoutEffect, useState } from 'react'
import type { Page } from '@/lib/platform/pagination/page'
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
 * The search of the page's address. The router tells of it late, and while it still fetches a page that
 * was left again it may never tell; so the address itself is read whenever it may have changed. It stays
 * while a dialog with an address of its own is open over the page.
 */
function useAddress(path: string) {
  const fromRouter = useSearchParams().toString()
  const [current, setCurrent] = useState(fromRouter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the router changes the address without an event.
  useLayoutEffect(() => {
    const readAddress = () => {
      const { pathname, search } = window.location
      if (pathname === path) setCurrent(new URLSearchParams(search).toString())
    }
    readAddress()
    window.addEventListener('popstate', readAddress)
    return () => window.removeEventListener('popstate', readAddress)
  }, [path, fromRouter])
  return [current, setCurrent] as const
}

/**
 * A list whose search, filters, sort and page live in the address, so that reload, back and a shared
 * link give the same view. Rows stay while others are fetched, and while a dialog with an address of
 * its own is open over them.
 */
export function useList<Parameters extends ListParameters, Item>(source: ListSource<Parameters>) {
  const { path, dataPath, read, write } = source
  const [current, setCurrent] = useAddress(path)
  const parameters = read(new URLSearchParams(current))
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
    if (how === 'push') window.history.pushState(null, '', target)
    else window.history.replaceState(null, '', target)
    setCurrent(target.split('?')[1] ?? '')
  }
  return { parameters, page: query.data, query, isStale: query.isPlaceholderData, show, addressFor }
}
