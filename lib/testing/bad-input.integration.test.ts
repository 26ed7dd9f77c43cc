/* Whatever is sent to a command or a query: it is refused or taken, never another error. */
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createAcsUser,
  createAcsUserForIdentity,
  deleteAcsUser,
  markAPerson,
  markNotAPerson,
  revokeAccessToAllEntrances,
  suspendAcsUser,
  unsuspendAcsUser,
  updateAcsUser,
} from '@/lib/access/acs-users/commands'
import { readAcsUserListParameters } from '@/lib/access/acs-users/list-parameters'
import { getAcsUser, listAcsUsers, listLinkedAcsUsers, searchAcsUsers } from '@/lib/access/acs-users/queries'
import {
  assignCredential,
  createCredential,
  deleteCredential,
  unassignCredential,
  updateCredential,
} from '@/lib/access/credentials/commands'
import { listCredentials } from '@/lib/access/credentials/queries'
import { grantAccessToEntrance } from '@/lib/access/entrances/commands'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup } from '@/lib/access/groups/commands'
import { getAccessSystem } from '@/lib/access/systems/queries'
import {
  changeMemberRole,
  inviteMember,
  removeMember,
  revokeInvitation,
  sendInvitationAgain,
} from '@/lib/accounts/members/commands'
import { changeSecondFactorDemand, updateWorkspace } from '@/lib/accounts/workspaces/commands'
import { listRecentEvents } from '@/lib/history/events/queries'
import {
  addAcsUserToUserIdentity,
  attachAcsUser,
  createUserIdentity,
  createUserIdentityFromAcsUser,
  deleteUserIdentity,
  detachAcsUser,
  updateUserIdentity,
} from '@/lib/people/identities/commands'
import { readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { getUserIdentity, listUserIdentities, searchIdentityOptions } from '@/lib/people/identities/queries'
import { suggestAcsUsers } from '@/lib/people/matching/queries'
import { acceptCertainMatches } from '@/lib/people/reconcile/commands'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import { listQueue } from '@/lib/people/reconcile/queries'
import { searchWorkspace } from '@/lib/people/search/queries'
import type { Actor } from '@/lib/platform/actor'
import { Refusal } from '@/lib/platform/refusals'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace, everythingIn, refusalOf } from './test-data'

let admin: Actor
let jane: string
let acsUserId: string
let acsSystemId: string
beforeAll(async () => {
  admin = await addWorkspace()
  acsSystemId = await addAccessSystem(admin)
  acsUserId = await addAcsUser(admin, acsSystemId)
  jane = await addIdentity(admin, 'Jane Doe')
})

const long = 'x'.repeat(10_000)
const wrongTypes: unknown[] = [
  7,
  Number.NaN,
  true,
  [],
  ['Jane'],
  {},
  { toString: 'Jane' },
  () => 'Jane',
  Symbol('Jane'),
]
const neverText = [long, 'a\u0000b', '\u0000a', 'a\nb', 'a\u001b[31mb', 'a\u0085b', '\ud83d', ...wrongTypes]
const strangeText = [
  'שרה לוי',
  '\u202eenaJ',
  '🗝️👩‍👩‍👧',
  "'; drop table events; --",
  '<img src=x onerror=alert(1)>',
  '%',
  '\\',
]
const noIds = [
  ...neverText,
  ...strangeText,
  ' ',
  'no id',
  '0192f0c1-2345-7abc-8def-0123456789a',
  '{0192f0c1-2345-7abc-8def-0123456789ab}',
]
const show = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value.slice(0, 20)) : String(typeof value))

/** Expects a refusal of one of these kinds, and that the workspace stays as it is. */
async function expectRefused(attempt: () => Promise<unknown>, ...kinds: string[]) {
  const before = await everythingIn(admin)
  const refusal = await refusalOf(attempt())
  expect(kinds).toContain(refusal.kind)
  expect(refusal.message).toMatch(/^[^\n]{5,200}\.$/)
  expect(await everythingIn(admin)).toEqual(before)
}

describe('the characteristics of an identity', () => {
  const fields = ['full_name', 'email_address', 'phone_number', 'user_identity_key']

  test.each(fields)('%s: what can never be one is refused beside its field, new or changed', async (field) => {
    for (const value of neverText) {
      const input = { full_name: 'Jane', [field]: value }
      await expectRefused(() => createUserIdentity(admin, input), 'invalid_input')
      await expectRefused(() => updateUserIdentity(admin, { user_identity_id: jane, ...input }), 'invalid_input')
      expect((await refusalOf(createUserIdentity(admin, input))).fields, show(value)).toHaveProperty(field)
    }
  })

  test.each(['email_address', 'phone_number'])('%s: strange text is refused', async (field) => {
    for (const value of strangeText) {
      await expectRefused(() => createUserIdentity(admin, { [field]: value }), 'invalid_input')
    }
  })

  test.each(['full_name', 'user_identity_key'])('%s: strange text is kept as it is', async (field) => {
    const workspace = await addWorkspace()
    for (const value of strangeText) {
      await createUserIdentity(workspace, { [field]: value })
    }
    const { identities } = await everythingIn(workspace)
    expect(identities.map((row) => row.fullName ?? row.userIdentityKey).sort()).toEqual([...strangeText].sort())
  })

  test.each(['', '  ', '\t\n', '\u200b', null, undefined])('none but %j is refused', async (blank) => {
    await expectRefused(
      () => createUserIdentity(admin, Object.fromEntries(fields.map((field) => [field, blank]))),
      'invalid_input',
    )
  })

  test('input that is no object is refused', async () => {
    for (const input of [null, undefined, 'Jane', ...wrongTypes.filter((value) => typeof value !== 'object')]) {
      await expectRefused(() => createUserIdentity(admin, input), 'invalid_input')
      await expectRefused(() => updateUserIdentity(admin, input), 'invalid_input')
      await expectRefused(() => attachAcsUser(admin, input as never), 'invalid_input')
      await expectRefused(() => detachAcsUser(admin, input as never), 'invalid_input')
      await expectRefused(() => createAcsUserForIdentity(admin, input as never), 'invalid_input')
    }
  })

  test('a space or an invisible character in an email address is refused, or taken by the database too', async () => {
    const workspace = await addWorkspace()
    const characters = Array.from({ length: 0x3100 }, (_, code) => String.fromCodePoint(code)).filter((character) =>
      /[\p{Z}\p{Cf}]/u.test(character),
    )
    const outcomes = await Promise.allSettled(
      characters.map((character, number) =>
        createUserIdentity(workspace, { email_address: `a${character}b${number}@example.com` }),
      ),
    )
    const errors = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' && !(outcome.reason instanceof Refusal) ? [outcome.reason] : [],
    )
    expect(errors).toEqual([])
  })
})

test.each<[string, (actor: Actor, input: unknown) => Promise<unknown>]>([
  ['addAcsUserToAccessGroup', addAcsUserToAccessGroup],
  ['removeAcsUserFromAccessGroup', removeAcsUserFromAccessGroup],
  ['createAcsUser', createAcsUser],
  ['updateAcsUser', updateAcsUser],
  ['deleteAcsUser', deleteAcsUser],
  ['suspendAcsUser', suspendAcsUser],
  ['unsuspendAcsUser', unsuspendAcsUser],
  ['markNotAPerson', markNotAPerson],
  ['markAPerson', markAPerson],
  ['createUserIdentityFromAcsUser', createUserIdentityFromAcsUser],
  ['acceptCertainMatches', acceptCertainMatches],
  ['revokeAccessToAllEntrances', revokeAccessToAllEntrances],
  ['createCredential', createCredential],
  ['updateCredential', updateCredential],
  ['assignCredential', assignCredential],
  ['unassignCredential', unassignCredential],
  ['deleteCredential', deleteCredential],
  ['grantAccessToEntrance', grantAccessToEntrance],
  ['addAcsUserToUserIdentity', addAcsUserToUserIdentity],
  [
    'changeSecondFactorDemand',
    (actor, input) => {
      const session = { userId: uuidv7(), sessionId: uuidv7(), email: 'kim@example.com', hasSecondFactor: true }
      const verify = async () => true
      return changeSecondFactorDemand(actor, { requires_second_factor: [input] }, session, { verify })
    },
  ],
  ['updateWorkspace', (actor, input) => updateWorkspace(actor, { name: input ?? null })],
  ['inviteMember', inviteMember],
  ['revokeInvitation', (actor, input) => revokeInvitation(actor, input as string)],
  ['sendInvitationAgain', (actor, input) => sendInvitationAgain(actor, input as string)],
  ['changeMemberRole', (actor, input) => changeMemberRole(actor, input as string, 'viewer')],
  ['removeMember', (actor, input) => removeMember(actor, input as string)],
])('%s refuses what is no input at all, and ids that are none', async (_name, command) => {
  const before = await everythingIn(admin)
  const ids = ['acs_user_id', 'acs_system_id', 'user_identity_id', 'acs_credential_id', 'acs_entrance_id']
  const inputs = noIds.map((id) => Object.fromEntries([...ids, 'acs_access_group_id'].map((field) => [field, id])))
  for (const input of [null, undefined, ...wrongTypes, ...inputs]) {
    expect(await refusalOf(command(admin, input))).toMatchObject({ kind: 'invalid_input' })
  }
  expect(await everythingIn(admin)).toEqual(before)
})

test('ids that are none are refused by every command', async () => {
  for (const id of noIds as never[]) {
    await expectRefused(() => updateUserIdentity(admin, { user_identity_id: id, full_name: 'New' }), 'invalid_input')
    await expectRefused(() => deleteUserIdentity(admin, id), 'invalid_input')
    await expectRefused(() => attachAcsUser(admin, { userIdentityId: id, acsUserId }), 'invalid_input')
    await expectRefused(() => attachAcsUser(admin, { userIdentityId: jane, acsUserId: id }), 'invalid_input')
    await expectRefused(() => attachAcsUser(admin, { userIdentityId: jane, acsUserId, moveFrom: id }), 'invalid_input')
    await expectRefused(() => detachAcsUser(admin, { userIdentityId: id, acsUserId }), 'invalid_input')
    await expectRefused(() => detachAcsUser(admin, { userIdentityId: jane, acsUserId: id }), 'invalid_input')
    await expectRefused(() => createAcsUserForIdentity(admin, { userIdentityId: id, acsSystemId }), 'invalid_input')
    await expectRefused(
      () => createAcsUserForIdentity(admin, { userIdentityId: jane, acsSystemId: id }),
      'invalid_input',
    )
  }
})

test('ids that are none, as they come in addresses, find nothing in any query', async () => {
  const { workspaceId } = admin
  const acsUserList = readAcsUserListParameters(new URLSearchParams())
  const person = { fullName: 'Jane Doe', emailAddress: null, phoneNumber: null }
  for (const id of ['', ...noIds.filter((value) => typeof value === 'string')]) {
    await expectRefused(() => getUserIdentity(workspaceId, id), 'not_found')
    await expectRefused(() => getAcsUser(workspaceId, id), 'not_found')
    await expectRefused(() => getAccessSystem(workspaceId, id), 'not_found')
    await expectRefused(() => listAcsUsers(workspaceId, id, acsUserList), 'not_found')
    await expectRefused(() => searchAcsUsers(workspaceId, id, 'jane', 5), 'not_found')
    await expectRefused(() => suggestAcsUsers(workspaceId, person, id), 'not_found')
    await expectRefused(() => searchIdentityOptions(workspaceId, id, 'jane', 5), 'not_found')
    expect(await listLinkedAcsUsers(workspaceId, id)).toEqual([])
    expect(await listCredentials(workspaceId, { userIdentityId: id })).toEqual([])
    expect(await listCredentials(workspaceId, { acsUserId: id })).toEqual([])
    expect(await listRecentEvents(workspaceId, { userIdentityId: id }, 5)).toEqual([])
    expect(await listRecentEvents(workspaceId, { acsUserId: id }, 5)).toEqual([])
  }
})

test('whatever is in an address, every list and search shows a page', async () => {
  const { workspaceId } = admin
  const texts = [
    '',
    ...noIds.filter((value) => typeof value === 'string'),
    '+'.repeat(200),
    '1 '.repeat(100),
    '('.repeat(50),
  ]
  for (const text of texts) {
    for (const name of ['q', 'linked', 'missing', 'problem', 'sort', 'cursor']) {
      const address = new URLSearchParams({ [name]: text })
      expect(await listUserIdentities(workspaceId, readIdentityListParameters(address))).toHaveProperty('total')
      expect(await listAcsUsers(workspaceId, acsSystemId, readAcsUserListParameters(address))).toHaveProperty('total')
      expect(await listQueue(workspaceId, readQueueParameters(address), address.get('cursor'))).toHaveProperty('rows')
    }
    expect(await searchAcsUsers(workspaceId, null, text, 5)).toBeInstanceOf(Array)
    expect(await searchIdentityOptions(workspaceId, acsSystemId, text, 5)).toBeInstanceOf(Array)
    expect(await searchWorkspace(workspaceId, text)).toBeInstanceOf(Array)
  }
})
