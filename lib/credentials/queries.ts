import { and, desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { isUuid } from '../parse-input'
import type { Credential } from './credential'

/** Credentials of one ACS user, or of all ACS users linked to one identity; newest first. */
export async function listCredentials(
  workspaceId: string,
  of: { userIdentityId: string } | { acsUserId: string },
): Promise<Credential[]> {
  if (!isUuid('userIdentityId' in of ? of.userIdentityId : of.acsUserId)) return []
  const connection = await database()
  const rows = await connection
    .select({
      acsCredentialId: credentials.acsCredentialId,
      acsSystemId: credentials.acsSystemId,
      acsUserId: acsUsers.acsUserId,
      acsUserName: acsUsers.displayName,
      acsSystemName: accessSystems.name,
      accessMethod: credentials.accessMethod,
      displayName: credentials.displayName,
      startsAt: credentials.startsAt,
      endsAt: credentials.endsAt,
      isIssued: credentials.isIssued,
      issuedAt: credentials.issuedAt,
      warnings: credentials.warnings,
      errors: credentials.errors,
    })
    .from(credentials)
    .innerJoin(
      acsUsers,
      and(eq(acsUsers.workspaceId, credentials.workspaceId), eq(acsUsers.acsUserId, credentials.acsUserId)),
    )
    .innerJoin(
      accessSystems,
      and(
        eq(accessSystems.workspaceId, credentials.workspaceId),
        eq(accessSystems.acsSystemId, credentials.acsSystemId),
      ),
    )
    .where(
      and(
        eq(credentials.workspaceId, workspaceId),
        'userIdentityId' in of
          ? eq(acsUsers.userIdentityId, of.userIdentityId)
          : eq(credentials.acsUserId, of.acsUserId),
      ),
    )
    .orderBy(desc(credentials.acsCredentialId))
  return rows.map((row) => ({
    ...row,
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
    issuedAt: row.issuedAt?.toISOString() ?? null,
  }))
}
