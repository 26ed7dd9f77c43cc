import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { isUuid } from '@/lib/platform/input'
import { credentialsNameEntrances } from '../system-rows/vendor'
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
      timeZone: accessSystems.timeZone,
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

/** An ACS user for whom a mobile credential may be issued, or why it cannot. */
export type IssueOption = {
  acsUserId: string
  acsUserName: string
  acsSystemId: string
  acsSystemName: string
  timeZone: string | null
  accessStartsAt: string | null
  accessEndsAt: string | null
  /** Why no mobile key can be issued there, in words; null where one can. */
  refusal: string | null
  /** The entrances that a credential can be issued for; empty where access groups alone open doors. */
  entrances: { acsEntranceId: string; displayName: string }[]
}

/**
 * For whom a mobile credential can be issued: one ACS user, or all that are linked to an identity, by
 * access system.
 */
export async function listIssueOptions(
  workspaceId: string,
  of: { userIdentityId: string } | { acsUserId: string },
): Promise<IssueOption[]> {
  if (!isUuid('userIdentityId' in of ? of.userIdentityId : of.acsUserId)) return []
  const connection = await database()
  const rows = await connection
    .select({
      acsUserId: acsUsers.acsUserId,
      acsUserName: acsUsers.displayName,
      acsSystemId: acsUsers.acsSystemId,
      acsSystemName: accessSystems.name,
      externalType: accessSystems.externalType,
      vendorName: accessSystems.vendorName,
      timeZone: accessSystems.timeZone,
      accessStartsAt: acsUsers.accessStartsAt,
      accessEndsAt: acsUsers.accessEndsAt,
    })
    .from(acsUsers)
    .innerJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, acsUsers.workspaceId), eq(accessSystems.acsSystemId, acsUsers.acsSystemId)),
    )
    .where(
      and(
        eq(acsUsers.workspaceId, workspaceId),
        'userIdentityId' in of ? eq(acsUsers.userIdentityId, of.userIdentityId) : eq(acsUsers.acsUserId, of.acsUserId),
      ),
    )
    .orderBy(asc(accessSystems.name), asc(acsUsers.acsUserId))
  const systems = [...new Set(rows.map(({ acsSystemId }) => acsSystemId))]
  const doors =
    systems.length === 0
      ? []
      : await connection
          .select({
            acsEntranceId: entrances.acsEntranceId,
            acsSystemId: entrances.acsSystemId,
            displayName: entrances.displayName,
          })
          .from(entrances)
          .where(
            and(
              eq(entrances.workspaceId, workspaceId),
              inArray(entrances.acsSystemId, systems),
              eq(entrances.canUnlockWithMobileKey, true),
            ),
          )
          .orderBy(asc(entrances.displayName), asc(entrances.acsEntranceId))
  return rows.map(({ externalType, vendorName, accessStartsAt, accessEndsAt, ...row }) => {
    const theirs = doors.filter(({ acsSystemId }) => acsSystemId === row.acsSystemId)
    return {
      ...row,
      accessStartsAt: accessStartsAt?.toISOString() ?? null,
      accessEndsAt: accessEndsAt?.toISOString() ?? null,
      refusal: theirs.length === 0 ? 'None of its doors unlocks with a mobile key.' : null,
      entrances: credentialsNameEntrances({ externalType, vendorName })
        ? theirs.map(({ acsEntranceId, displayName }) => ({ acsEntranceId, displayName }))
        : [],
    }
  })
}
