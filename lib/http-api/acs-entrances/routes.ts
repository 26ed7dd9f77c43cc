import { z } from '@hono/zod-openapi'
import { listCredentialRecords } from '@/lib/access/credentials/records'
import { grantAccessToEntrance } from '@/lib/access/entrances/commands'
import { createEntrance, deleteEntrance, updateEntrance } from '@/lib/access/entrances/manage-entrances'
import { getEntranceRecord, listEntranceRecords } from '@/lib/access/entrances/records'
import { onlyByHand } from '../acs-systems/only-by-hand'
import { commandEndpoint, type Endpoint, endpoint, pagedEndpoint, readMethods } from '../endpoint'
import { toPageAnswer } from '../page-answer'
import { byName, foreign, id, pageParameters, refused, search, text } from '../parameters'
import { acsCredentialWire, wireAcsCredential } from '../wire/acs-credentials'
import { acsEntranceWire, wireAcsEntrance } from '../wire/acs-entrances'

export const acsEntranceEndpoints: Endpoint[] = [
  endpoint({
    path: '/acs/entrances/create',
    methods: ['POST'],
    summary: 'Create an entrance',
    description: `In an access system that’s kept by hand. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({
      acs_system_id: id(),
      display_name: text().min(1).openapi({ description: 'No other entrance of the access system may have it.' }),
      can_unlock_with_mobile_key: z.boolean().default(false),
      can_unlock_with_card: z.boolean().default(true),
      can_unlock_with_code: z.boolean().default(false),
    }),
    responseKey: 'acs_entrance',
    response: acsEntranceWire,
    refusals: [
      'acs_system_not_found',
      'acs_system_not_kept_by_hand',
      'acs_entrance_name_taken',
      'too_many_acs_entrances',
    ],
    run: async ({ actor }, parameters) => {
      const { acsEntranceId } = await createEntrance(actor, parameters)
      return wireAcsEntrance(await getEntranceRecord(actor.workspaceId, acsEntranceId))
    },
  }),
  endpoint({
    path: '/acs/entrances/get',
    methods: readMethods,
    summary: 'Get an entrance',
    parameters: z.object({ acs_entrance_id: id() }),
    responseKey: 'acs_entrance',
    response: acsEntranceWire,
    refusals: ['acs_entrance_not_found'],
    run: async ({ actor }, { acs_entrance_id }) =>
      wireAcsEntrance(await getEntranceRecord(actor.workspaceId, acs_entrance_id)),
  }),
  pagedEndpoint({
    path: '/acs/entrances/list',
    methods: readMethods,
    summary: 'List entrances',
    description: 'Oldest first.',
    parameters: z.object({
      acs_system_id: id().optional(),
      acs_credential_id: id().optional().openapi({ description: 'Only entrances that this credential opens.' }),
      acs_entrance_ids: id().array().max(1000).optional(),
      connected_account_id: id().optional(),
      customer_key: foreign('customers'),
      location_id: foreign('locations'),
      space_id: foreign('spaces'),
      search: search(byName).optional(),
      ...pageParameters(900),
    }),
    responseKey: 'acs_entrances',
    item: acsEntranceWire,
    refusals: ['acs_system_not_found', 'acs_credential_not_found', 'mismatched_page_parameters'],
    run: async ({ actor }, parameters, slice) => {
      const { acs_credential_id, customer_key, location_id, space_id } = parameters
      if (customer_key || location_id || space_id) return { items: [], lastId: null }
      const sliced = await listEntranceRecords(
        actor.workspaceId,
        {
          acsSystemId: parameters.acs_system_id,
          acsEntranceIds: parameters.acs_entrance_ids,
          connectedAccountId: parameters.connected_account_id,
          accessibleTo: acs_credential_id === undefined ? undefined : { acsCredentialId: acs_credential_id },
          search: parameters.search,
        },
        slice,
      )
      return toPageAnswer(sliced, wireAcsEntrance, ({ entrance }) => entrance.acsEntranceId)
    },
  }),
  endpoint({
    path: '/acs/entrances/update',
    methods: ['PATCH', 'POST'],
    summary: 'Update an entrance',
    description: `What’s left out stays. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({
      acs_entrance_id: id(),
      display_name: text().min(1).optional(),
      can_unlock_with_mobile_key: z.boolean().optional(),
      can_unlock_with_card: z.boolean().optional(),
      can_unlock_with_code: z.boolean().optional(),
    }),
    responseKey: 'acs_entrance',
    response: acsEntranceWire,
    refusals: ['acs_entrance_not_found', 'acs_system_not_kept_by_hand', 'acs_entrance_name_taken'],
    run: async ({ actor }, parameters) => {
      await updateEntrance(actor, parameters)
      return wireAcsEntrance(await getEntranceRecord(actor.workspaceId, parameters.acs_entrance_id))
    },
  }),
  commandEndpoint({
    path: '/acs/entrances/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete an entrance',
    description: `Nothing opens it any more. It can be undone in the dashboard. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({ acs_entrance_id: id() }),
    refusals: ['acs_entrance_not_found', 'acs_system_not_kept_by_hand'],
    run: ({ actor }, parameters) => deleteEntrance(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/entrances/grant_access',
    methods: ['POST'],
    summary: 'Grant an ACS user access to an entrance',
    description: 'By `acs_user_id`, or by `user_identity_id`: the person’s ACS user in the entrance’s access system.',
    parameters: z.object({
      acs_entrance_id: id(),
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
    }),
    refusals: ['acs_entrance_not_found', 'acs_user_not_found', 'user_identity_not_found'],
    run: ({ actor }, parameters) => grantAccessToEntrance(actor, parameters),
  }),
  endpoint({
    path: '/acs/entrances/list_credentials_with_access',
    methods: readMethods,
    summary: 'List the credentials that open an entrance',
    description: 'Those issued for it, and those of ACS users who may open it.',
    parameters: z.object({
      acs_entrance_id: id(),
      include_if: refused(
        z.enum(['visionline_metadata.is_valid']).array().min(1),
        'Keyholder keeps no Visionline metadata',
      ),
    }),
    responseKey: 'acs_credentials',
    response: acsCredentialWire.array(),
    refusals: ['acs_entrance_not_found'],
    run: async ({ actor }, { acs_entrance_id }) => {
      const opening = { acsEntranceId: acs_entrance_id }
      const { rows } = await listCredentialRecords(actor.workspaceId, { opening })
      return rows.map(wireAcsCredential)
    },
  }),
]
