import { z } from '@hono/zod-openapi'
import { getAccessSystemRecord, listAccessSystemRecords } from '../../access-systems/records'
import { type Endpoint, endpoint, readMethods } from '../endpoint'
import { foreign, id } from '../parameters'
import { acsSystemWire, wireAcsSystem } from './wire'

export const acsSystemEndpoints: Endpoint[] = [
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
    }),
    responseKey: 'acs_systems',
    response: acsSystemWire.array(),
    run: async ({ actor, apiUrl }, { connected_account_id, customer_key }) => {
      if (customer_key) return []
      const records = await listAccessSystemRecords(actor.workspaceId, { connectedAccountId: connected_account_id })
      return records.map((record) => wireAcsSystem(record, apiUrl))
    },
  }),
]
