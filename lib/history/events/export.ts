import type { Table } from '@/lib/platform/tables/table'
import { changesInWords, type EventEntry, type EventSlice, eventSentence } from './event'
import { listEvents } from './queries'

const batchSize = 250

const columns = [
  'Time',
  'Actor',
  'Actor kind',
  'What happened',
  'Changes',
  'Person',
  'ACS user',
  'Access system',
  'Event type',
  'Person ID',
  'ACS user ID',
  'Access system ID',
  'Credential ID',
  'Event ID',
  'Request ID',
]

function rowOf({ data, ...event }: EventEntry): string[] {
  return [
    event.occurredAt,
    event.actorName,
    event.actorKind,
    eventSentence({ eventType: event.eventType, data }),
    changesInWords(data.changes ?? {}),
    data.user_identity_name ?? '',
    data.acs_user_name ?? '',
    data.acs_system_name ?? '',
    event.eventType,
    event.userIdentityId ?? '',
    event.acsUserId ?? '',
    event.acsSystemId ?? '',
    event.acsCredentialId ?? '',
    event.eventId,
    event.requestId ?? '',
  ]
}

/** The events that a filter leaves, newest first, read batch by batch as fast as it is taken. */
export function eventsTable(workspaceId: string, filter: Filter): Table {
  return { headers: columns, batches: batches(workspaceId, filter) }
}

type Filter = Parameters<typeof listEvents>[1]

async function* batches(workspaceId: string, filter: Filter): AsyncGenerator<string[][]> {
  let cursor: string | null = null
  do {
    const slice: EventSlice = await listEvents(workspaceId, filter, null, { cursor, limit: batchSize })
    yield slice.entries.map(rowOf)
    cursor = slice.nextCursor
  } while (cursor)
}
