import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { suspendAcsUser } from '@/lib/access/acs-users/commands'
import { listAcsUserRecords } from '@/lib/access/acs-users/records'
import { listEvents } from '@/lib/history/events/queries'
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
import { dismissDuplicate } from '../duplicates/commands'
import { attachAcsUser, createUserIdentity, deleteUserIdentity, updateUserIdentity } from '../identities/commands'
import { getUserIdentity } from '../identities/queries'
import { getUserIdentityRecord } from '../identities/records'
import { undoChange } from '../undo/commands'
import { mergeUserIdentities } from './commands'
import { getMergingPair } from './queries'

const mayAll = () => true

let admin: Actor
let house: string
let pier: string
let jane: string
let other: string
let hers: string
let others: string
let atPier: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  pier = await addAccessSystem(admin, 'Pier 7')
  jane = await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
  other = await addIdentity(admin, { fullName: 'Doe, Jane', phoneNumber: '+15555550110', userIdentityKey: 'r-1' })
  hers = await addAcsUser(admin, house, { fullName: 'Jane D.', userIdentityId: jane })
  others = await addAcsUser(admin, house, { fullName: 'J. Doe', userIdentityId: other })
  atPier = await addAcsUser(admin, pier, { fullName: 'Doe', userIdentityId: other })
})

/** Merges Doe, Jane into Jane Doe as one change, of which it gives the id. */
async function merge(more: object = {}): Promise<string> {
  const changeId = uuidv7()
  const pair = { survivor_id: jane, merged_id: other, keep_acs_user_ids: [hers] }
  await mergeUserIdentities({ ...admin, changeId }, { ...pair, ...more })
  return changeId
}

const undo = (changeId: string) => undoChange({ ...admin, changeId: uuidv7() }, changeId, mayAll)
const holders = async () =>
  Object.fromEntries((await everythingIn(admin)).acsUsers.map((row) => [row.acsUserId, row.userIdentityId]))

describe('merging two people', () => {
  test('keeps the chosen values and what only one has, and moves the ACS users', async () => {
    await merge({ full_name: 'merged' })
    const { identities, merged } = await everythingIn(admin)
    expect(identities).toMatchObject([
      {
        userIdentityId: jane,
        fullName: 'Doe, Jane',
        emailAddress: 'jane@example.com',
        phoneNumber: '+15555550110',
        userIdentityKey: 'r-1',
      },
    ])
    expect(await holders()).toEqual({ [hers]: jane, [others]: null, [atPier]: jane })
    expect(merged).toMatchObject([{ mergedId: other, intoId: jane, survivorId: jane }])
  })

  test('lets the merged one’s ACS user stay linked where that is chosen', async () => {
    await merge({ keep_acs_user_ids: [others] })
    expect(await holders()).toEqual({ [hers]: null, [others]: jane, [atPier]: jane })
  })

  test('is one change, told step by step', async () => {
    const changeId = await merge()
    const { events } = await everythingIn(admin)
    expect(new Set(events.map((event) => event.changeId))).toEqual(new Set([changeId]))
    expect(events.map(({ eventType, userIdentityId }) => [eventType, userIdentityId])).toEqual([
      ['user_identity.acs_user_removed', other],
      ['user_identity.acs_user_removed', other],
      ['user_identity.acs_user_added', jane],
      ['user_identity.merged', jane],
      ['user_identity.updated', jane],
    ])
  })

  test.each([
    ['neither', () => []],
    ['both', () => [hers, others]],
  ])('where both have an ACS user and %s is chosen, is refused whole', async (_which, keep) => {
    const before = await everythingIn(admin)
    expect(await refusalOf(merge({ keep_acs_user_ids: keep() }))).toMatchObject({
      kind: 'conflict',
      type: 'merge_undecided',
      data: { acs_system_id: house, survivor_acs_user_id: hers, merged_acs_user_id: others },
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('of whom one was edited since they were looked at is refused', async () => {
    await updateUserIdentity(admin, { user_identity_id: other, full_name: 'Jane Mary Doe' })
    expect(await refusalOf(merge({ survivor_version: 1, merged_version: 1 }))).toMatchObject({
      type: 'user_identity_changed',
      data: { user_identity_id: other },
    })
  })

  test.each<[string, object]>([
    ['one with itself', { merged_id: 'jane' }],
    ['what is no id', { survivor_id: 7 }],
    ['a side that is none', { full_name: 'longest' }],
    ['what to keep as text', { keep_acs_user_ids: 'all' }],
    ['a version that is none', { merged_version: 'newest' }],
  ])('is refused for %s', async (_what, wrong) => {
    const given = 'merged_id' in wrong ? { merged_id: jane } : wrong
    expect(await refusalOf(merge(given))).toMatchObject({ kind: 'invalid_input' })
  })

  test('shows both with all their ACS users first', async () => {
    const { people, acsUsers } = await getMergingPair(admin.workspaceId, other, jane)
    expect(people.map(({ userIdentityId }) => userIdentityId)).toEqual([other, jane])
    expect(acsUsers.map(({ acsUserId }) => acsUserId)).toEqual([hers, others, atPier])
  })
})

describe('the merged one’s id', () => {
  const expectMergedInto = async (asking: Promise<unknown>, survivor: string) =>
    expect(await refusalOf(asking)).toMatchObject({
      kind: 'not_found',
      type: 'user_identity_not_found',
      data: { merged_into: survivor },
    })

  test('is not found any more, and whoever asks for it reads into whom it was merged', async () => {
    await merge()
    const { workspaceId } = admin
    await expectMergedInto(getUserIdentity(workspaceId, other), jane)
    await expectMergedInto(getUserIdentityRecord(workspaceId, [{ userIdentityId: other }]), jane)
    await expectMergedInto(listAcsUserRecords(workspaceId, { userIdentityId: other }), jane)
    await expectMergedInto(updateUserIdentity(admin, { user_identity_id: other, full_name: 'x' }), jane)
    await expectMergedInto(deleteUserIdentity(admin, other), jane)
    await expectMergedInto(merge(), jane)
    await expectMergedInto(dismissDuplicate(admin, { one_id: other, other_id: jane }), jane)
  })

  test('leads to the last of a chain of merges', async () => {
    await merge()
    const last = await addIdentity(admin, 'Jane')
    await mergeUserIdentities(admin, { survivor_id: last, merged_id: jane })
    await expectMergedInto(getUserIdentity(admin.workspaceId, other), last)
    await expectMergedInto(getUserIdentity(admin.workspaceId, jane), last)
  })

  test('leads to the middle of a chain again, once its end is taken back', async () => {
    await merge()
    const last = await addIdentity(admin, 'Jane')
    const changeId = uuidv7()
    await mergeUserIdentities({ ...admin, changeId }, { survivor_id: last, merged_id: jane })
    await undo(changeId)
    await expectMergedInto(getUserIdentity(admin.workspaceId, other), jane)
  })

  test('is plainly not found once the survivor is deleted', async () => {
    await merge()
    await deleteUserIdentity(admin, jane)
    const refusal = await refusalOf(getUserIdentity(admin.workspaceId, other))
    expect(refusal).toMatchObject({ type: 'user_identity_not_found', data: undefined })
    expect((await everythingIn(admin)).merged).toEqual([])
  })
})

describe('the survivor’s timeline', () => {
  const timeline = async () =>
    (await listEvents(admin.workspaceId, { userIdentityId: jane }, mayAll, { cursor: null, limit: 50 })).entries

  test('tells what happened to both, and of whom', async () => {
    await updateUserIdentity(admin, { user_identity_id: other, full_name: 'Mary Doe' })
    await updateUserIdentity(admin, { user_identity_id: jane, full_name: 'Jane Mary Doe' })
    await merge({ full_name: 'survivor', survivor_version: 2 })
    const updates = (await timeline()).filter(({ eventType }) => eventType === 'user_identity.updated')
    expect(updates.map(({ isOfMerged, data }) => [isOfMerged, data.user_identity_name])).toEqual([
      [false, 'Jane Mary Doe'],
      [false, 'Jane Mary Doe'],
      [true, 'Mary Doe'],
    ])
  })

  test('offers to undo the merge until that is done', async () => {
    const changeId = await merge()
    expect((await timeline()).every(({ isUndoable }) => isUndoable)).toBe(true)
    await undo(changeId)
    const merged = (await timeline()).find(({ eventType }) => eventType === 'user_identity.merged')
    expect(merged).toMatchObject({ isUndone: true, isUndoable: false })
  })
})

describe('undoing a merge', () => {
  test('gives back both, with ids, values and links, and what was said of them', async () => {
    const stranger = await addIdentity(admin, 'John Roe')
    await dismissDuplicate(admin, { one_id: other, other_id: stranger })
    const before = await everythingIn(admin)
    await undo(await merge({ full_name: 'merged' }))
    const after = await everythingIn(admin)
    const told = (all: typeof before) => ({
      identities: all.identities.map(({ version, updatedAt, ...identity }) => identity),
      links: all.acsUsers.map(({ acsUserId, userIdentityId }) => [acsUserId, userIdentityId]),
      merged: all.merged,
      distinct: all.distinct.map(({ oneId, otherId }) => [oneId, otherId]),
    })
    expect(told(after)).toEqual(told(before))
  })

  test('is refused once a moved ACS user is somebody else’s', async () => {
    const changeId = await merge()
    const john = await addIdentity(admin, 'John Roe')
    await attachAcsUser(admin, { userIdentityId: john, acsUserId: atPier, moveFrom: jane })
    const before = await everythingIn(admin)
    expect(await refusalOf(undo(changeId))).toMatchObject({
      type: 'change_contradicted',
      message: expect.stringContaining('Doe is attached to John Roe now.'),
    })
    expect(await everythingIn(admin)).toEqual(before)
  })

  test('is refused once the survivor is gone', async () => {
    const changeId = await merge()
    await deleteUserIdentity(admin, jane)
    expect(await refusalOf(undo(changeId))).toMatchObject({ type: 'change_contradicted' })
  })

  test('works though the ACS users were changed meanwhile', async () => {
    const changeId = await merge()
    await suspendAcsUser(admin, { acs_user_id: atPier })
    await undo(changeId)
    expect(await holders()).toEqual({ [hers]: jane, [others]: other, [atPier]: other })
  })

  test('merges again when it is undone itself, unless the one that came back was edited', async () => {
    const changeId = await merge()
    const undoId = uuidv7()
    await undoChange({ ...admin, changeId: undoId }, changeId, mayAll)
    await updateUserIdentity(admin, { user_identity_id: other, full_name: 'Mary Doe' })
    expect(await refusalOf(undo(undoId))).toMatchObject({
      message: expect.stringContaining('Doe, Jane was edited since.'),
    })
  })

  test('the creation of a survivor cannot be undone while somebody is merged into it', async () => {
    const changeId = uuidv7()
    const { userIdentityId } = await createUserIdentity({ ...admin, changeId }, { full_name: 'Ann' })
    const twin = await addIdentity(admin, 'Ann')
    await mergeUserIdentities(admin, { survivor_id: userIdentityId, merged_id: twin })
    expect(await refusalOf(undo(changeId))).toMatchObject({
      message: expect.stringContaining('somebody was merged into Ann since.'),
    })
  })
})

describe('at once', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number)

  test('the same pair merged both ways: one wins, and the other reads into whom', async () => {
    for (const _ of numbers(5)) {
      const [one, two] = [await addIdentity(admin, 'One'), await addIdentity(admin, 'Two')]
      const { winners, refusals } = await race([
        mergeUserIdentities(admin, { survivor_id: one, merged_id: two }),
        mergeUserIdentities(admin, { survivor_id: two, merged_id: one }),
        mergeUserIdentities(admin, { survivor_id: one, merged_id: two }),
      ])
      const left = (await everythingIn(admin)).identities.filter(({ userIdentityId }) =>
        [one, two].includes(userIdentityId),
      )
      expect(winners).toBe(1)
      expect(left).toHaveLength(1)
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({
          type: 'user_identity_not_found',
          data: { merged_into: left[0]?.userIdentityId },
        })
      }
    }
  })

  test('merged and deleted: whoever comes first, nobody is left half', async () => {
    for (const _ of numbers(5)) {
      const [one, two] = [await addIdentity(admin, 'One'), await addIdentity(admin, 'Two')]
      const acsUserId = await addAcsUser(admin, house, { userIdentityId: two })
      const { winners, refusals } = await race([
        mergeUserIdentities(admin, { survivor_id: one, merged_id: two }),
        deleteUserIdentity(admin, two),
      ])
      expect(winners).toBe(1)
      expect(refusals).toMatchObject([{ type: 'user_identity_not_found' }])
      const { identities, merged } = await everythingIn(admin)
      const isMerged = merged.some(({ mergedId }) => mergedId === two)
      expect(identities.some(({ userIdentityId }) => userIdentityId === two)).toBe(false)
      expect((await holders())[acsUserId]).toBe(isMerged ? one : undefined)
    }
  })

  test('merged while an ACS user is attached to the one that goes: it moves along, or nobody is found', async () => {
    for (const _ of numbers(5)) {
      const [one, two] = [await addIdentity(admin, 'One'), await addIdentity(admin, 'Two')]
      const acsUserId = await addAcsUser(admin, pier)
      const { refusals } = await race([
        mergeUserIdentities(admin, { survivor_id: one, merged_id: two }),
        attachAcsUser(admin, { userIdentityId: two, acsUserId }),
      ])
      expect((await holders())[acsUserId]).toBe(refusals.length > 0 ? null : one)
    }
  })
})
