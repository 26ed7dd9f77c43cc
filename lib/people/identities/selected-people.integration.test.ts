import { beforeEach, expect, test } from 'vitest'
import { createCredential } from '@/lib/access/credentials/commands'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { undoChange } from '../undo/commands'
import { deleteUserIdentities, deleteUserIdentity } from './commands'
import { readIdentityListParameters } from './list-parameters'
import { countDependents, listSelectable } from './queries'

let admin: Actor
let house: string
let ids: string[]
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin)
  ids = []
  for (const name of ['Ann', 'Bob', 'Cy']) ids.push(await addIdentity(admin, name))
})

const selectable = (address: string) =>
  listSelectable(admin.workspaceId, readIdentityListParameters(new URLSearchParams(address)))

test('all that match are selected in the list’s order, by its search and filters', async () => {
  const [, bob = ''] = ids
  await addAcsUser(admin, house, { userIdentityId: bob })
  expect((await selectable('sort=name-desc')).people.map(({ displayName }) => displayName)).toEqual([
    'Cy',
    'Bob',
    'Ann',
  ])
  expect(await selectable('q=an')).toMatchObject({ people: [{ displayName: 'Ann' }], isComplete: true })
  expect(await selectable(`linked=${house}`)).toEqual({
    people: [{ userIdentityId: bob, displayName: 'Bob' }],
    isComplete: true,
  })
})

test('what goes with people is counted, whoever of them is still there', async () => {
  const [ann = '', bob = ''] = ids
  for (const userIdentityId of [ann, bob]) {
    const acsUserId = await addAcsUser(admin, house, { userIdentityId })
    for (const access_method of ['mobile_key', 'code'])
      await createCredential(admin, {
        access_method,
        acs_user_id: acsUserId,
        code: access_method === 'code' ? '1234' : undefined,
      })
  }
  const all = { people: 3, acsUsers: 2, mobileKeys: 2, cardsAndCodes: 2 }
  expect(await countDependents(admin.workspaceId, ids)).toEqual(all)
  await deleteUserIdentity(admin, ann)
  const rest = { people: 2, acsUsers: 1, mobileKeys: 1, cardsAndCodes: 1 }
  expect(await countDependents(admin.workspaceId, ids)).toEqual(rest)
  const none = { people: 0, acsUsers: 0, mobileKeys: 0, cardsAndCodes: 0 }
  expect(await countDependents((await addWorkspace()).workspaceId, ids)).toEqual(none)
  for (const nonsense of [null, [], ['x'], 'x']) {
    expect(await refusalOf(countDependents(admin.workspaceId, nonsense))).toMatchObject({ kind: 'invalid_input' })
  }
})

test('several are deleted each as a change of their own; who is gone does not keep the others', async () => {
  const [ann = '', bob = '', cy = ''] = ids
  await deleteUserIdentity(admin, bob)
  const outcomes = await deleteUserIdentities(admin, ids)
  expect(outcomes).toMatchObject([
    { userIdentityId: ann, refusal: null },
    { userIdentityId: bob, refusal: { type: 'user_identity_not_found' } },
    { userIdentityId: cy, refusal: null },
  ])
  expect((await everythingIn(admin)).identities).toEqual([])
  await undoChange(admin, outcomes[2]?.changeId ?? '', () => true)
  expect((await everythingIn(admin)).identities).toMatchObject([{ userIdentityId: cy }])
})

test('several that two delete at once are deleted once', async () => {
  const results: Awaited<ReturnType<typeof deleteUserIdentities>>[] = []
  await race([1, 2].map(async () => results.push(await deleteUserIdentities(admin, ids))))
  expect(results.flat().filter(({ refusal }) => refusal === null)).toHaveLength(3)
  const { events } = await everythingIn(admin)
  expect(events.filter(({ eventType }) => eventType === 'user_identity.deleted')).toHaveLength(3)
})

test('ids that are none, and more than are deleted at once, are refused', async () => {
  for (const given of [null, 'x', ['x'], Array.from({ length: 21 }, () => ids[0])]) {
    expect(await refusalOf(deleteUserIdentities(admin, given))).toMatchObject({ kind: 'invalid_input' })
  }
  expect((await everythingIn(admin)).identities).toHaveLength(3)
})
