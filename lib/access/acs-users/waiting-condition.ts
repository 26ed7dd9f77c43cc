import { and, isNull, type SQL } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'

/** The condition under which an ACS user waits for an identity: it has none, and nobody marked it as not a person. */
export function waitsForIdentity(): SQL | undefined {
  return and(isNull(acsUsers.userIdentityId), isNull(acsUsers.notAPersonAt))
}
