import { beforeEach, describe, expect, test } from 'vitest'
import { markNotAPerson } from '@/lib/access/acs-users/commands'
import { addAcsUserToAccessGroup } from '@/lib/access/groups/commands'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { attachAcsUser, attachAcsUsers, createUserIdentityFromAcsUser } from '../identities/commands'
import { undoChange } from '../undo/commands'
import { acceptCertainMatches } from './commands'
import { type QueueParameters, readQueueParameters } from './list-parameters'
import { countQueue, listCertainMatches, listCertainMatchesOf, listHandled, listQueue } from './queries'

let admin: Actor
let house: string
let pier: string
let jane: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  pier = await addAccessSystem(admin, 'Pier 9')
  jane = await addIdentity(admin, {
    fullName: 'Jane Doe',
    emailAddress: 'jane@example.com',
    phoneNumber: '+15555550110',
  })
})

const everything = readQueueParameters(new URLSearchParams())
const rowsOf = async (parameters: Partial<QueueParameters> = {}) =>
  (await listQueue(admin.workspaceId, { ...everything, ...parameters })).rows
const inShort = async (parameters: Partial<QueueParameters> = {}) =>
  (await rowsOf(parameters)).map(({ acsUser, proposals }) => [
    acsUser.displayName,
    ...proposals.map(({ displayName, confidence }) => `${displayName}: ${confidence}`),
  ])

describe('the queue', () => {
  test('shows whoever nobody holds, with the identities that they may be', async () => {
    await addAcsUser(admin, house, { fullName: 'DOE Jane', emailAddress: 'Jane@Example.com' })
    await addAcsUser(admin, pier, { fullName: 'Jane Dow' })
    await addAcsUser(admin, pier, { fullName: 'Xaver Quiz' })
    await addAcsUser(admin, house, { fullName: 'Held', userIdentityId: await addIdentity(admin, 'Held') })
    const service = await addAcsUser(admin, pier, { fullName: 'Master Card' })
    await markNotAPerson(admin, { acs_user_id: service })

    expect(await inShort()).toEqual([['DOE Jane', 'Jane Doe: certain'], ['Jane Dow'], ['Xaver Quiz']])
    expect(await inShort({ acsSystemId: pier })).toEqual([['Jane Dow'], ['Xaver Quiz']])
    expect(await inShort({ confidence: 'certain' })).toEqual([['DOE Jane', 'Jane Doe: certain']])
    expect(await inShort({ confidence: 'none' })).toEqual([['Jane Dow'], ['Xaver Quiz']])
    expect(await inShort({ search: 'xav' })).toEqual([['Xaver Quiz']])
    expect(await inShort({ acsSystemId: 'no id' })).toEqual([])
    expect(await countQueue(admin.workspaceId)).toEqual(
      expect.arrayContaining([
        { acsSystemId: house, count: 1 },
        { acsSystemId: pier, count: 2 },
      ]),
    )
    expect(await countQueue((await addWorkspace()).workspaceId)).toEqual([])
  })

  test('tells what agrees and what differs', async () => {
    const group = await addAccessGroup(admin, house, 'Tower A')
    const acsUserId = await addAcsUser(admin, house, {
      fullName: 'Jane Doe',
      emailAddress: 'jane+door@example.com',
      phoneNumber: '(555) 555-0199',
    })
    await addAcsUserToAccessGroup(admin, { acs_access_group_id: group, acs_user_id: acsUserId })
    expect(await rowsOf()).toMatchObject([
      {
        acsUser: { acsUserId, phoneNumber: '+1 555 555 0199', accessGroups: ['Tower A'] },
        proposals: [
          {
            userIdentityId: jane,
            phoneNumber: '+1 555 555 0110',
            confidence: 'possible',
            reasons: ['same email but for a tag or dots', 'same name'],
            differences: ['another phone'],
            agreement: { name: 'same', email: 'variant', phone: 'different' },
          },
        ],
      },
    ])
  })

  test('finds people by a nickname, by an address without its tag, by their key and by access groups', async () => {
    await addIdentity(admin, { fullName: 'Robert Chen' })
    await addIdentity(admin, { fullName: 'Tagged Person', emailAddress: 't.person+home@example.com' })
    await addIdentity(admin, { fullName: 'Keyed Person', userIdentityKey: 'key@example.com' })
    await addAcsUser(admin, house, { fullName: 'Bob Chen' })
    await addAcsUser(admin, house, { fullName: 'Tagged Person', emailAddress: 'tperson@example.com' })
    await addAcsUser(admin, house, { fullName: null, emailAddress: 'key@example.com' })
    expect(await inShort()).toEqual([
      ['Bob Chen', 'Robert Chen: likely'],
      ['Tagged Person', 'Tagged Person: likely'],
      ['key@example.com', 'Keyed Person: likely'],
    ])
  })

  test('does not propose somebody who has an ACS user there already, and says so', async () => {
    await addAcsUser(admin, house, { fullName: 'Old Card', userIdentityId: jane })
    await addAcsUser(admin, house, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    expect(await rowsOf()).toMatchObject([
      { proposals: [], taken: [{ displayName: 'Jane Doe', linkedAcsUserName: 'Old Card' }] },
    ])
  })

  test('goes on where it ended, also where a colleague has handled the last row', async () => {
    const ids: string[] = []
    for (let number = 0; number < 45; number++) {
      ids.push(await addAcsUser(admin, number % 2 ? house : pier, { fullName: `Stranger ${number}` }))
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const slice = await listQueue(admin.workspaceId, everything, cursor)
      seen.push(...slice.rows.map(({ acsUser }) => acsUser.acsUserId))
      await markNotAPerson(admin, { acs_user_id: seen.at(-1) ?? '' })
      cursor = slice.nextCursor
    } while (cursor)
    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect((await listQueue(admin.workspaceId, everything, 'no cursor')).rows).toHaveLength(20)
  })

  test('tells what became of rows that somebody else handled', async () => {
    const linked = await addAcsUser(admin, house, { fullName: 'A' })
    const service = await addAcsUser(admin, house, { fullName: 'B' })
    const waiting = await addAcsUser(admin, house, { fullName: 'C' })
    await attachAcsUser({ ...admin, name: 'Sam Lee' }, { userIdentityId: jane, acsUserId: linked })
    await markNotAPerson({ ...admin, name: 'Sam Lee' }, { acs_user_id: service })
    const gone = '0192f0c1-2345-7abc-8def-0123456789ab'
    expect(await listHandled(admin.workspaceId, [linked, service, waiting, gone, 'no id'])).toEqual([
      { acsUserId: linked, state: 'linked', userIdentityId: jane, identityName: 'Jane Doe', by: 'Sam Lee' },
      { acsUserId: service, state: 'not_a_person', by: 'Sam Lee' },
      { acsUserId: gone, state: 'deleted' },
    ])
    const { workspaceId } = await addWorkspace()
    expect(await listHandled(workspaceId, [linked])).toEqual([{ acsUserId: linked, state: 'deleted' }])
  })
})

describe('two ACS users of one access system that claim one person', () => {
  test('are not certain, and each says who the other is', async () => {
    await addAcsUser(admin, house, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    await addAcsUser(admin, house, { fullName: 'Doe Jane', phoneNumber: '555 555 0110' })
    await addAcsUser(admin, pier, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    const { certain, conflicts, nextCursor } = await listCertainMatches(admin.workspaceId, everything)
    expect(certain).toMatchObject([{ acsSystemId: pier, userIdentityId: jane, reasons: ['same email', 'same name'] }])
    expect(conflicts).toMatchObject([
      {
        acsUserName: 'Jane Doe',
        identityName: 'Jane Doe',
        claimedBy: [{ displayName: 'Doe Jane', reasons: ['same phone', 'same name'] }],
      },
      { acsUserName: 'Doe Jane', claimedBy: [{ displayName: 'Jane Doe' }] },
    ])
    expect(nextCursor).toBeNull()
  })
})

describe('what is certain about some people', () => {
  const certainOf = (...ids: string[]) => listCertainMatchesOf(admin.workspaceId, ids)

  test('is the same that the queue says, by each of their identifiers', async () => {
    const keyed = await addIdentity(admin, { fullName: 'Ann Lee', userIdentityKey: 'Ann@example.com' })
    const other = await addIdentity(admin, { fullName: 'John Roe', emailAddress: 'john@example.com' })
    const byPhone = await addAcsUser(admin, house, { fullName: 'Jane Doe', phoneNumber: '+15555550110' })
    const byEmail = await addAcsUser(admin, pier, { fullName: 'Jane Doe', emailAddress: 'JANE@example.com' })
    const byKey = await addAcsUser(admin, house, { fullName: 'Ann Lee', emailAddress: 'Ann@example.com' })
    await addAcsUser(admin, house, { fullName: 'John Roe', emailAddress: 'john@example.com' })
    await addAcsUser(admin, pier, { fullName: 'Ann Lee' })
    const { certain } = await certainOf(jane, keyed)
    expect(certain.map(({ acsUserId }) => acsUserId).sort()).toEqual([byPhone, byEmail, byKey].sort())
    const queue = await listCertainMatches(admin.workspaceId, everything)
    expect(certain).toEqual(queue.certain.filter(({ userIdentityId }) => userIdentityId !== other))
    expect((await certainOf(other)).certain).toHaveLength(1)
  })

  test('leaves out who waits no more, and tells of a conflict', async () => {
    const linked = await addAcsUser(admin, pier, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId: linked })
    await addAcsUser(admin, house, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    await addAcsUser(admin, house, { fullName: 'Jane Doe', phoneNumber: '+15555550110' })
    const { certain, conflicts } = await certainOf(jane)
    expect(certain).toEqual([])
    expect(conflicts).toMatchObject([{ identityName: 'Jane Doe' }, { identityName: 'Jane Doe' }])
  })

  test('is looked for by ids alone, and not too many', async () => {
    for (const ids of [null, [], ['x'], Array.from({ length: 201 }, () => jane)]) {
      expect(await refusalOf(listCertainMatchesOf(admin.workspaceId, ids))).toMatchObject({ kind: 'invalid_input' })
    }
  })
})

describe('accepting what is certain', () => {
  const certainPairs = async () =>
    (await listCertainMatches(admin.workspaceId, everything)).certain.map(({ acsUserId, userIdentityId }) => ({
      acsUserId,
      userIdentityId,
    }))

  test('attaches all of it as one change, which one undo takes back', async () => {
    const john = await addIdentity(admin, { fullName: 'John Roe', emailAddress: 'john@example.com' })
    const first = await addAcsUser(admin, house, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    const second = await addAcsUser(admin, house, { fullName: 'John Roe', emailAddress: 'john@example.com' })
    const third = await addAcsUser(admin, pier, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    const before = await everythingIn(admin)
    const changeId = '0192f0c1-2345-7abc-8def-0123456789ab'
    expect(await acceptCertainMatches({ ...admin, changeId }, await certainPairs())).toMatchObject([
      { refusal: null },
      { refusal: null },
      { refusal: null },
    ])
    const { acsUsers, events } = await everythingIn(admin)
    expect(acsUsers).toMatchObject([
      { acsUserId: first, userIdentityId: jane, linkedBy: 'Dana Reyes' },
      { acsUserId: second, userIdentityId: john },
      { acsUserId: third, userIdentityId: jane },
    ])
    expect(events).toMatchObject(
      Array.from({ length: 3 }, () => ({ eventType: 'user_identity.acs_user_added', changeId })),
    )
    await undoChange(admin, changeId, () => true)
    expect((await everythingIn(admin)).acsUsers).toEqual(before.acsUsers)
  })

  test('leaves what is certain no more, and tells', async () => {
    const acsUserId = await addAcsUser(admin, house, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    const pairs = await certainPairs()
    await addAcsUser(admin, house, { fullName: 'Jane Doe', phoneNumber: '555 555 0110' })
    expect(await acceptCertainMatches(admin, pairs)).toMatchObject([
      { acsUserId, refusal: { type: 'match_not_certain' } },
    ])
    expect((await everythingIn(admin)).events).toEqual([])
    const nobody = { acsUserId: jane, userIdentityId: jane }
    expect(await acceptCertainMatches(admin, [nobody])).toMatchObject([{ refusal: { type: 'match_not_certain' } }])
    expect(await refusalOf(acceptCertainMatches(admin, [{ acsUserId: 'x' }]))).toMatchObject({ kind: 'invalid_input' })
  })

  test('three times at once attaches each once', async () => {
    await addAcsUser(admin, house, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    await addAcsUser(admin, pier, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    const pairs = await certainPairs()
    await race([1, 2, 3].map(() => acceptCertainMatches(admin, pairs)))
    expect((await everythingIn(admin)).events).toHaveLength(2)
  })
})

describe('attaching many', () => {
  test('refuses each pair as attaching it alone would, and leaves the others', async () => {
    const john = await addIdentity(admin, 'John Roe')
    const nobody = '0192f0c1-2345-7abc-8def-0123456789ab'
    const free = await addAcsUser(admin, house, { fullName: 'Free' })
    const second = await addAcsUser(admin, house, { fullName: 'Second' })
    const held = await addAcsUser(admin, pier, { fullName: 'Held', userIdentityId: john })
    const service = await addAcsUser(admin, pier, { fullName: 'Service' })
    await markNotAPerson(admin, { acs_user_id: service })
    const outcomes = await attachAcsUsers(admin, [
      { acsUserId: free, userIdentityId: jane },
      { acsUserId: second, userIdentityId: jane },
      { acsUserId: held, userIdentityId: jane },
      { acsUserId: held, userIdentityId: john },
      { acsUserId: service, userIdentityId: jane },
      { acsUserId: nobody, userIdentityId: jane },
      { acsUserId: second, userIdentityId: nobody },
    ])
    expect(outcomes.map(({ refusal }) => refusal?.message ?? null)).toEqual([
      null,
      'This user identity already has “Free” in this access system. Detach that ACS user first.',
      '“Held” is attached to “John Roe”.',
      null,
      null,
      'This ACS user was not found. It may have been deleted.',
      'This user identity was not found. It may have been deleted.',
    ])
    const { acsUsers } = await everythingIn(admin)
    expect(acsUsers.filter(({ userIdentityId }) => userIdentityId === jane)).toMatchObject([
      { acsUserId: free },
      { acsUserId: service, notAPersonAt: null },
    ])
  })

  test('and attaching one by one at once leaves one ACS user for each identity and access system', async () => {
    const users = [await addAcsUser(admin, house, { fullName: 'A' }), await addAcsUser(admin, house, { fullName: 'B' })]
    await race(
      users.flatMap((acsUserId) => [
        attachAcsUsers(admin, [{ acsUserId, userIdentityId: jane }]),
        attachAcsUser(admin, { acsUserId, userIdentityId: jane }),
      ]),
    )
    expect((await everythingIn(admin)).events).toHaveLength(1)
  })
})

describe('an identity made of an ACS user', () => {
  test('has its details and holds it', async () => {
    const acsUserId = await addAcsUser(admin, house, { fullName: 'John Roe', phoneNumber: '555 555 0111' })
    const { userIdentityId } = await createUserIdentityFromAcsUser(admin, { acs_user_id: acsUserId })
    expect(await everythingIn(admin)).toMatchObject({
      identities: [
        { userIdentityId: jane },
        { userIdentityId, fullName: 'John Roe', phoneNumber: '+15555550111', userIdentityKey: null },
      ],
      acsUsers: [{ acsUserId, userIdentityId }],
    })
  })

  test('is refused where somebody has its values, or holds it, or nothing of it can be kept', async () => {
    const create = (acs_user_id: string) => refusalOf(createUserIdentityFromAcsUser(admin, { acs_user_id }))
    const taken = await addAcsUser(admin, house, { emailAddress: 'JANE@example.com' })
    expect(await create(taken)).toMatchObject({ type: 'email_address_conflict' })
    const held = await addAcsUser(admin, house, { fullName: 'Held', userIdentityId: jane })
    expect(await create(held)).toMatchObject({ type: 'acs_user_already_linked' })
    const unreadable = await addAcsUser(admin, house, { emailAddress: 'front desk' })
    expect(await create(unreadable)).toMatchObject({ kind: 'invalid_input' })
    expect(await create('x')).toMatchObject({ kind: 'invalid_input' })
    expect((await everythingIn(admin)).events).toEqual([])
  })
})
