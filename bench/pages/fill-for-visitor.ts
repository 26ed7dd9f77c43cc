import { eq } from 'drizzle-orm'
import { closeDatabase, database } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { workspaceMembers } from '@/db/schema/workspaces'
import { demoManagerEmail } from '@/lib/accounts/auth/demo-sign-in'
import { ensureDemoWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import { benchWorkspace } from '../bench-workspace'

/** Fills a workspace of so many people, which is the one that whoever explores the demo comes to. */
export async function fillForVisitor(people: number): Promise<void> {
  await ensureDemoWorkspace()
  const workspaceId = await benchWorkspace(people)
  const connection = await database()
  const [visitor] = await connection.select({ id: users.id }).from(users).where(eq(users.email, demoManagerEmail))
  if (!visitor) throw new Error('The demo has no visitor.')
  // Who has chosen none comes to the workspace that they have been a member of for longest.
  await connection
    .insert(workspaceMembers)
    .values({ workspaceId, userId: visitor.id, role: 'manager', createdAt: new Date(0) })
    .onConflictDoNothing()
  await closeDatabase()
}
