'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { HandledAcsUser } from '@/lib/people/reconcile/queries'
import { fetchJson } from '../ui/fetch-json'

/** How the queue stands: how many wait in each access system, and which of the shown ones wait no more. */
export type QueueStanding = { counts: { acsSystemId: string; count: number }[]; handled: HandledAcsUser[] }

/** How often the queue is asked how it stands while somebody looks at it (milliseconds); see decision 13. */
const askedEvery = 5000
const mostAsked = 100

/** Keeps asking what colleagues have done to the queue meanwhile. */
export function useStanding(acsUserIds: string[]) {
  const ids = acsUserIds.slice(0, mostAsked).join(',')
  return useQuery({
    queryKey: ['reconcile-standing', ids],
    queryFn: ({ signal }) => fetchJson<QueueStanding>(`/data/reconcile/standing?ids=${ids}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: askedEvery,
  })
}
