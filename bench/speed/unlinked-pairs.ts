import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/db/client'

/** A person and an ACS user that can be attached to them. */
export type Pair = { userIdentityId: string; acsUserId: string }

/** Adds so many people and, for each, an ACS user that nobody holds. */
export async function addUnlinkedPairs(workspaceId: string, acsSystemId: string, count: number): Promise<Pair[]> {
  const pairs = Array.from({ length: count }, () => ({ userIdentityId: uuidv7(), acsUserId: uuidv7() }))
  const connection = await database()
  const rows = sql`json_to_recordset(${JSON.stringify(pairs)}::json) as pair ("userIdentityId" uuid, "acsUserId" uuid)`
  await connection.execute(sql`insert into user_identities (workspace_id, user_identity_id, full_name)
    select ${workspaceId}::uuid, "userIdentityId", 'Bench Pair' from ${rows}`)
  await connection.execute(sql`insert into acs_users (workspace_id, acs_user_id, acs_system_id, full_name)
    select ${workspaceId}::uuid, "acsUserId", ${acsSystemId}::uuid, 'Bench Pair' from ${rows}`)
  return pairs
}
