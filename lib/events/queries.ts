import { and, desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { events } from '@/db/schema/events'
import { isUuid } from '../parse-input'
import { type EventListItem, eventSentence } from './event'

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

/** The newest of what happened to a person, by which a page that shows them sees that it is out of date. */
export type LatestEvent = { eventId: string; actorId: string | null; actorName: string; sentence: string }

/** The newest event of a person and of the ACS users they held then; null when nothing ever happened. One indexed read. */
export async function getLatestEvent(workspaceId: string, userIdentityId: string): Promise<LatestEvent | null> {
  if (!isUuid(userIdentityId)) return null
  const connection = await database()
  const [row] = await connection
    .select({
      eventId: events.eventId,
      eventType: events.eventType,
      actorId: events.actorId,
      actorName: events.actorName,
      data: events.data,
    })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), eq(events.userIdentityId, userIdentityId)))
    .orderBy(desc(events.eventId))
    .limit(1)
  if (!row) return null
  const { eventId, actorId, actorName } = row
  return { eventId, actorId, actorName, sentence: eventSentence(row) }
}
