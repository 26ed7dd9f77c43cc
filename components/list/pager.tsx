'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { Page } from '@/lib/platform/pagination/page'
import { isMoreThanCounted, mostCounted } from '@/lib/platform/pagination/total'
import { buttonClass } from '../ui/button'
import { formatCount, formatTotal } from '../ui/counts'

/** “51–100 of 1,284”. */
function rangeInWords({ items, offset, total }: Pick<Page<unknown>, 'items' | 'offset' | 'total'>): string {
  if (items.length === 0) return `0 of ${formatTotal(total)}`
  const range = `${formatCount(offset + 1)}–${formatCount(offset + items.length)}`
  // “10,001–10,050 of 10,000+” would say less than nothing.
  const isBeyond = isMoreThanCounted(total) && offset + items.length > mostCounted
  return isBeyond ? range : `${range} of ${formatTotal(total)}`
}

type PagerProps = {
  page: Page<unknown>
  /** Whether the page is of a view that is being left: its neighbours are not those of the view to come. */
  stale: boolean
  addressFor: (cursor: string) => string
  onShow: (cursor: string) => void
}

/** Where in the list this page is, and its neighbours; they are links, so they can be opened anywhere. */
export function Pager({ page, stale, addressFor, onShow }: PagerProps) {
  const step = (neighbour: string | null, name: string, icon: 'before' | 'after') => {
    const cursor = stale ? null : neighbour
    const content = (
      <>
        {icon === 'before' && <ChevronLeft aria-hidden className="size-4" />}
        {name}
        {icon === 'after' && <ChevronRight aria-hidden className="size-4" />}
      </>
    )
    return (
      // Where there is no page it stays a link that leads nowhere, so that it keeps the focus.
      <a
        href={cursor ? addressFor(cursor) : undefined}
        role={cursor ? undefined : 'link'}
        aria-disabled={cursor ? undefined : true}
        tabIndex={0}
        className={buttonClass({ size: 'small' }, cursor ? undefined : 'cursor-not-allowed opacity-55')}
        onClick={(event) => {
          if (cursor && isPlainClick(event)) {
            event.preventDefault()
            onShow(cursor)
          }
        }}
      >
        {content}
      </a>
    )
  }
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 border-line border-t px-4 py-2">
      <p className="tabular text-muted text-sm">{rangeInWords(page)}</p>
      <div className="flex gap-2">
        {step(page.previousCursor, 'Previous', 'before')}
        {step(page.nextCursor, 'Next', 'after')}
      </div>
    </nav>
  )
}

const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
