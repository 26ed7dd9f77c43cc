import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CertainMatch, CertainSlice, MatchConflict } from '@/lib/people/reconcile/queries'

/** What was found to be certain, and whether that is all of it. */
export type FoundCertain = {
  certain: CertainMatch[]
  conflicts: MatchConflict[]
  isComplete: boolean
  error: Error | null
  refetch: () => unknown
}

/** Goes on looking for what is certain part by part, at most `most` parts, and puts together what was found. */
export function useCertainParts(
  query: UseInfiniteQueryResult<InfiniteData<CertainSlice>>,
  most = Number.POSITIVE_INFINITY,
): FoundCertain {
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query
  const parts = data?.pages ?? []
  const goesOn = hasNextPage && !isFetching && !error && parts.length < most
  useEffect(() => {
    if (goesOn) fetchNextPage()
  }, [goesOn, fetchNextPage])
  return {
    certain: parts.flatMap(({ certain }) => certain),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    isComplete: data !== undefined && !hasNextPage && !isFetching,
    error,
    refetch,
  }
}
