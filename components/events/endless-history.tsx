'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import type { EventSlice } from '@/lib/history/events/event'
import { Button } from '../ui/button'
import { fetchJson } from '../ui/fetch-json'
import { Notice } from '../ui/notice'
import { History } from './history'

type EndlessHistoryProps = {
  /** The data route, with the filter and without a cursor. */
  dataPath: string
  parameters: string
  /** The newest entries, as the page was sent with. */
  newest: EventSlice
  empty: ReactNode
  ofWorkspace?: boolean
}

/** A history that goes on as one scrolls down, or presses the button. */
export function EndlessHistory({ dataPath, parameters, newest, empty, ofWorkspace }: EndlessHistoryProps) {
  const queryKey = ['history', dataPath, parameters]
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const address = new URLSearchParams(parameters)
      if (pageParam) address.set('cursor', pageParam)
      return fetchJson<EventSlice>(`${dataPath}?${address}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    initialData: { pages: [newest], pageParams: [''] },
  })
  useFresh(queryKey, newest.entries.map(({ eventId, isUndone }) => `${eventId}${isUndone}`).join())

  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = end.current
    if (!element || !hasNextPage || isFetchingNextPage || error) return
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) fetchNextPage()
      },
      { rootMargin: '300px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage])

  const entries = data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return empty
  return (
    <>
      <History heading="h2" entries={entries} ofWorkspace={ofWorkspace} />
      {error && (
        <div role="alert" className="p-3">
          <Notice tone="danger">{error.message}</Notice>
        </div>
      )}
      <div ref={end} className="flex justify-center border-line border-t p-3 text-muted text-sm">
        {hasNextPage ? (
          <Button pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isFetchingNextPage ? 'Loading…' : 'Show older'}
          </Button>
        ) : (
          'That is all.'
        )}
      </div>
    </>
  )
}

/** Asks again for all that is shown once the page tells of something newer: after an undo, say. */
function useFresh(queryKey: string[], newest: string): void {
  const client = useQueryClient()
  const seen = useRef(newest)
  const key = JSON.stringify(queryKey)
  useEffect(() => {
    if (seen.current === newest) return
    seen.current = newest
    void client.invalidateQueries({ queryKey: JSON.parse(key) })
  }, [client, key, newest])
}
