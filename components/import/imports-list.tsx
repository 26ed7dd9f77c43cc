'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ImportDetails, outcomeNames, rowsWithOutcome } from '@/lib/imports/import'
import type { Page } from '@/lib/platform/pagination/page'
import { Pager } from '../list/pager'
import { PendingNavigation } from '../shell/pending-navigation'
import { countInWords } from '../ui/counts'
import { RelativeTime } from '../ui/viewer-time'
import { countsInWords } from './counts'
import { StateBadge } from './state-badge'

/** Every import of the workspace, newest first, with what came of it. */
export function ImportsList({ page }: { page: Page<ImportDetails> }) {
  const router = useRouter()
  const addressFor = (cursor: string) => `/import?cursor=${encodeURIComponent(cursor)}`
  return (
    <>
      <ul aria-label="Imports" className="divide-y divide-line">
        {page.items.map(({ importId, acsSystem, fileName, state, rowCount, outcomes, authorName, createdAt }) => (
          <li
            key={importId}
            className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover"
          >
            <span className="min-w-0 flex-1 basis-60">
              <Link
                href={`/import/${importId}`}
                data-row-link
                title={fileName}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                <bdi>{fileName}</bdi>
                <PendingNavigation to="page" />
              </Link>
              <span className="tabular block truncate text-muted text-xs">
                {acsSystem ? `ACS users of ${acsSystem.name}: ` : 'People: '}
                {rowsWithOutcome(outcomes) > 0
                  ? countsInWords(outcomes, outcomeNames)
                  : countInWords(rowCount, 'row', 'rows')}
              </span>
            </span>
            <StateBadge state={state} />
            <span className="text-muted text-xs sm:w-52 sm:text-right">
              {authorName}, <RelativeTime at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {(page.nextCursor || page.previousCursor) && (
        <Pager page={page} stale={false} addressFor={addressFor} onShow={(cursor) => router.push(addressFor(cursor))} />
      )}
    </>
  )
}
