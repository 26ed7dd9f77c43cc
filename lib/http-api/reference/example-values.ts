type Named = { name: string; isRequired: boolean }

const id = (last: number) => `0192f0c1-2345-7abc-8def-${last.toString(16).padStart(12, '0')}`

const user_identity_id = id(0x1a1)
const acs_user_id = id(0x2b1)
const acs_system_id = id(0x3c1)
const acs_credential_id = id(0x4d1)
const acs_entrance_id = id(0x5e1)
const acs_access_group_id = id(0x6f1)
const webhook_id = id(0x7a1)
const event_id = id(0x8b1)
const person = {
  user_identity_key: 'resident_4711',
  full_name: 'Jane Doe',
  email_address: 'jane.doe@example.com',
  phone_number: '+15555550110',
}

/** What fields hold in the examples, so that they fit together: by `field` or `object.field`. */
export const exampleValues: Record<string, unknown> = {
  ...person,
  display_name: person.full_name,
  name: 'Harbor House',
  user_identity_id,
  acs_user_id,
  acs_system_id,
  acs_credential_id,
  acs_entrance_id,
  acs_access_group_id,
  webhook_id,
  event_id,
  workspace_id: id(0x9c1),
  connected_account_id: id(0xad1),
  acs_user_ids: [acs_user_id],
  acs_system_ids: [acs_system_id],
  acs_access_group_ids: [acs_access_group_id],
  acs_entrance_ids: [acs_entrance_id],
  allowed_acs_entrance_ids: [acs_entrance_id],
  created_at: '2026-11-24T09:00:00.000Z',
  occurred_at: '2026-11-24T09:00:00.000Z',
  starts_at: '2026-12-01T15:00:00.000Z',
  ends_at: '2027-11-30T11:00:00.000Z',
  since: '2026-11-24T00:00:00.000Z',
  event_type: 'user_identity.created',
  event_types: ['user_identity.created'],
  url: 'https://example.com/webhooks/keyholder',
  secret: 'whsec_…',
  access_method: 'mobile_key',
  limit: 20,
  search: 'jane',
  has_next_page: false,
  next_page_cursor: null,
  next_page_url: null,
  is_suspended: false,
  is_credential_manager: false,
  is_multi_phone_sync_credential: false,
  is_publishable_key_auth_enabled: false,
  space_ids: [],
  time_zone: 'America/New_York',
  company_name: 'Harborview Living',
  connect_partner_name: null,
  external_type: 'salto_ks_site',
  external_type_display_name: 'Salto KS site',
  system_type: 'salto_ks_site',
  system_type_display_name: 'Salto KS site',
  image_alt_text: 'Salto KS',
  image_url: 'https://example.com/salto.svg',
  'workspace.name': 'Harborview Living',
  'acs_entrance.display_name': 'Front door',
  'acs_credential.display_name': 'Mobile key',
  'acs_access_group.display_name': 'Residents',
  'acs_access_group.name': 'Residents',
  'acs_access_group.external_type': 'salto_ks_access_group',
  'acs_access_group.external_type_display_name': 'Salto KS access group',
  access_group_type: 'salto_ks_access_group',
  access_group_type_display_name: 'Salto KS access group',
  vendor_name: 'Paxton Net2',
  can_unlock_with_code: true,
  ok: true,
}

/** The same in the examples of Keyholder's own endpoints, which are about an access system that's kept by hand. */
export const ownExampleValues: Record<string, unknown> = {
  ...exampleValues,
  external_type_display_name: exampleValues.vendor_name,
  system_type_display_name: exampleValues.vendor_name,
  image_alt_text: exampleValues.vendor_name,
  image_url: 'https://example.com/kept_by_hand.svg',
  'acs_access_group.external_type': 'pti_access_level',
  'acs_access_group.external_type_display_name': 'Access level',
  access_group_type: 'pti_access_level',
  access_group_type_display_name: 'Access level',
}

/** The parameters of an example call, where the required ones alone would not show what it is for. */
const chosenParameters: Record<string, string[]> = {
  '/user_identities/create': ['user_identity_key', 'full_name', 'email_address', 'phone_number', 'acs_system_ids'],
  '/user_identities/update': ['user_identity_id', 'phone_number'],
  '/user_identities/get': ['user_identity_key'],
  '/user_identities/list': ['search', 'limit'],
  '/user_identities/add_acs_user': ['user_identity_id', 'acs_user_id'],
  '/acs/users/create': ['acs_system_id', 'full_name', 'email_address', 'user_identity_id'],
  '/acs/users/update': ['acs_user_id', 'email_address'],
  '/acs/users/list': ['acs_system_id', 'limit'],
  '/acs/credentials/create': ['acs_user_id', 'access_method', 'starts_at', 'ends_at'],
  '/acs/credentials/update': ['acs_credential_id', 'ends_at'],
  '/acs/credentials/list': ['user_identity_id'],
  '/acs/systems/create': ['name', 'vendor_name', 'time_zone'],
  '/acs/systems/update': ['acs_system_id', 'name'],
  '/acs/entrances/create': ['acs_system_id', 'display_name', 'can_unlock_with_code'],
  '/acs/entrances/update': ['acs_entrance_id', 'display_name'],
  '/acs/entrances/list': ['acs_system_id'],
  '/acs/access_groups/create': ['acs_system_id', 'name', 'acs_entrance_ids'],
  '/acs/access_groups/update': ['acs_access_group_id', 'acs_entrance_ids'],
  '/acs/access_groups/list': ['acs_system_id'],
  '/events/list': ['since', 'user_identity_id'],
  '/events/get': ['event_id'],
  '/workspaces/update': ['name'],
  '/webhooks/create': ['url', 'event_types'],
}

/** The parameters of an example call: the required ones, or else the id that the call is about. */
export function exampleParameters(
  path: string,
  parameters: Named[],
  responseKey: string | null,
): Record<string, unknown> {
  const names = parameters.map(({ name }) => name)
  const required = parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const chosen = chosenParameters[path]?.filter((name) => names.includes(name))
  const isOnList = path.endsWith('/list')
  const subject = isOnList
    ? undefined
    : (names.find((name) => name === 'acs_user_id') ?? names.find((name) => name.endsWith('_id')))
  // What a call is about, and, where it acts on somebody, who that is.
  const needed = [...required, ...(required.length === 0 || names.includes('acs_user_id') ? [subject] : [])]
  const shown = chosen && chosen.length > 0 ? chosen : [...new Set(needed.filter((name) => name !== undefined))]
  return Object.fromEntries(
    shown.map((name) => [name, exampleValues[`${responseKey}.${name}`] ?? exampleValues[name] ?? 'string']),
  )
}
