import { z } from '@hono/zod-openapi'
import { accessMethods } from '@/db/schema/credentials'
import {
  assignCredential,
  createCredential,
  deleteCredential,
  unassignCredential,
  updateCredential,
} from '@/lib/access/credentials/commands'
import { getCredentialRecord, listCredentialRecords } from '@/lib/access/credentials/records'
import { listEntranceRecords } from '@/lib/access/entrances/records'
import { commandEndpoint, type Endpoint, endpoint, pagedEndpoint, readMethods } from '../endpoint'
import { toPageAnswer } from '../page-answer'
import { dateTime, id, pageParameters, refused, search, text, toDate } from '../parameters'
import { acsCredentialWire, wireAcsCredential } from '../wire/acs-credentials'
import { acsEntranceWire, wireAcsEntrance } from '../wire/acs-entrances'

const metadata = (vendor: string) => refused(z.record(text(), z.unknown()), `Keyholder sends no metadata to ${vendor}`)
const holder = { acs_user_id: id().optional(), user_identity_id: id().optional() }
const holderNote =
  'By `acs_user_id`, or by `user_identity_id`: the person’s ACS user in the credential’s access system.'
const isMultiPhone = z.boolean().optional().openapi({ description: 'Keyholder has no multi-phone sync credentials.' })

export const acsCredentialEndpoints: Endpoint[] = [
  endpoint({
    path: '/acs/credentials/create',
    methods: ['POST'],
    summary: 'Create a credential',
    tellsSecret: true,
    description:
      'For an ACS user (`acs_user_id`); for a person in an access system (`user_identity_id` and `acs_system_id`), in which they get an ACS user if they have none; or in an access system for nobody yet (`acs_system_id`).',
    parameters: z.object({
      access_method: z.enum(accessMethods),
      acs_user_id: id().optional(),
      acs_system_id: id().optional(),
      user_identity_id: id().optional(),
      allowed_acs_entrance_ids: id().array().max(1000).default([]),
      code: text().optional().openapi({ description: 'Only with the access method `code`.' }),
      starts_at: dateTime().optional(),
      ends_at: dateTime().optional(),
      credential_manager_acs_system_id: refused(id(), 'Keyholder issues mobile keys without a credential manager'),
      is_multi_phone_sync_credential: z
        .boolean()
        .default(false)
        .refine((given) => !given, { error: 'must be false: Keyholder has no multi-phone sync credentials' }),
      assa_abloy_vostio_metadata: metadata('ASSA ABLOY Vostio'),
      hotek_metadata: metadata('Hotek'),
      salto_space_metadata: metadata('Salto Space'),
      visionline_metadata: metadata('Visionline'),
    }),
    responseKey: 'acs_credential',
    response: acsCredentialWire,
    refusals: [
      'acs_user_not_found',
      'acs_system_not_found',
      'user_identity_not_found',
      'acs_entrance_not_found',
      'acs_system_already_linked',
    ],
    run: async ({ actor }, parameters) => {
      const { acsCredentialId } = await createCredential(actor, parameters)
      return wireAcsCredential(await getCredentialRecord(actor.workspaceId, acsCredentialId))
    },
  }),
  endpoint({
    path: '/acs/credentials/get',
    methods: readMethods,
    summary: 'Get a credential',
    parameters: z.object({ acs_credential_id: id() }),
    responseKey: 'acs_credential',
    response: acsCredentialWire,
    refusals: ['acs_credential_not_found'],
    run: async ({ actor }, { acs_credential_id }) =>
      wireAcsCredential(await getCredentialRecord(actor.workspaceId, acs_credential_id)),
  }),
  pagedEndpoint({
    path: '/acs/credentials/list',
    methods: readMethods,
    summary: 'List credentials',
    description:
      'Oldest first. With `user_identity_id`, the credentials of all of the person’s ACS users. `search` finds a part of the name, an id, or a whole code or card number.',
    parameters: z.object({
      acs_user_id: id().optional(),
      acs_system_id: id().optional(),
      user_identity_id: id().optional(),
      created_before: dateTime().optional(),
      is_multi_phone_sync_credential: isMultiPhone,
      search: search().optional(),
      ...pageParameters(500),
    }),
    responseKey: 'acs_credentials',
    item: acsCredentialWire,
    refusals: ['acs_user_not_found', 'acs_system_not_found', 'user_identity_not_found', 'mismatched_page_parameters'],
    run: async ({ actor }, parameters, slice) => {
      if (parameters.is_multi_phone_sync_credential) return { items: [], lastId: null }
      const sliced = await listCredentialRecords(
        actor.workspaceId,
        {
          acsUserId: parameters.acs_user_id,
          acsSystemId: parameters.acs_system_id,
          userIdentityId: parameters.user_identity_id,
          createdBefore: toDate(parameters.created_before),
          search: parameters.search,
        },
        slice,
      )
      return toPageAnswer(sliced, wireAcsCredential, ({ credential }) => credential.acsCredentialId)
    },
  }),
  commandEndpoint({
    path: '/acs/credentials/update',
    methods: ['PATCH', 'POST'],
    summary: 'Update a credential',
    tellsSecret: true,
    parameters: z.object({
      acs_credential_id: id(),
      code: text().optional(),
      ends_at: dateTime().optional(),
    }),
    refusals: ['acs_credential_not_found'],
    run: ({ actor }, parameters) => updateCredential(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/credentials/assign',
    methods: ['PATCH', 'POST'],
    summary: 'Assign a credential to an ACS user',
    description: holderNote,
    parameters: z.object({ acs_credential_id: id(), ...holder }),
    refusals: ['acs_credential_not_found', 'acs_user_not_found', 'acs_credential_already_assigned'],
    run: ({ actor }, parameters) => assignCredential(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/credentials/unassign',
    methods: ['PATCH', 'POST'],
    summary: 'Take a credential from its ACS user',
    description: holderNote,
    parameters: z.object({ acs_credential_id: id(), ...holder }),
    refusals: ['acs_credential_not_found', 'acs_user_not_found'],
    run: ({ actor }, parameters) => unassignCredential(actor, parameters),
  }),
  commandEndpoint({
    path: '/acs/credentials/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete a credential',
    parameters: z.object({ acs_credential_id: id() }),
    refusals: ['acs_credential_not_found'],
    run: ({ actor }, parameters) => deleteCredential(actor, parameters),
  }),
  endpoint({
    path: '/acs/credentials/list_accessible_entrances',
    methods: readMethods,
    summary: 'List the entrances that a credential opens',
    description: 'Those it was issued for, and those of its ACS user.',
    parameters: z.object({ acs_credential_id: id() }),
    responseKey: 'acs_entrances',
    response: acsEntranceWire.array(),
    refusals: ['acs_credential_not_found'],
    run: async ({ actor }, { acs_credential_id }) => {
      const accessibleTo = { acsCredentialId: acs_credential_id }
      const { rows } = await listEntranceRecords(actor.workspaceId, { accessibleTo })
      return rows.map(wireAcsEntrance)
    },
  }),
]
