'use server'

import { revalidatePath } from 'next/cache'
import { actAsAdmin } from '@/lib/auth/acting-admin'
import { may } from '@/lib/auth/permissions'
import type { ActionResult } from '@/lib/errors'
import { notFound } from '@/lib/errors'
import { undoChange } from '@/lib/undo/commands'
import { switchWorkspace } from '@/lib/workspaces/commands'
import { isDemoWorkspace, resetSandboxWorkspace } from '@/lib/workspaces/demo-workspace'

/** Has this session look at another of its user's workspaces. */
export async function chooseWorkspace(workspaceId: string): Promise<ActionResult<null>> {
  return actAsAdmin(null, async ({ sessionId, userId }) => {
    await switchWorkspace({ sessionId, userId }, workspaceId)
    return null
  })
}

/** Takes back what an action did, as one change of its own. */
export async function undo(changeId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin(null, async ({ actor, workspace }) => {
    await undoChange(actor, changeId, (permission) => may(workspace.role, permission))
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Puts the demo's data back as it was. */
export async function resetDemo(): Promise<ActionResult<null>> {
  const result = await actAsAdmin('workspace.reset', async ({ workspace }) => {
    if (!isDemoWorkspace(workspace)) throw notFound('workspace')
    await resetSandboxWorkspace(workspace.workspaceId)
    return null
  })
  revalidatePath('/', 'layout')
  return result
}
