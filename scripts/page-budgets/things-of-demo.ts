import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { closeDatabase, database } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { acsUsers } from '@/db/schema/acs-users'
import { workspaceMembers } from '@/db/schema/workspaces'
import { demoManagerEmail } from '@/lib/accounts/auth/demo-sign-in'
import { inviteMember } from '@/lib/accounts/members/commands'
import { ensureDemoWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import { createWebhook } from '@/lib/http-api/webhooks/commands'
import { receiveFile } from '@/lib/imports/commands'
import type { Actor } from '@/lib/platform/actor'

/** What an address may name: `{person}` and the like. */
export type ThingsOfDemo = Record<string, string>

/** Fills the demo and makes one of each thing that has a page, for its visitor, who owns the workspace here. */
export async function prepareDemo(): Promise<ThingsOfDemo> {
  const { workspaceId } = await ensureDemoWorkspace()
  const connection = await database()
  const [visitor] = await connection.select().from(users).where(eq(users.email, demoManagerEmail))
  if (!visitor) throw new Error('The demo has no visitor.')
  await connection.update(workspaceMembers).set({ role: 'owner' }).where(eq(workspaceMembers.userId, visitor.id))
  const actor: Actor = { workspaceId, kind: 'member', id: visitor.id, name: visitor.name }
  const linked = await connection
    .select()
    .from(acsUsers)
    .where(and(eq(acsUsers.workspaceId, workspaceId), isNotNull(acsUsers.userIdentityId)))
    .orderBy(asc(acsUsers.acsUserId))
    .limit(20)
  const [one] = linked
  const other = linked.find(({ userIdentityId }) => userIdentityId !== one?.userIdentityId)
  if (!one?.userIdentityId || !other?.userIdentityId) throw new Error('The demo has no two people.')
  const file = { name: 'people.csv', chunks: [Buffer.from('Key,Name\nK1,Ada Byron\nK2,Grace Hopper\n')] }
  const { importId } = await receiveFile(actor, file, { kind: 'user_identities' })
  const { webhookId } = await createWebhook(actor, { url: 'https://hooks.example/keyholder' })
  const { token } = await inviteMember(actor, { role: 'viewer', email: null })
  await closeDatabase()
  return {
    ...{ person: one.userIdentityId, other: other.userIdentityId, acsUser: one.acsUserId },
    ...{ accessSystem: one.acsSystemId, import: importId, webhook: webhookId, invitation: token },
  }
}

/** An address with the things that it names. */
export function nameThings(address: string, things: ThingsOfDemo): string {
  return address.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const thing = things[name]
    if (!thing) throw new Error(`There is no ${name} in the demo.`)
    return encodeURIComponent(thing)
  })
}
