import type { acsUsers } from '@/db/schema/acs-users'
import type { AcsUserStanding } from './acs-user'

/** What of an ACS user's row says whether it can get in. */
export function standingOf(row: typeof acsUsers.$inferSelect): AcsUserStanding {
  return {
    isSuspended: row.isSuspended,
    accessStartsAt: row.accessStartsAt?.toISOString() ?? null,
    accessEndsAt: row.accessEndsAt?.toISOString() ?? null,
    errors: row.errors,
  }
}
