'use client'

import { type DehydratedState, HydrationBoundary } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'

/**
 * Gives a list the page that the server has read for it. As text: of an object React would take up each value by
 * itself, to send it, to write the page and again in the browser, and a list's page has thousands.
 */
export function ListStart({ state, children }: { state: string; children: ReactNode }) {
  const dehydrated = useMemo<DehydratedState>(() => JSON.parse(state), [state])
  return <HydrationBoundary state={dehydrated}>{children}</HydrationBoundary>
}
