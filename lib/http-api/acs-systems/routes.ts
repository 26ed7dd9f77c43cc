import { z } from '@hono/zod-openapi'
import { createAccessSystem, deleteAccessSystem, updateAccessSystem } from '@/lib/access/systems/commands'
import { getAccessSystemRecord, listAccessSystemRecords } from '@/lib/access/systems/records'
import { commandEndpoint, type Endpoint, endpoint, readMethods } from '../endpoint'
import { byName, foreign, id, search, text } from '../parameters'
import { acsSystemWire, wireAcsSystem } from '../wire/acs-systems'
import { onlyByHand } from './only-by-hand'

const kept = {
  vendor_name: text().nullish().openapi({ description: 'Whose product it is, as people call it: `Paxton Net2`.' }),
  time_zone: text().nullish().openapi({ description: 'The IANA name of the zone that it stands in.' }),
}

export const acsSystemEndpoints: Endpoint[] = [
  endpoint({
    path: '/acs/systems/create',
    methods: ['POST'],
    summary: 'Create an access system',
    description:
      'One that’s kept by hand: Keyholder records who may open what, and people program it at the system’s own panel.',
    isKeyholderOwn: true,
    parameters: z.object({
      name: text().min(1).openapi({ description: 'No other access system of the workspace may have it.' }),
      ...kept,
    }),
    responseKey: 'acs_system',
    response: acsSystemWire,
    refusals: ['acs_system_name_taken', 'too_many_acs_systems'],
    run: async ({ actor, apiUrl }, parameters) => {
      const { acsSystemId } = await createAccessSystem(actor, parameters)
      return wireAcsSystem(await getAccessSystemRecord(actor.workspaceId, acsSystemId), apiUrl)
    },
  }),
  endpoint({
    path: '/acs/systems/get',
    methods: readMethods,
    summary: 'Get an access system',
    parameters: z.object({ acs_system_id: id() }),
    responseKey: 'acs_system',
    response: acsSystemWire,
    refusals: ['acs_system_not_found'],
    run: async ({ actor, apiUrl }, { acs_system_id }) =>
      wireAcsSystem(await getAccessSystemRecord(actor.workspaceId, acs_system_id), apiUrl),
  }),
  endpoint({
    path: '/acs/systems/list',
    methods: readMethods,
    summary: 'List access systems',
    parameters: z.object({
      connected_account_id: id().optional(),
      customer_key: foreign('customers'),
      search: search(byName).optional(),
    }),
    responseKey: 'acs_systems',
    response: acsSystemWire.array(),
    run: async ({ actor, apiUrl }, { connected_account_id, customer_key, search }) => {
      if (customer_key) return []
      const filter = { connectedAccountId: connected_account_id, search }
      const records = await listAccessSystemRecords(actor.workspaceId, filter)
      return records.map((record) => wireAcsSystem(record, apiUrl))
    },
  }),
  endpoint({
    path: '/acs/systems/update',
    methods: ['PATCH', 'POST'],
    summary: 'Update an access system',
    description: `What’s left out stays; null clears the vendor or the time zone. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({ acs_system_id: id(), name: text().min(1).optional(), ...kept }),
    responseKey: 'acs_system',
    response: acsSystemWire,
    refusals: ['acs_system_not_found', 'acs_system_not_kept_by_hand', 'acs_system_name_taken'],
    run: async ({ actor, apiUrl }, parameters) => {
      await updateAccessSystem(actor, parameters)
      return wireAcsSystem(await getAccessSystemRecord(actor.workspaceId, parameters.acs_system_id), apiUrl)
    },
  }),
  commandEndpoint({
    path: '/acs/systems/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete an access system',
    description: `With its entrances, access groups, ACS users and their credentials. It can be undone in the dashboard, except that cards and door codes stay lost. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({ acs_system_id: id() }),
    refusals: [
      'acs_system_not_found',
      'acs_system_not_kept_by_hand',
      'acs_system_too_large',
      'acs_system_changed_meanwhile',
    ],
    run: ({ actor }, parameters) => deleteAccessSystem(actor, parameters),
  }),
]
