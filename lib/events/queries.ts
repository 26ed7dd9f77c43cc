import { and, desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { events } from '@/db/schema/events'
import { isUuid } from '../parse-input'
import type { EventListItem } from './event'

/** The newest events of a workspace, or of one identity or one ACS user of it. */
export async function listRecentEvents(
  workspaceId: string,
  about: { userIdentityId?: string; acsUserId?: string },
  limit: number,
): Promise<EventListItem[]> {
  if ([about.userIdentityId, about.acsUserId].some((id) => id !== undefined && !isUuid(id))) return []
  const connection = await database()
  const rows = await connection
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      occurredAt: events.occurredAt,
      actorName: events.actorName,
      userIdentityId: events.userIdentityId,
      acsSystemId: events.acsSystemId,
      acsUserId: events.acsUserId,
      data: events.data,
    })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        about.userIdentityId !== undefined ? eq(events.userIdentityId, about.userIdentityId) : undefined,
        about.acsUserId !== undefined ? eq(events.acsUserId, about.acsUserId) : undefined,
      ),
    )
    .orderBy(desc(events.eventId))
    .limit(limit)
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }))
}
