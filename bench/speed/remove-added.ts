import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { addedName } from './writes'

/** Takes out of a workspace whom the bench has added, so that the next one finds as many people as its size says. */
export async function removeAdded(workspaceId: string): Promise<void> {
  const connection = await database()
  for (const table of [sql`acs_users`, sql`user_identities`]) {
    await connection.execute(sql`delete from ${table} where workspace_id = ${workspaceId} and full_name ~ ${addedName}`)
  }
  await connection.execute(sql`vacuum analyze`)
}
