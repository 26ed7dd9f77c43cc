'use server'

import { revalidatePath } from 'next/cache'
import type { Given } from '@/components/account/proof-dialog'
import type { WorkspaceFormState } from '@/components/settings/workspace-form'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { verifyPassword } from '@/lib/accounts/auth/password-hash'
import { changeSecondFactorDemand, updateWorkspace } from '@/lib/accounts/workspaces/commands'
import { resetSandboxWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import type { ActionResult } from '@/lib/platform/refusals'

/** Saves the workspace's name and country. */
export async function saveWorkspace(_previous: WorkspaceFormState, form: FormData): Promise<WorkspaceFormState> {
  const given = { name: String(form.get('name') ?? ''), default_country: String(form.get('default_country') ?? '') }
  const save = async ({ actor }: ActingAdmin) => {
    await updateWorkspace(actor, given)
    return null
  }
  const result = await actAsAdmin('workspace.write', save, { given: form })
  if (!result.ok) return { kind: 'refused', given, refusal: result.refusal }
  revalidatePath('/', 'layout')
  return { kind: 'saved' }
}

/** Has the workspace require a second factor of its members, or no longer, which takes a proof. */
export async function saveSecondFactorDemand(isRequired: boolean, proof: Given): Promise<ActionResult<null>> {
  const result = await actAsAdmin('workspace.write', async (admin) => {
    const given = { ...proof, requires_second_factor: isRequired }
    await changeSecondFactorDemand(admin.actor, given, admin, { verify: verifyPassword })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}

/** Empties the sandbox; the demo's gets its data back. */
export async function resetWorkspace(): Promise<ActionResult<null>> {
  const result = await actAsAdmin(
    'workspace.reset',
    async ({ workspace }) => {
      await resetSandboxWorkspace(workspace.workspaceId)
      return null
    },
    { kind: 'reset' },
  )
  revalidatePath('/', 'layout')
  return result
}
