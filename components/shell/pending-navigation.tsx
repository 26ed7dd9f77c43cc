'use client'

import { useLinkStatus } from 'next/link'
import { useLayoutEffect } from 'react'
import { ListPageSkeleton } from '../list/list-skeleton'
import { PageSkeleton } from './page-skeleton'

/** A navigation that is answered sooner than this shows no skeleton (milliseconds). */
const patience = 40

/**
 * Covers the page with the skeleton of the one that is on its way, unless that is there before.
 *
 * @returns what takes the skeleton away.
 */
export function coverWithSkeleton(to: 'list' | 'page'): () => void {
  const { dataset } = document.documentElement
  const timer = setTimeout(() => {
    dataset.pending = to
  }, patience)
  return () => {
    clearTimeout(timer)
    delete dataset.pending
  }
}

/**
 * Inside a link: while its page is on the way, the skeleton of that page covers this one (it stays beneath, with its
 * focus and its scroll position, in case one comes back).
 *
 * Not Next's `loading.tsx`: with it the server answers before it knows whether the thing exists, so
 * that what is not there is answered with 200, and browsers without JavaScript see nothing but the
 * skeleton.
 */
export function PendingNavigation({ to }: { to: 'list' | 'page' }) {
  const { pending } = useLinkStatus()
  // Not after the next picture, as effects are otherwise: on a slow device that is late already.
  useLayoutEffect(() => {
    if (pending) return coverWithSkeleton(to)
  }, [pending, to])
  return null
}

/** The skeletons that links bring up, once in the shell. */
export function NavigationSkeletons() {
  return (
    <>
      <div data-skeleton="list">
        <ListPageSkeleton />
      </div>
      <div data-skeleton="page">
        <PageSkeleton />
      </div>
    </>
  )
}
