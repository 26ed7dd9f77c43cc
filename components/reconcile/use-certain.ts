'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { type QueueParameters, writeQueueParameters } from '@/lib/people/reconcile/list-parameters'
import type { CertainSlice } from '@/lib/people/reconcile/queries'
import { fetchJson } from '../ui/fetch-json'
import { useCertainParts } from './certain-parts'

/** How many parts of the queue are looked through unasked, for the number on the button. */
const partsUnasked = 5

/**
 * What is certain in the queue, part by part: some of it to show how much there is, all of it once it is
 * asked for.
 */
export function useCertain(parameters: QueueParameters, wantsAll: boolean) {
  const part = writeQueueParameters({ ...parameters, confidence: null })
  const query = useInfiniteQuery({
    queryKey: ['reconcile-certain', part.toString()],
    queryFn: ({ pageParam, signal }) => {
      const address = new URLSearchParams(part)
      if (pageParam) address.set('cursor', pageParam)
      return fetchJson<CertainSlice>(`/data/reconcile/certain?${address}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
  return useCertainParts(query, wantsAll ? undefined : partsUnasked)
}
