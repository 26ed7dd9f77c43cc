import type { credentials } from '@/db/schema/credentials'
import type { EventData } from '@/db/schema/events'

/** What the history keeps of a credential, so that it can be brought back: everything but its code. */
export function describeCredential(
  credential: Omit<typeof credentials.$inferInsert, 'workspaceId'>,
  acsEntranceIds: string[],
): NonNullable<EventData['credential']> {
  return {
    access_method: credential.accessMethod,
    display_name: credential.displayName,
    starts_at: credential.startsAt?.toISOString() ?? null,
    ends_at: credential.endsAt?.toISOString() ?? null,
    is_issued: credential.isIssued ?? false,
    issued_at: credential.issuedAt?.toISOString() ?? null,
    acs_entrance_ids: acsEntranceIds,
  }
}
