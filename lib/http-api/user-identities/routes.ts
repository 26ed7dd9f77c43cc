import { z } from '@hono/zod-openapi'
import { listAcsUserRecords } from '@/lib/access/acs-users/records'
import { listAccessSystemRecords } from '@/lib/access/systems/records'
import { getDefaultCountry } from '@/lib/accounts/workspaces/queries'
import {
  addAcsUserToUserIdentity,
  createUserIdentity,
  deleteUserIdentity,
  detachAcsUser,
  updateUserIdentity,
} from '@/lib/people/identities/commands'
import { getUserIdentityRecord, type IdentityReference, listUserIdentityRecords } from '@/lib/people/identities/records'
import { toE164 } from '@/lib/platform/phone-numbers/phone-number'
import { Refusal } from '@/lib/platform/refusals'
import { commandEndpoint, type Endpoint, endpoint, pagedEndpoint, readMethods } from '../endpoint'
import { toPageAnswer } from '../page-answer'
import { dateTime, email, id, pageParameters, text, toDate } from '../parameters'
import { acsSystemWire, wireAcsSystem } from '../wire/acs-systems'
import { acsUserWire, wireAcsUser } from '../wire/acs-users'
import { userIdentityWire, wireUserIdentity } from '../wire/user-identities'

const characteristics = {
  user_identity_key: text().min(1).nullish().openapi({ description: 'The id of the account in your app; unique.' }),
  email_address: email().nullish().openapi({ description: 'Unique, whatever its letter case.' }),
  phone_number: text().nullish().openapi({
    description:
      'Unique. Any spelling; without a country code it is one of the workspace’s country. Answered in E.164.',
  }),
  full_name: text().min(1).nullish(),
}
const conflicts = ['user_identity_key_conflict', 'email_address_conflict', 'phone_number_conflict']

export const userIdentityEndpoints: Endpoint[] = [
  endpoint({
    path: '/user_identities/create',
    methods: ['POST'],
    summary: 'Create a user identity',
    description:
      'At least one characteristic is needed. With `acs_system_ids`, the person also gets an ACS user in each of these access systems: one that is there already with the same email address or phone number, else a new one. All of it happens, or nothing.',
    parameters: z.object({
      ...characteristics,
      acs_system_ids: id().array().max(100).optional().openapi({
        description: 'Access systems in which the person is to have an ACS user.',
      }),
    }),
    responseKey: 'user_identity',
    response: userIdentityWire,
    refusals: [...conflicts, 'acs_system_not_found'],
    run: async ({ actor }, parameters) => {
      const { userIdentityId } = await createUserIdentity(actor, parameters)
      return wireUserIdentity(await getUserIdentityRecord(actor.workspaceId, [{ userIdentityId }]), new Date())
    },
  }),
  endpoint({
    path: '/user_identities/get',
    methods: readMethods,
    summary: 'Get a user identity',
    description: 'By any of its unique characteristics. Several must all be those of one user identity.',
    parameters: z.object({
      user_identity_id: id().optional(),
      user_identity_key: text().optional(),
      email_address: text().optional(),
      phone_number: text().optional(),
    }),
    responseKey: 'user_identity',
    response: userIdentityWire,
    refusals: ['user_identity_not_found'],
    run: async ({ actor }, parameters) => {
      const { user_identity_id, user_identity_key, email_address, phone_number } = parameters
      const references: IdentityReference[] = []
      if (user_identity_id !== undefined) references.push({ userIdentityId: user_identity_id })
      if (user_identity_key !== undefined) references.push({ userIdentityKey: user_identity_key })
      if (email_address !== undefined) references.push({ emailAddress: email_address })
      if (phone_number !== undefined) {
        const e164 = toE164(phone_number, await getDefaultCountry(actor.workspaceId))
        references.push({ phoneNumber: e164 ?? phone_number })
      }
      if (references.length === 0) {
        throw new Refusal({
          kind: 'invalid_input',
          type: 'invalid_input',
          message: 'Send user_identity_id, user_identity_key, email_address or phone_number.',
        })
      }
      return wireUserIdentity(await getUserIdentityRecord(actor.workspaceId, references), new Date())
    },
  }),
  pagedEndpoint({
    path: '/user_identities/list',
    methods: readMethods,
    summary: 'List user identities',
    description: 'Oldest first.',
    parameters: z.object({
      created_before: dateTime().optional(),
      credential_manager_acs_system_id: id().optional().openapi({
        description: 'Only people who have an ACS user in this access system.',
      }),
      search: text().optional().openapi({
        description: 'Part of a name, an email address, a phone number or a key; or a whole id.',
      }),
      user_identity_ids: id().array().max(1000).optional(),
      ...pageParameters(500),
    }),
    responseKey: 'user_identities',
    item: userIdentityWire,
    refusals: ['acs_system_not_found', 'mismatched_page_parameters'],
    run: async ({ actor }, parameters, slice) => {
      const sliced = await listUserIdentityRecords(
        actor.workspaceId,
        {
          createdBefore: toDate(parameters.created_before),
          linkedIn: parameters.credential_manager_acs_system_id,
          search: parameters.search,
          userIdentityIds: parameters.user_identity_ids,
        },
        slice,
      )
      const now = new Date()
      return toPageAnswer(
        sliced,
        (record) => wireUserIdentity(record, now),
        ({ identity }) => identity.userIdentityId,
      )
    },
  }),
  commandEndpoint({
    path: '/user_identities/update',
    methods: ['PATCH', 'POST'],
    summary: 'Update a user identity',
    description: 'A characteristic left out stays, null clears it; one of them must remain.',
    parameters: z.object({ user_identity_id: id(), ...characteristics }),
    refusals: ['user_identity_not_found', ...conflicts],
    run: ({ actor }, parameters) => updateUserIdentity(actor, parameters),
  }),
  commandEndpoint({
    path: '/user_identities/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete a user identity',
    description: 'With its ACS users and their credentials. It can be undone in the dashboard.',
    parameters: z.object({ user_identity_id: id() }),
    refusals: ['user_identity_not_found'],
    run: ({ actor }, { user_identity_id }) => deleteUserIdentity(actor, user_identity_id),
  }),
  commandEndpoint({
    path: '/user_identities/add_acs_user',
    methods: ['POST', 'PUT'],
    summary: 'Add an ACS user to a user identity',
    description:
      'A user identity has at most one ACS user in each access system, and an ACS user belongs to at most one user identity. Adding a pair that is linked already succeeds. With a `user_identity_key` that no user identity has, one is created from the ACS user’s name, email address and phone number.',
    parameters: z.object({
      acs_user_id: id(),
      user_identity_id: id().optional(),
      user_identity_key: text().min(1).optional(),
    }),
    refusals: [
      'user_identity_not_found',
      'acs_user_not_found',
      'acs_user_already_linked',
      'acs_system_already_linked',
      ...conflicts,
    ],
    run: ({ actor }, parameters) => addAcsUserToUserIdentity(actor, parameters),
  }),
  commandEndpoint({
    path: '/user_identities/remove_acs_user',
    methods: ['DELETE', 'POST'],
    summary: 'Remove an ACS user from a user identity',
    description: 'The ACS user stays in its access system. One that is not linked to this user identity is left alone.',
    parameters: z.object({ user_identity_id: id(), acs_user_id: id() }),
    refusals: ['user_identity_not_found', 'acs_user_not_found'],
    run: ({ actor }, { user_identity_id, acs_user_id }) =>
      detachAcsUser(actor, { userIdentityId: user_identity_id, acsUserId: acs_user_id }),
  }),
  endpoint({
    path: '/user_identities/list_acs_users',
    methods: readMethods,
    summary: 'List a user identity’s ACS users',
    parameters: z.object({ user_identity_id: id() }),
    responseKey: 'acs_users',
    response: acsUserWire.array(),
    refusals: ['user_identity_not_found'],
    run: async ({ actor }, { user_identity_id }) => {
      const { rows } = await listAcsUserRecords(actor.workspaceId, { userIdentityId: user_identity_id })
      return rows.map(wireAcsUser)
    },
  }),
  endpoint({
    path: '/user_identities/list_acs_systems',
    methods: readMethods,
    summary: 'List the access systems in which a user identity has an ACS user',
    parameters: z.object({ user_identity_id: id() }),
    responseKey: 'acs_systems',
    response: acsSystemWire.array(),
    refusals: ['user_identity_not_found'],
    run: async ({ actor, apiUrl }, { user_identity_id }) => {
      const records = await listAccessSystemRecords(actor.workspaceId, { userIdentityId: user_identity_id })
      return records.map((record) => wireAcsSystem(record, apiUrl))
    },
  }),
]
