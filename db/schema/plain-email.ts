import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * An email address in lower case without dots and +tag before the @, as most providers see it. What finds
 * people by it says it in these very words, or `user_identities_by_plain_email` is not used.
 */
export const plainEmailOf = (emailAddress: SQLWrapper): SQL =>
  sql`(replace(regexp_replace(split_part(lower(${emailAddress}), '@', 1), '\\+.*$', ''), '.', '') || '@' || split_part(lower(${emailAddress}), '@', 2))`
