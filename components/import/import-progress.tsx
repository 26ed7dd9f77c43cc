'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { JobProgress } from '@/lib/background/jobs/queries'
import type { ImportState } from '@/lib/imports/import'
import type { ActionResult } from '@/lib/platform/refusals'
import { Button } from '../ui/button'
import { countInWords, formatCount } from '../ui/counts'
import { fetchJson } from '../ui/fetch-json'
import { Notice } from '../ui/notice'
import { useChange } from '../ui/use-change'

const askedEvery = 1000

export type ImportStanding = { state: ImportState; job: JobProgress | null }

type ImportProgressProps = {
  importId: string
  standing: ImportStanding
  /** Left out for who may not. */
  onStop?: (importId: string) => Promise<ActionResult<null>>
}

const titles: Partial<Record<ImportState, string>> = {
  checking: 'Checking the rows',
  applying: 'Importing',
  undoing: 'Undoing the import',
}

/** How far the work on an import is, while it is looked at; it goes on when the page is closed. */
export function ImportProgress({ importId, standing, onStop }: ImportProgressProps) {
  const router = useRouter()
  const { pending, carryOut } = useChange()
  const { data, error } = useQuery({
    queryKey: ['import', importId, standing.state],
    queryFn: ({ signal }) => fetchJson<ImportStanding>(`/data/imports/${importId}`, signal),
    initialData: standing,
    refetchInterval: askedEvery,
    staleTime: 0,
    // What it said of an earlier job is no answer about this one.
    gcTime: 0,
    retry: false,
  })
  const isLeft = useRef(false)
  useEffect(() => {
    if (data.state === standing.state || isLeft.current) return
    isLeft.current = true
    router.refresh()
  }, [data.state, standing.state, router])

  const { done, total } = data.job ?? { done: 0, total: 0 }
  const title = titles[standing.state] ?? 'Working'
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface px-4 py-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="tabular text-muted text-sm">
          {formatCount(done)} of {countInWords(total, 'row', 'rows')}
        </p>
      </div>
      <div
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="h-2 overflow-hidden rounded-sm bg-hover"
      >
        <div
          className="h-full rounded-sm bg-accent transition-[width] duration-150 ease-out"
          style={{ width: `${total > 0 ? (100 * done) / total : 0}%` }}
        />
      </div>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted text-sm">You can close this page: it goes on without you.</p>
        {onStop && (
          <Button pending={pending} onClick={() => carryOut({ action: () => onStop(importId) })}>
            Stop
          </Button>
        )}
      </div>
      {error && (
        <div className="mt-3">
          <Notice tone="warning">{error.message}</Notice>
        </div>
      )}
    </section>
  )
}
