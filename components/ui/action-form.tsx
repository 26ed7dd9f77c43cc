'use client'

import type { ComponentProps } from 'react'
import { workspaceField } from '@/lib/accounts/workspaces/page-workspace'
import { useWorkspaceOfPage } from '../shell/workspace-of-page'

/** A form of `useFormAction`; also without JavaScript it tells which workspace its page is of. */
export function ActionForm({ children, ...form }: ComponentProps<'form'>) {
  const workspaceId = useWorkspaceOfPage()
  return (
    <form {...form}>
      {workspaceId && <input type="hidden" name={workspaceField} value={workspaceId} />}
      {children}
    </form>
  )
}
