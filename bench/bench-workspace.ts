import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { fillWorkspaceInBulk } from '@/db/bulk-seed/fill-workspace-in-bulk'
import { database } from '@/db/client'
import { workspaces } from '@/db/schema/workspaces'
import { inWorkspace } from '@/db/scope'
import { findWorkspaceId } from '@/lib/accounts/workspaces/queries'

/**
 * A workspace of so many people, each with about three ACS users in five access systems, filled as
 * `npm run seed` does. One of that size that is there already is taken as it is.
 */
export async function benchWorkspace(people: number): Promise<string> {
  const slug = `bench-${people}`
  const known = await findWorkspaceId(slug)
  if (known) return known
  const connection = await database()
  const workspaceId = uuidv7()
  await inWorkspace(workspaceId, async () => {
    await connection.insert(workspaces).values({ workspaceId, slug, name: slug, isSandbox: true })
    await fillWorkspaceInBulk(connection, workspaceId, { identities: people })
  })
  await connection.execute(sql`vacuum analyze`)
  return workspaceId
}
