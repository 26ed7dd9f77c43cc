import { and, asc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { afterRow, rowsToRead, type Slice, type Sliced, toSliced } from '@/lib/platform/pagination/slice'
import { notFound } from '@/lib/platform/refusals'
import { searchCondition } from '@/lib/platform/search/search-condition'
import { parseSearchQuery } from '@/lib/platform/search/search-query'
import { keptForms } from '../acs-user-rows/credential-secrets'
import { opensEntrance } from '../entrances/records'
import { refuseUnknown } from '../links/refuse-unknown'

/** A credential with all that the contract tells of it. */
export type CredentialRecord = {
  credential: typeof credentials.$inferSelect
  userIdentityId: string | null
  system: Pick<typeof accessSystems.$inferSelect, 'externalType' | 'vendorName' | 'connectedAccountId'>
}

/** Which credentials a list is of; all of these at once. */
export type CredentialFilter = {
  acsSystemId?: string
  acsUserId?: string
  userIdentityId?: string
  opening?: { acsEntranceId: string }
  createdBefore?: Date
  search?: string
}

async function readRecords(condition: SQL | undefined, limit?: number): Promise<CredentialRecord[]> {
  const connection = await database()
  const query = connection
    .select({
      credential: credentials,
      userIdentityId: acsUsers.userIdentityId,
      system: {
        externalType: accessSystems.externalType,
        vendorName: accessSystems.vendorName,
        connectedAccountId: accessSystems.connectedAccountId,
      },
    })
    .from(credentials)
    .innerJoin(
      accessSystems,
      and(
        eq(accessSystems.workspaceId, credentials.workspaceId),
        eq(accessSystems.acsSystemId, credentials.acsSystemId),
      ),
    )
    .leftJoin(
      acsUsers,
      and(eq(acsUsers.workspaceId, credentials.workspaceId), eq(acsUsers.acsUserId, credentials.acsUserId)),
    )
    .where(condition)
    .orderBy(asc(credentials.acsCredentialId))
  return limit === undefined ? query : query.limit(limit)
}

/** By a part of its name, by an id, or by all of its code or card number. */
function isFound(search: string): SQL | undefined {
  const { codes, cardNumbers } = keptForms(search)
  return or(
    searchCondition(
      parseSearchQuery(search),
      sql`search_normalize(${credentials.displayName} || E'\\n' || coalesce(${credentials.code}, '') || E'\\n' || coalesce(${credentials.cardNumber}, ''))`,
      [credentials.acsCredentialId, credentials.acsUserId],
    ),
    inArray(credentials.sealedCode, codes),
    inArray(credentials.sealedCardNumber, cardNumbers),
  )
}

/**
 * One credential.
 *
 * @throws Refusal `acs_credential_not_found`
 */
export async function getCredentialRecord(workspaceId: string, acsCredentialId: string): Promise<CredentialRecord> {
  const [record] = await readRecords(
    and(eq(credentials.workspaceId, workspaceId), eq(credentials.acsCredentialId, acsCredentialId)),
  )
  if (!record) throw notFound('acs_credential')
  return record
}

/**
 * The workspace's credentials, oldest first.
 *
 * @param slice all of them, where none is given
 * @throws Refusal `…_not_found` for an access system, ACS user, user identity or entrance
 */
export async function listCredentialRecords(
  workspaceId: string,
  filter: CredentialFilter,
  slice?: Slice,
): Promise<Sliced<CredentialRecord>> {
  const { acsSystemId, acsUserId, userIdentityId, opening, createdBefore, search } = filter
  const rows = await readRecords(
    and(
      eq(credentials.workspaceId, workspaceId),
      acsSystemId === undefined ? undefined : eq(credentials.acsSystemId, acsSystemId),
      acsUserId === undefined ? undefined : eq(credentials.acsUserId, acsUserId),
      userIdentityId === undefined ? undefined : eq(acsUsers.userIdentityId, userIdentityId),
      opening && opensEntrance(workspaceId, opening.acsEntranceId),
      createdBefore && lt(credentials.createdAt, createdBefore),
      search?.trim() ? isFound(search) : undefined,
      slice && afterRow(credentials.acsCredentialId, slice),
    ),
    slice && rowsToRead(slice),
  )
  if (rows.length === 0) {
    await refuseUnknown(workspaceId, {
      acs_system: acsSystemId,
      acs_user: acsUserId,
      user_identity: userIdentityId,
      acs_entrance: opening?.acsEntranceId,
    })
  }
  return slice ? toSliced(rows, slice) : { rows, hasMore: false }
}
