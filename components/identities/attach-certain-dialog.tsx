import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { mostLookedFor } from '@/lib/people/reconcile/accept'
import type { CertainSlice } from '@/lib/people/reconcile/queries'
import { type AcceptCertain, CertainDialog } from '../reconcile/certain-dialog'
import { useCertainParts } from '../reconcile/certain-parts'
import { fetchJson } from '../ui/fetch-json'

type AttachCertainDialogProps = {
  people: { id: string; name: string }[]
  systemNames: Map<string, string>
  accept: AcceptCertain
  onDone: (attached: { changeIds: string[]; acsUserIds: string[] }) => void
  onClose: () => void
}

/** Attaches to several people the ACS users that are certainly theirs. */
export default function AttachCertainDialog({ people, ...rest }: AttachCertainDialogProps) {
  const [ids] = useState(() => people.map(({ id }) => id))
  return (
    <CertainDialog
      title={`Attach what is certain to ${people.length === 1 ? people[0]?.name : `${people.length} people`}`}
      found={useCertainOf(ids)}
      words={{
        looking: 'Looking for ACS users…',
        nothing:
          'No unlinked ACS user is certainly one of theirs. Less certain ones are on their pages, and in Reconcile.',
      }}
      {...rest}
    />
  )
}

/** What is certain about some people, looked for part by part. */
function useCertainOf(ids: string[]) {
  const query = useInfiniteQuery({
    queryKey: ['certain-of', ids],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<CertainSlice>('/data/reconcile/certain', signal, ids.slice(pageParam, pageParam + mostLookedFor)),
    initialPageParam: 0,
    getNextPageParam: (_last, _all, from) => (from + mostLookedFor < ids.length ? from + mostLookedFor : null),
    staleTime: 60_000,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return useCertainParts(query)
}
