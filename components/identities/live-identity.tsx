'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { LatestEvent } from '@/lib/history/events/queries'
import { fetchJson } from '../ui/fetch-json'
import { showToast } from '../ui/toast'

const askedEvery = 4000

type LiveIdentityProps = {
  userIdentityId: string
  /** The newest event that the page was made with. */
  shownEventId: string | null
  /** What the viewer did themself needs no telling. */
  viewerId: string
}

/**
 * Keeps a person's page up to date while it is looked at: what somebody else changes appears within
 * seconds, and is told in a sentence. Forms that are open keep what is typed.
 */
export function LiveIdentity({ userIdentityId, shownEventId, viewerId }: LiveIdentityProps) {
  const router = useRouter()
  const { data: latest } = useQuery({
    queryKey: ['latest-event', userIdentityId],
    queryFn: ({ signal }) => fetchJson<LatestEvent | null>(`/data/identities/${userIdentityId}/latest-event`, signal),
    refetchInterval: askedEvery,
    staleTime: 0,
    retry: false,
  })
  const refreshedFor = useRef<string | null>(null)
  useEffect(() => {
    // Ids are in the order of time. What this page shows may be newer than the answer under way.
    if (!latest || (shownEventId !== null && latest.eventId <= shownEventId)) return
    if (refreshedFor.current === latest.eventId) return
    refreshedFor.current = latest.eventId
    router.refresh()
    if (latest.actorId !== viewerId) showToast(`${latest.actorName} ${latest.sentence}.`)
  }, [latest, shownEventId, viewerId, router])
  return null
}
