import { z } from '@hono/zod-openapi'
import { getEventRecord, listEventRecords } from '@/lib/history/events/records'
import { wireEvent } from '@/lib/history/events/wire-event'
import { invalidInput, notFound } from '@/lib/platform/refusals'
import { type Endpoint, endpoint, readMethods } from '../endpoint'
import { dateTime, foreign, id, text, toDate } from '../parameters'
import { time, uuid } from '../wire/values'

const eventWire = z
  .object({
    event_id: uuid(),
    event_type: z.string(),
    workspace_id: uuid(),
    created_at: time(),
    occurred_at: time(),
    user_identity_id: uuid().optional(),
    acs_system_id: uuid().optional(),
    acs_user_id: uuid().optional(),
    acs_credential_id: uuid().optional(),
    acs_access_group_id: uuid().optional(),
    acs_entrance_id: uuid().optional(),
    connected_account_id: uuid().optional(),
    changed_fields: z.string().array().optional(),
  })
  .openapi('Event')

/** Ours, or one of those that Seam has beside. */
const eventType = () =>
  text()
    .max(100)
    .regex(/^[a-z_]+(\.[a-z_]+)+$/, { error: 'must be an event type such as user_identity.created' })

const foreignList = (what: string) =>
  text()
    .array()
    .max(100)
    .optional()
    .openapi({ description: `Keyholder has no ${what}, so that nothing matches.` })

/** Filters of Seam's by things that Keyholder does not have. */
const foreignFilters = {
  access_code_id: foreign('access codes'),
  access_code_ids: foreignList('access codes'),
  access_grant_id: foreign('access grants'),
  access_grant_ids: foreignList('access grants'),
  access_method_id: foreign('access methods'),
  access_method_ids: foreignList('access methods'),
  acs_encoder_id: foreign('encoders'),
  connect_webview_id: foreign('Connect Webviews'),
  customer_key: foreign('customers'),
  device_id: foreign('devices'),
  device_ids: foreignList('devices'),
  space_id: foreign('spaces'),
  space_ids: foreignList('spaces'),
}

export const eventEndpoints: Endpoint[] = [
  endpoint({
    path: '/events/get',
    methods: readMethods,
    summary: 'Get an event',
    description: 'By `event_id`; or, by `event_type`, the newest of this type.',
    parameters: z.object({
      event_id: id().optional(),
      event_type: eventType().optional(),
      device_id: foreign('devices'),
    }),
    responseKey: 'event',
    response: eventWire,
    refusals: ['event_not_found'],
    run: async ({ actor }, { event_id, event_type, device_id }) => {
      if (event_id === undefined && event_type === undefined) {
        throw invalidInput('Send event_id, or event_type for the newest of a type.', 'event_id')
      }
      if (device_id) throw notFound('event')
      const record = await getEventRecord(actor.workspaceId, { eventId: event_id, eventType: event_type })
      return wireEvent(record.event, record.connectedAccountId)
    },
  }),
  endpoint({
    path: '/events/list',
    methods: readMethods,
    summary: 'List events',
    description:
      'Oldest first. To follow what happens, ask with `since` set to the `occurred_at` of the last event that you have; it comes again, and then the newer ones.',
    parameters: z.object({
      since: dateTime().optional(),
      between: dateTime().array().length(2, { error: 'must be two times: from and to' }).optional(),
      event_ids: id().array().max(1000).optional(),
      event_type: eventType().optional(),
      event_types: eventType().array().max(100).optional(),
      acs_access_group_id: id().optional(),
      acs_credential_id: id().optional(),
      acs_entrance_id: id().optional(),
      acs_system_id: id().optional(),
      acs_system_ids: id().array().max(1000).optional(),
      acs_user_id: id().optional(),
      connected_account_id: id().optional(),
      user_identity_id: id().optional(),
      ...foreignFilters,
      limit: z.int().min(0).max(1000).default(500),
      unstable_offset: z.int().min(0).max(1_000_000).default(0),
    }),
    responseKey: 'events',
    response: eventWire.array(),
    run: async ({ actor }, parameters) => {
      const foreignNames = Object.keys(foreignFilters) as (keyof typeof foreignFilters)[]
      if (foreignNames.some((name) => parameters[name] !== undefined && parameters[name] !== null)) return []
      const { since, between, event_type, event_types, acs_system_id, acs_system_ids } = parameters
      const records = await listEventRecords(
        actor.workspaceId,
        {
          since: latest(toDate(since), toDate(between?.[0])),
          until: toDate(between?.[1]),
          eventIds: parameters.event_ids,
          eventTypes: both(event_type, event_types),
          acsSystemIds: both(acs_system_id, acs_system_ids),
          acsAccessGroupId: parameters.acs_access_group_id,
          acsCredentialId: parameters.acs_credential_id,
          acsEntranceId: parameters.acs_entrance_id,
          acsUserId: parameters.acs_user_id,
          connectedAccountId: parameters.connected_account_id,
          userIdentityId: parameters.user_identity_id,
        },
        { limit: parameters.limit, offset: parameters.unstable_offset },
      )
      return records.map((record) => wireEvent(record.event, record.connectedAccountId))
    },
  }),
]

/** What a single value and a list of them leave when both must hold. */
function both(one: string | undefined, many: string[] | undefined): string[] | undefined {
  if (one === undefined) return many
  return many === undefined || many.includes(one) ? [one] : []
}

function latest(one: Date | undefined, other: Date | undefined): Date | undefined {
  return one && other ? (one > other ? one : other) : (one ?? other)
}
