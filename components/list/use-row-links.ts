'use client'

import { useRouter } from 'next/navigation'
import {
  type FocusEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useTransition,
} from 'react'
import { coverWithSkeleton } from '../shell/pending-navigation'

/** Whoever only passes over a row stays on it for less (milliseconds). */
const rest = 60

type Router = ReturnType<typeof useRouter>
/** All of a page, as a link's `prefetch={true}` does; the router's types name the word only inside of it. */
const whole = { kind: 'full' } as Parameters<Router['prefetch']>[1]

/**
 * Follows the links of a list's rows, all of them by one set of handlers for the table's body: fifty of Next's links
 * would be most of what a browser has to set up before a list answers.
 *
 * With `prefetches`, a row's page is fetched once somebody seems about to open it: the pointer rests on the row, or its
 * link has the focus. Only for pages that notice by themselves when they are out of date, as a person's does: what was
 * fetched serves for half a minute (`next.config.ts`).
 */
export function useRowLinks({ prefetches }: { prefetches: boolean }) {
  const router = useRouter()
  const [isOnTheWay, startNavigation] = useTransition()
  const uncover = useRef(() => {})
  const aimedAt = useRef<HTMLAnchorElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLayoutEffect(() => {
    if (isOnTheWay) return () => uncover.current()
  }, [isOnTheWay])
  useEffect(() => () => clearTimeout(timer.current), [])

  const prefetch = (link: HTMLAnchorElement | null) => {
    if (prefetches && link) router.prefetch(pathOf(link), whole)
  }
  const aimAt = (link: HTMLAnchorElement | null) => {
    if (link === aimedAt.current) return
    aimedAt.current = link
    clearTimeout(timer.current)
    if (link) timer.current = setTimeout(() => prefetch(link), rest)
  }
  return {
    onPointerOver: (event: PointerEvent) => aimAt(linkOfRow(event.target)),
    onPointerLeave: () => aimAt(null),
    onPointerDown: (event: PointerEvent) => prefetch(linkAt(event.target)),
    onFocus: (event: FocusEvent) => aimAt(linkAt(event.target)),
    onBlur: () => aimAt(null),
    onClick: (event: MouseEvent) => {
      const link = linkAt(event.target)
      // The browser's own: another tab or window, a download.
      if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      uncover.current()
      uncover.current = coverWithSkeleton('page')
      startNavigation(() => router.push(pathOf(link)))
    },
  }
}

const pathOf = (link: HTMLAnchorElement) => link.getAttribute('href') ?? ''

function linkAt(target: EventTarget): HTMLAnchorElement | null {
  return (target as Element).closest<HTMLAnchorElement>('a[data-row-link]')
}

function linkOfRow(target: EventTarget): HTMLAnchorElement | null {
  return (target as Element).closest('tr')?.querySelector<HTMLAnchorElement>('a[data-row-link]') ?? null
}
