'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { NewWorkspaceState } from '@/components/settings/new-workspace-form'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { createWorkspace } from '@/lib/accounts/workspaces/commands'

/** Makes a further workspace, and leads into it. */
export async function create(_previous: NewWorkspaceState, form: FormData): Promise<NewWorkspaceState> {
  const given = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const make = ({ sessionId, userId }: ActingAdmin) => createWorkspace({ sessionId, userId }, given)
  const result = await actAsAdmin(null, make, { ofAnyPage: true, kind: 'workspace' })
  if (!result.ok) return { given, refusal: result.refusal }
  revalidatePath('/', 'layout')
  redirect('/')
}
