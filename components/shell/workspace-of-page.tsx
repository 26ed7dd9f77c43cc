'use client'

import { createContext, type ReactNode, use, useLayoutEffect } from 'react'
import { workspaceHeader } from '@/lib/accounts/workspaces/page-workspace'

const WorkspaceContext = createContext<string | null>(null)

/** Which workspace the page is of; null outside the dashboard. */
export const useWorkspaceOfPage = () => use(WorkspaceContext)

/**
 * Has every request that this page makes to its own server tell which workspace the page is of. Next offers
 * no place for that in the requests of server actions, so it is added to what they are made with, `fetch`.
 * What the browser asks for by itself, forms without JavaScript and links to files, tells it by `useWorkspaceOfPage`.
 */
export function WorkspaceOfPage({ workspaceId, children }: { workspaceId: string; children?: ReactNode }) {
  useLayoutEffect(() => {
    const original = window.fetch
    const telling: typeof fetch = (input, init) => {
      const isOurs = !(input instanceof Request) && new URL(input, location.href).origin === location.origin
      if (!isOurs) return original(input, init)
      const headers = new Headers(init?.headers)
      headers.set(workspaceHeader, workspaceId)
      return original(input, { ...init, headers })
    }
    window.fetch = telling
    return () => {
      window.fetch = original
    }
  }, [workspaceId])
  return <WorkspaceContext value={workspaceId}>{children}</WorkspaceContext>
}
