import { type SQL, sql } from 'drizzle-orm'
import { acsUsers } from '@/db/schema/acs-users'

/** Whether an ACS user has any of the problems that `acsUserProblems` names, as an SQL condition. */
export function acsUserHasProblem(): SQL {
  return sql`(jsonb_array_length(${acsUsers.errors}) > 0 or ${acsUsers.isSuspended} or coalesce(${acsUsers.accessEndsAt} <= now(), false) or coalesce(${acsUsers.accessStartsAt} > now(), false))`
}
