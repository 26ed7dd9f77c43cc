import { z } from '@hono/zod-openapi'
import { listAcsUserRecords } from '@/lib/access/acs-users/records'
import { listEntranceRecords } from '@/lib/access/entrances/records'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup } from '@/lib/access/groups/commands'
import { createAccessGroup, deleteAccessGroup, updateAccessGroup } from '@/lib/access/groups/manage-access-groups'
import { getAccessGroupRecord, listAccessGroupRecords } from '@/lib/access/groups/records'
import { onlyByHand } from '../acs-systems/only-by-hand'
import { commandEndpoint, type Endpoint, endpoint, readMethods } from '../endpoint'
import { byName, id, search, text } from '../parameters'
import { acsAccessGroupWire, wireAcsAccessGroup } from '../wire/acs-access-groups'
import { acsEntranceWire, wireAcsEntrance } from '../wire/acs-entrances'
import { acsUserWire, wireAcsUser } from '../wire/acs-users'

const member = { acs_access_group_id: id(), acs_user_id: id().optional(), user_identity_id: id().optional() }
const memberNote = 'By `acs_user_id`, or by `user_identity_id`: the person’s ACS user in the group’s access system.'
const memberRefusals = ['acs_access_group_not_found', 'acs_user_not_found', 'user_identity_not_found']

const entranceIds = () =>
  id().array().max(1000).openapi({ description: 'What the group opens, exactly: entrances of its access system.' })

export const acsAccessGroupEndpoints: Endpoint[] = [
  endpoint({
    path: '/acs/access_groups/create',
    methods: ['POST'],
    summary: 'Create an access group',
    description: `In an access system that’s kept by hand. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({
      acs_system_id: id(),
      name: text().min(1).openapi({ description: 'No other access group of the access system may have it.' }),
      acs_entrance_ids: entranceIds().default([]),
    }),
    responseKey: 'acs_access_group',
    response: acsAccessGroupWire,
    refusals: [
      'acs_system_not_found',
      'acs_entrance_not_found',
      'acs_system_not_kept_by_hand',
      'acs_access_group_name_taken',
      'too_many_acs_access_groups',
    ],
    run: async ({ actor }, parameters) => {
      const { acsAccessGroupId } = await createAccessGroup(actor, parameters)
      return wireAcsAccessGroup(await getAccessGroupRecord(actor.workspaceId, acsAccessGroupId))
    },
  }),
  endpoint({
    path: '/acs/access_groups/get',
    methods: readMethods,
    summary: 'Get an access group',
    parameters: z.object({ acs_access_group_id: id() }),
    responseKey: 'acs_access_group',
    response: acsAccessGroupWire,
    refusals: ['acs_access_group_not_found'],
    run: async ({ actor }, { acs_access_group_id }) =>
      wireAcsAccessGroup(await getAccessGroupRecord(actor.workspaceId, acs_access_group_id)),
  }),
  endpoint({
    path: '/acs/access_groups/list',
    methods: readMethods,
    summary: 'List access groups',
    parameters: z.object({
      acs_system_id: id().optional(),
      acs_user_id: id().optional().openapi({ description: 'Only groups that it is in.' }),
      user_identity_id: id().optional().openapi({ description: 'Only groups that one of its ACS users is in.' }),
      search: search(byName).optional(),
    }),
    responseKey: 'acs_access_groups',
    response: acsAccessGroupWire.array(),
    refusals: ['acs_system_not_found', 'acs_user_not_found', 'user_identity_not_found'],
    run: async ({ actor }, { acs_system_id, acs_user_id, user_identity_id, search }) => {
      const records = await listAccessGroupRecords(actor.workspaceId, {
        acsSystemId: acs_system_id,
        acsUserId: acs_user_id,
        userIdentityId: user_identity_id,
        search,
      })
      return records.map(wireAcsAccessGroup)
    },
  }),
  endpoint({
    path: '/acs/access_groups/update',
    methods: ['PATCH', 'POST'],
    summary: 'Update an access group',
    description: `What’s left out stays. ${onlyByHand}`,
    isKeyholderOwn: true,
    parameters: z.object({
      acs_access_group_id: id(),
      name: text().min(1).optional(),
      acs_entrance_ids: entranceIds().optional(),
    }),
    responseKey: 'acs_access_group',
    response: acsAccessGroupWire,
    refusals: [
      'acs_access_group_not_found',
      'acs_entrance_not_found',
      'acs_system_not_kept_by_hand',
      'acs_access_group_name_taken',
    ],
    run: async ({ actor }, parameters) => {
      await updateAccessGroup(actor, parameters)
      return wireAcsAccessGroup(await getAccessGroupRecord(actor.workspaceId, parameters.acs_access_group_id))
    },
  }),
  commandEndpoint({
    path: '/acs/access_groups/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete an access group',
    description: `Its ACS users leave it. It can be undone in the dashboard. ${onlyByHand}`,
    parameters: z.object({ acs_access_group_id: id() }),
    refusals: ['acs_access_group_not_found', 'acs_system_not_kept_by_hand'],
    run: ({ actor }, parameters) => deleteAccessGroup(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/access_groups/add_user',
    methods: ['POST', 'PUT'],
    summary: 'Add an ACS user to an access group',
    description: memberNote,
    parameters: z.object(member),
    refusals: memberRefusals,
    run: ({ actor }, parameters) => addAcsUserToAccessGroup(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/access_groups/remove_user',
    methods: ['DELETE', 'POST'],
    summary: 'Remove an ACS user from an access group',
    description: memberNote,
    parameters: z.object(member),
    refusals: memberRefusals,
    run: ({ actor }, parameters) => removeAcsUserFromAccessGroup(actor, parameters),
  }),
  endpoint({
    path: '/acs/access_groups/list_users',
    methods: readMethods,
    summary: 'List the ACS users in an access group',
    parameters: z.object({ acs_access_group_id: id() }),
    responseKey: 'acs_users',
    response: acsUserWire.array(),
    refusals: ['acs_access_group_not_found'],
    run: async ({ actor }, { acs_access_group_id }) => {
      const { rows } = await listAcsUserRecords(actor.workspaceId, { acsAccessGroupId: acs_access_group_id })
      return rows.map(wireAcsUser)
    },
  }),
  endpoint({
    path: '/acs/access_groups/list_accessible_entrances',
    methods: readMethods,
    summary: 'List the entrances that an access group opens',
    parameters: z.object({ acs_access_group_id: id() }),
    responseKey: 'acs_entrances',
    response: acsEntranceWire.array(),
    refusals: ['acs_access_group_not_found'],
    run: async ({ actor }, { acs_access_group_id }) => {
      const accessibleTo = { acsAccessGroupId: acs_access_group_id }
      const { rows } = await listEntranceRecords(actor.workspaceId, { accessibleTo })
      return rows.map(wireAcsEntrance)
    },
  }),
]
