import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { fillDemoWorkspace } from '@/db/demo/fill-demo-workspace'
import { users } from '@/db/schema/accounts'
import { workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces, inWorkspace } from '@/db/scope'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { emptySandboxWorkspace } from './commands'
import { demoSlug } from './workspace'

/**
 * Makes sure that the demo workspace, its manager and its data are there; what is there stays as it
 * is. All of it or nothing, and safe for two processes at once.
 */
export async function ensureDemoWorkspace(): Promise<{ workspaceId: string; created: boolean }> {
  const ensure = async (transaction: Transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtext('keyholder.demo'))`)
    const [present] = await transaction.select().from(workspaces).where(eq(workspaces.slug, demoSlug))
    if (present) return { workspaceId: present.workspaceId, created: false }

    const workspaceId = uuidv7()
    const userId = uuidv7()
    await transaction
      .insert(workspaces)
      .values({ workspaceId, slug: demoSlug, name: 'Harborview Living', isSandbox: true, defaultCountry: 'US' })
    await transaction.insert(users).values({ id: userId, name: 'Dana Reyes', email: demoManagerEmail })
    await transaction.insert(workspaceMembers).values({ workspaceId, userId, role: 'manager' })
    await inWorkspace(workspaceId, () => fillDemoWorkspace(transaction, workspaceId))
    return { workspaceId, created: true }
  }
  return acrossWorkspaces(() => inTransaction(ensure))
}

/**
 * Empties a sandbox workspace; the demo's gets its data back as it was on the first day.
 *
 * @throws Refusal `workspace_not_found`, `not_a_sandbox`
 */
export async function resetSandboxWorkspace(workspaceId: string): Promise<void> {
  await inTransaction(async (transaction) => {
    const workspace = await emptySandboxWorkspace(transaction, workspaceId)
    if (isDemoWorkspace(workspace)) await fillDemoWorkspace(transaction, workspaceId)
  })
}

/** Whether a workspace is the demo's. */
export function isDemoWorkspace(workspace: { slug: string; isSandbox: boolean }): boolean {
  return workspace.slug === demoSlug && workspace.isSandbox
}
