'use client'

import { ChevronsUpDown } from 'lucide-react'
import dynamic from 'next/dynamic'
import { failedToLoad } from '../ui/load-failed'
import { LazyMenu } from './lazy-menu'
import type { WorkspaceMenuProps } from './workspace-menu'

const load = () => import('./workspace-menu').catch(failedToLoad)
const WorkspaceMenu = dynamic(load, { ssr: false })

/** Says which workspace this is, and opens the menu of workspaces. */
export function WorkspaceMenuButton(props: WorkspaceMenuProps) {
  const look = {
    label: `Workspace: ${props.current.name}${props.current.isSandbox ? ' Sandbox' : ''}`,
    className:
      'flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-hover pointer-coarse:h-11',
    trigger: (
      <>
        <span className="min-w-0 flex-1 truncate font-medium text-sm">{props.current.name}</span>{' '}
        {props.current.isSandbox && (
          <span className="rounded-sm border border-line px-1 text-2xs text-muted">Sandbox</span>
        )}
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </>
    ),
  }
  return (
    <LazyMenu {...look} preload={load}>
      <WorkspaceMenu {...props} {...look} />
    </LazyMenu>
  )
}
