import { asc, eq, ne, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { preparedStatement } from '@/db/prepared-statement'
import { users } from '@/db/schema/accounts'
import { workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces } from '@/db/scope'
import { notFound } from '@/lib/platform/refusals'
import { demoManagerEmail } from '../auth/demo-sign-in'
import type { Workspace } from './workspace'

/** ISO 3166-1 alpha-2 of the country in which the workspace's phone numbers without country code are. */
export async function getDefaultCountry(workspaceId: string): Promise<string> {
  const statement = await defaultCountryStatement()
  const [row] = await statement.execute({ workspaceId })
  if (!row) throw notFound('workspace')
  return row.defaultCountry
}

const defaultCountryStatement = preparedStatement('default_country', (connection) =>
  connection
    .select({ defaultCountry: workspaces.defaultCountry })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, sql.placeholder('workspaceId'))),
)

/** A workspace as its API keys see it. */
export type WorkspaceDetails = Omit<Workspace, 'role' | 'requiresSecondFactor'>

const details = {
  workspaceId: workspaces.workspaceId,
  slug: workspaces.slug,
  name: workspaces.name,
  isSandbox: workspaces.isSandbox,
  defaultCountry: workspaces.defaultCountry,
}

/**
 * One workspace.
 *
 * @throws Refusal `workspace_not_found`
 */
export async function getWorkspace(workspaceId: string): Promise<WorkspaceDetails> {
  const connection = await database()
  const [row] = await connection.select(details).from(workspaces).where(eq(workspaces.workspaceId, workspaceId))
  if (!row) throw notFound('workspace')
  return row
}

/** The workspaces that a user is a member of, with the role in each, oldest membership first. */
export async function listMemberships(userId: string): Promise<Workspace[]> {
  return acrossWorkspaces(async () => {
    const connection = await database()
    return connection
      .select({ ...details, requiresSecondFactor: workspaces.requiresSecondFactor, role: workspaceMembers.role })
      .from(workspaceMembers)
      .innerJoin(workspaces, eq(workspaces.workspaceId, workspaceMembers.workspaceId))
      .where(eq(workspaceMembers.userId, userId))
      .orderBy(asc(workspaceMembers.createdAt), asc(workspaces.workspaceId))
  })
}

/** Whether anybody can sign in yet; the demo's own account does not count. */
export async function hasAccounts(): Promise<boolean> {
  const connection = await database()
  return (await connection.$count(users, ne(users.email, demoManagerEmail))) > 0
}

/** The id of the workspace with this slug, or null. For who runs the server: it asks nobody's membership. */
export async function findWorkspaceId(slug: string): Promise<string | null> {
  return acrossWorkspaces(async () => {
    const connection = await database()
    const [row] = await connection
      .select({ workspaceId: workspaces.workspaceId })
      .from(workspaces)
      .where(eq(workspaces.slug, slug))
    return row?.workspaceId ?? null
  })
}

/** The slugs of all workspaces, in order. For who runs the server: it asks nobody's membership. */
export async function listWorkspaceSlugs(): Promise<string[]> {
  return acrossWorkspaces(async () => {
    const connection = await database()
    const rows = await connection.select({ slug: workspaces.slug }).from(workspaces).orderBy(asc(workspaces.slug))
    return rows.map(({ slug }) => slug)
  })
}
