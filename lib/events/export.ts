import { stringify } from 'csv-stringify/sync'
import { csvCell } from '../csv/cell'
import { type EventEntry, type EventSlice, eventSentence, fieldName } from './event'
import { listEvents } from './queries'

const batchSize = 500

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
  const changes = Object.entries(data.changes ?? {}).map(
    ([field, { from, to }]) => `${fieldName(field)}: ${from ?? 'none'} → ${to ?? 'none'}`,
  )
  return [
    event.occurredAt,
    event.actorName,
    event.actorKind,
    eventSentence({ eventType: event.eventType, data }),
    changes.join('; '),
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
  ].map(csvCell)
}

/** The events that a filter leaves as CSV, newest first, read batch by batch as fast as it is taken. */
export async function* eventsAsCsv(
  workspaceId: string,
  filter: Parameters<typeof listEvents>[1],
): AsyncGenerator<string> {
  // Spreadsheets take a file for UTF-8 by its byte order mark.
  yield `\uFEFF${stringify([columns], format)}`
  let cursor: string | null = null
  do {
    const slice: EventSlice = await listEvents(workspaceId, filter, null, { cursor, limit: batchSize })
    yield stringify(slice.entries.map(rowOf), format)
    cursor = slice.nextCursor
  } while (cursor)
}

const format = { record_delimiter: 'windows' }
