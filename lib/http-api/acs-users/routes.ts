import { z } from '@hono/zod-openapi'
import {
  createAcsUser,
  deleteAcsUser,
  revokeAccessToAllEntrances,
  suspendAcsUser,
  unsuspendAcsUser,
  updateAcsUser,
} from '@/lib/access/acs-users/commands'
import { resolveAcsUserTarget } from '@/lib/access/acs-users/queries'
import { findAcsUserRecordsByEmail, getAcsUserRecord, listAcsUserRecords } from '@/lib/access/acs-users/records'
import { listEntranceRecords } from '@/lib/access/entrances/records'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup } from '@/lib/access/groups/commands'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { commandEndpoint, type Endpoint, endpoint, pagedEndpoint, readMethods } from '../endpoint'
import { toPageAnswer } from '../page-answer'
import { dateTime, email, id, pageParameters, refused, search, text, toDate } from '../parameters'
import { acsEntranceWire, wireAcsEntrance } from '../wire/acs-entrances'
import { acsUserWire, wireAcsUser } from '../wire/acs-users'

/** What names one ACS user: its id, or the person's and the access system's. */
const target = {
  acs_user_id: id().optional(),
  acs_system_id: id().optional().openapi({ description: 'Together with `user_identity_id`.' }),
  user_identity_id: id().optional().openapi({ description: 'Together with `acs_system_id`.' }),
}
const characteristics = {
  email_address: email().optional(),
  email: email().optional().openapi({ deprecated: true }),
  phone_number: text().optional().openapi({ description: 'As the access system writes it.' }),
}
const targetNote = 'By `acs_user_id`, or by `acs_system_id` and `user_identity_id`.'

export const acsUserEndpoints: Endpoint[] = [
  endpoint({
    path: '/acs/users/create',
    methods: ['POST'],
    summary: 'Create an ACS user',
    parameters: z.object({
      acs_system_id: id(),
      full_name: text(),
      ...characteristics,
      access_schedule: z
        .object({ starts_at: dateTime().optional(), ends_at: dateTime().nullish() })
        .strict()
        .optional(),
      acs_access_group_ids: id().array().max(100).default([]),
      user_identity_id: id().optional().openapi({ description: 'The person to link it to.' }),
    }),
    responseKey: 'acs_user',
    response: acsUserWire,
    refusals: [
      'acs_system_not_found',
      'acs_access_group_not_found',
      'user_identity_not_found',
      'acs_system_already_linked',
    ],
    run: async ({ actor }, parameters) => {
      const { acsUserId } = await createAcsUser(actor, parameters)
      return wireAcsUser(await getAcsUserRecord(actor.workspaceId, { acs_user_id: acsUserId }))
    },
  }),
  endpoint({
    path: '/acs/users/get',
    methods: readMethods,
    summary: 'Get an ACS user',
    description: `${targetNote} Or by \`email_address\`: when several have it, send \`acs_system_id\` besides.`,
    parameters: z.object({ ...target, email_address: text().optional() }),
    responseKey: 'acs_user',
    response: acsUserWire,
    refusals: ['acs_user_not_found'],
    run: async ({ actor: { workspaceId } }, { email_address, ...given }) => {
      if (email_address === undefined) {
        return wireAcsUser(await getAcsUserRecord(workspaceId, given))
      }
      const found = await findAcsUserRecordsByEmail(workspaceId, email_address, given)
      const [record, another] = found
      if (!record) throw notFound('acs_user')
      if (another) throw ambiguous(given.acs_system_id !== undefined)
      return wireAcsUser(record)
    },
  }),
  pagedEndpoint({
    path: '/acs/users/list',
    methods: readMethods,
    summary: 'List ACS users',
    description: 'Oldest first.',
    parameters: z.object({
      acs_system_id: id().optional(),
      user_identity_id: id().optional(),
      user_identity_email_address: text().optional(),
      user_identity_phone_number: text().optional(),
      created_before: dateTime().optional(),
      search: search().optional(),
      ...pageParameters(500),
    }),
    responseKey: 'acs_users',
    item: acsUserWire,
    refusals: ['acs_system_not_found', 'user_identity_not_found', 'mismatched_page_parameters'],
    run: async ({ actor: { workspaceId } }, parameters, slice) => {
      const written = parameters.user_identity_phone_number
      const sliced = await listAcsUserRecords(
        workspaceId,
        {
          acsSystemId: parameters.acs_system_id,
          userIdentityId: parameters.user_identity_id,
          identityEmailAddress: parameters.user_identity_email_address,
          identityPhoneNumber:
            written === undefined ? undefined : (toE164(written, await getDefaultCountry(workspaceId)) ?? written),
          createdBefore: toDate(parameters.created_before),
          search: parameters.search,
        },
        slice,
      )
      return toPageAnswer(sliced, wireAcsUser, ({ acsUser }) => acsUser.acsUserId)
    },
  }),
  commandEndpoint({
    path: '/acs/users/update',
    methods: ['PATCH', 'POST'],
    summary: 'Update an ACS user',
    description: `${targetNote} What is left out stays; an \`access_schedule\` of null lifts it.`,
    parameters: z.object({
      ...target,
      full_name: text().min(1).optional(),
      ...characteristics,
      access_schedule: z.object({ starts_at: dateTime(), ends_at: dateTime() }).strict().nullish(),
      hid_acs_system_id: refused(id(), 'an ACS user stays in its access system'),
    }),
    refusals: ['acs_user_not_found'],
    run: ({ actor }, { hid_acs_system_id: _, ...parameters }) => updateAcsUser(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/users/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete an ACS user',
    description: `With its credentials. ${targetNote}`,
    parameters: z.object(target),
    refusals: ['acs_user_not_found'],
    run: ({ actor }, parameters) => deleteAcsUser(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/users/suspend',
    methods: ['POST'],
    summary: 'Suspend an ACS user',
    description: `It opens no door until the suspension is lifted. ${targetNote}`,
    parameters: z.object(target),
    refusals: ['acs_user_not_found'],
    run: ({ actor }, parameters) => suspendAcsUser(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/users/unsuspend',
    methods: ['POST'],
    summary: 'Lift the suspension of an ACS user',
    description: targetNote,
    parameters: z.object(target),
    refusals: ['acs_user_not_found'],
    run: ({ actor }, parameters) => unsuspendAcsUser(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/users/add_to_access_group',
    methods: ['POST', 'PUT'],
    summary: 'Add an ACS user to an access group',
    parameters: z.object({ acs_user_id: id(), acs_access_group_id: id() }),
    refusals: ['acs_user_not_found', 'acs_access_group_not_found'],
    run: ({ actor }, parameters) => addAcsUserToAccessGroup(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/users/remove_from_access_group',
    methods: ['DELETE', 'POST'],
    summary: 'Remove an ACS user from an access group',
    description: 'By `acs_user_id` or `user_identity_id`.',
    parameters: z.object({
      acs_access_group_id: id(),
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
    }),
    refusals: ['acs_user_not_found', 'acs_access_group_not_found'],
    run: ({ actor }, parameters) => removeAcsUserFromAccessGroup(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/users/revoke_access_to_all_entrances',
    methods: ['POST'],
    summary: 'Take all entrances from an ACS user',
    description: `Its access groups, what it was granted besides, and the entrances of its credentials. ${targetNote}`,
    parameters: z.object(target),
    refusals: ['acs_user_not_found'],
    run: ({ actor }, parameters) => revokeAccessToAllEntrances(actor, parameters),
  }),
  endpoint({
    path: '/acs/users/list_accessible_entrances',
    methods: readMethods,
    summary: 'List the entrances that an ACS user may open',
    description: `Through its access groups, what it was granted besides, and its credentials. ${targetNote}`,
    parameters: z.object(target),
    responseKey: 'acs_entrances',
    response: acsEntranceWire.array(),
    refusals: ['acs_user_not_found'],
    run: async ({ actor: { workspaceId } }, parameters) => {
      const acsUserId = await resolveAcsUserTarget(workspaceId, parameters)
      const { rows } = await listEntranceRecords(workspaceId, { accessibleTo: { acsUserId } })
      return rows.map(wireAcsEntrance)
    },
  }),
]

function ambiguous(inOneSystem: boolean): Refusal {
  const message = inOneSystem
    ? 'Several ACS users of this access system have this email address. Send acs_user_id instead.'
    : 'ACS users in several access systems have this email address. Add acs_system_id to say which.'
  return new Refusal({
    kind: 'invalid_input',
    type: 'invalid_input',
    message,
    fields: { [inOneSystem ? 'email_address' : 'acs_system_id']: [message] },
  })
}
