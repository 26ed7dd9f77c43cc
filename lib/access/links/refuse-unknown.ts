import { and, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessGroups } from '@/db/schema/access-groups'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { userIdentities } from '@/db/schema/user-identities'
import { notFound } from '@/lib/platform/refusals'
import { identityNotFound } from './merged'

const tables = {
  user_identity: { table: userIdentities, id: userIdentities.userIdentityId },
  acs_system: { table: accessSystems, id: accessSystems.acsSystemId },
  acs_user: { table: acsUsers, id: acsUsers.acsUserId },
  acs_access_group: { table: accessGroups, id: accessGroups.acsAccessGroupId },
  acs_credential: { table: credentials, id: credentials.acsCredentialId },
  acs_entrance: { table: entrances, id: entrances.acsEntranceId },
} as const

/**
 * For a list that came out empty: tells "none of these" from "no such thing". A list that is not empty
 * need not ask.
 *
 * @throws Refusal `…_not_found` for the first id that the workspace does not have
 */
export async function refuseUnknown(
  workspaceId: string,
  ids: Partial<Record<keyof typeof tables, string | undefined>>,
): Promise<void> {
  const connection = await database()
  for (const thing of Object.keys(ids) as (keyof typeof tables)[]) {
    const wanted = ids[thing]
    if (wanted === undefined) continue
    const { table, id } = tables[thing]
    const known = await connection.$count(table, and(eq(table.workspaceId, workspaceId), eq(id, wanted)))
    if (known > 0) continue
    throw thing === 'user_identity' ? await identityNotFound(workspaceId, wanted) : notFound(thing)
  }
}
