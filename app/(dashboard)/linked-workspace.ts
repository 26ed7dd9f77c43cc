import { notFound } from 'next/navigation'
import type { ActingAdmin } from '@/lib/accounts/acting-admin/acting-admin'

/**
 * For pages that are shared by link: the workspace that the address names (`workspace`), where it is
 * another one of the admin's than they look at. One that is not theirs reads like an unknown address.
 */
export function findLinkedWorkspace({ workspace, workspaces }: ActingAdmin, workspaceId: string | null) {
  if (workspaceId === null || workspaceId === workspace.workspaceId) return null
  return workspaces.find((candidate) => candidate.workspaceId === workspaceId) ?? notFound()
}
