import { and, asc, desc, eq, gte, inArray, lte, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { events } from '@/db/schema/events'
import { notFound } from '@/lib/platform/refusals'

/** An event with all that the contract tells of it. */
export type EventRecord = { event: typeof events.$inferSelect; connectedAccountId: string | null }

/** Which events a list is of; all of these at once. */
export type EventFilter = {
  since?: Date
  until?: Date
  eventIds?: string[]
  eventTypes?: string[]
  acsAccessGroupId?: string
  acsCredentialId?: string
  acsEntranceId?: string
  acsSystemIds?: string[]
  acsUserId?: string
  connectedAccountId?: string
  userIdentityId?: string
}

async function readRecords(
  condition: SQL | undefined,
  order: SQL[],
  limit: number,
  offset = 0,
): Promise<EventRecord[]> {
  const connection = await database()
  return connection
    .select({ event: events, connectedAccountId: accessSystems.connectedAccountId })
    .from(events)
    .leftJoin(
      accessSystems,
      and(eq(accessSystems.workspaceId, events.workspaceId), eq(accessSystems.acsSystemId, events.acsSystemId)),
    )
    .where(condition)
    .orderBy(...order)
    .limit(limit)
    .offset(offset)
}

/** The workspace's events, oldest first. */
export async function listEventRecords(
  workspaceId: string,
  filter: EventFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<EventRecord[]> {
  const is = (column: Parameters<typeof eq>[0], value: string | undefined) =>
    value === undefined ? undefined : eq(column, value)
  return readRecords(
    and(
      eq(events.workspaceId, workspaceId),
      filter.since && gte(events.occurredAt, filter.since),
      filter.until && lte(events.occurredAt, filter.until),
      filter.eventIds && inArray(events.eventId, filter.eventIds),
      filter.eventTypes && inArray(events.eventType, filter.eventTypes),
      filter.acsSystemIds && inArray(events.acsSystemId, filter.acsSystemIds),
      is(events.acsAccessGroupId, filter.acsAccessGroupId),
      is(events.acsCredentialId, filter.acsCredentialId),
      is(events.acsEntranceId, filter.acsEntranceId),
      is(events.acsUserId, filter.acsUserId),
      is(events.userIdentityId, filter.userIdentityId),
      is(accessSystems.connectedAccountId, filter.connectedAccountId),
    ),
    [asc(events.occurredAt), asc(events.eventId)],
    limit,
    offset,
  )
}

/**
 * One event: by its id, or the newest of a type.
 *
 * @throws Refusal `event_not_found`
 */
export async function getEventRecord(
  workspaceId: string,
  { eventId, eventType }: { eventId?: string; eventType?: string },
): Promise<EventRecord> {
  const [record] = await readRecords(
    and(
      eq(events.workspaceId, workspaceId),
      eventId === undefined ? undefined : eq(events.eventId, eventId),
      eventType === undefined ? undefined : eq(events.eventType, eventType),
    ),
    [desc(events.occurredAt), desc(events.eventId)],
    1,
  )
  if (!record) throw notFound('event')
  return record
}
