import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace, refusalOf } from '@/lib/testing/test-data'
import { type AcsUserListParameters, acsUserSorts, readAcsUserListParameters } from './list-parameters'
import { getAcsUser, listAcsUsers, searchAcsUsers } from './queries'

let admin: Actor
let house: string
let pier: string
let jane: string
let acsUserOfJane: string
const everybody = readAcsUserListParameters(new URLSearchParams())

async function found(parameters: Partial<AcsUserListParameters>): Promise<string[]> {
  const { items, total } = await listAcsUsers(admin.workspaceId, house, { ...everybody, ...parameters })
  expect(total).toBe(items.length)
  return items.map(({ displayName }) => displayName)
}

beforeAll(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  pier = await addAccessSystem(admin, 'Pier 7')
  jane = await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
  acsUserOfJane = await addAcsUser(admin, house, {
    fullName: 'DOE, Jané',
    emailAddress: 'j.doe@harborview.example',
    phoneNumber: '(555) 555-0110',
    userIdentityId: jane,
  })
  await addAcsUser(admin, house, { fullName: 'Free_Person', isSuspended: true })
  await addAcsUser(admin, house, { phoneNumber: 'ext. 4711' })
  await addAcsUser(admin, pier, { fullName: 'Jane Elsewhere' })
})

describe('an access system’s list of ACS users', () => {
  test('shows its own, by name, each with its identity and worst problem', async () => {
    const { items } = await listAcsUsers(admin.workspaceId, house, everybody)
    expect(items).toMatchObject([
      {
        acsUserId: acsUserOfJane,
        displayName: 'DOE, Jané',
        phoneNumber: '+1 555 555 0110',
        identity: { userIdentityId: jane, displayName: 'Jane Doe' },
        problem: null,
      },
      { displayName: 'ext. 4711', phoneNumber: 'ext. 4711', identity: null },
      { displayName: 'Free_Person', identity: null, problem: 'Suspended' },
    ])
  })

  test.each([
    ['words in any order, without accents', 'jane doe'],
    ['part of the email address', 'doe@harbor'],
    ['the phone as the system writes it', '(555) 555-0110'],
    ['the phone with country code', '+1 555 555 0110'],
  ])('finds by %s: %s', async (_what, search) => {
    expect(await found({ search })).toEqual(['DOE, Jané'])
  })

  test('finds by pasted ids: the ACS user’s or its identity’s', async () => {
    expect(await found({ search: acsUserOfJane })).toEqual(['DOE, Jané'])
    expect(await found({ search: jane.toUpperCase() })).toEqual(['DOE, Jané'])
  })

  test.each([
    ['_', ['Free_Person']],
    ['%', []],
    ['4711', ['ext. 4711']],
    ['\u0000', ['DOE, Jané', 'ext. 4711', 'Free_Person']],
    ['elsewhere', []],
  ])('takes %j literally', async (search, names) => {
    expect(await found({ search })).toEqual(names)
  })

  test('leaves who is linked, who is not, who has a problem', async () => {
    expect(await found({ linked: 'linked' })).toEqual(['DOE, Jané'])
    expect(await found({ linked: 'unlinked' })).toEqual(['ext. 4711', 'Free_Person'])
    expect(await found({ linked: 'not_a_person' })).toEqual([])
    expect(await found({ hasProblem: true })).toEqual(['Free_Person'])
    expect(await found({ hasProblem: true, linked: 'linked' })).toEqual([])
  })

  test.each(['no id', '', '\u0000'])('is not found for the access system %j', async (acsSystemId) => {
    expect(await refusalOf(listAcsUsers(admin.workspaceId, acsSystemId, everybody))).toMatchObject({
      type: 'acs_system_not_found',
    })
  })

  test.each(acsUserSorts)('by %s pages through all of them once, forward and back', async (sort) => {
    const crowd = await addWorkspace()
    const system = await addAccessSystem(crowd)
    const ids: string[] = []
    for (let number = 0; number < 105; number++) {
      ids.push(await addAcsUser(crowd, system, { fullName: `User ${number % 4}` }))
    }
    const read = (cursor: string | null) => listAcsUsers(crowd.workspaceId, system, { ...everybody, sort, cursor })
    const first = await read(null)
    const second = await read(first.nextCursor)
    const third = await read(second.nextCursor)
    const seen = [first, second, third].flatMap(({ items }) => items.map(({ acsUserId }) => acsUserId))
    expect([first, second, third].map(({ offset, total }) => [offset, total])).toEqual([
      [0, 105],
      [50, 105],
      [100, 105],
    ])
    expect([...seen].sort()).toEqual([...ids].sort())
    if (sort === 'oldest') expect(seen).toEqual(ids)
    if (sort === 'newest') expect(seen).toEqual([...ids].reverse())
    expect(third.nextCursor).toBeNull()
    expect((await read(third.previousCursor)).items).toEqual(second.items)
    expect((await read(second.previousCursor)).items).toEqual(first.items)
    expect(await read('forged')).toEqual(first)
  })
})

describe('the picker', () => {
  test('offers free ACS users of an access system before those that somebody holds, and says who', async () => {
    const options = await searchAcsUsers(admin.workspaceId, house, '', 10)
    expect(options.map(({ displayName, holder }) => [displayName, holder?.displayName])).toEqual([
      ['ext. 4711', undefined],
      ['Free_Person', undefined],
      ['DOE, Jané', 'Jane Doe'],
    ])
    expect(await searchAcsUsers(admin.workspaceId, house, '', 2)).toEqual(options.slice(0, 2))
  })

  test('searches one access system, or all of the workspace', async () => {
    const names = async (system: string | null) =>
      (await searchAcsUsers(admin.workspaceId, system, 'jane', 10)).map(({ displayName }) => displayName)
    expect(await names(house)).toEqual(['DOE, Jané'])
    expect(await names(null)).toEqual(['Jane Elsewhere', 'DOE, Jané'])
    expect(await refusalOf(names('no id'))).toMatchObject({ type: 'acs_system_not_found' })
  })
})

describe('one ACS user', () => {
  test('is shown with its access system and its identity', async () => {
    expect(await getAcsUser(admin.workspaceId, acsUserOfJane)).toMatchObject({
      acsSystemId: house,
      acsSystemName: 'Harbor House',
      displayName: 'DOE, Jané',
      phoneNumber: '(555) 555-0110',
      phoneNumberE164: '+15555550110',
      identity: { userIdentityId: jane, displayName: 'Jane Doe', emailAddress: 'jane@example.com' },
      accessGroups: [],
    })
  })

  test.each(['no id', '', '0192f0c1-2345-7abc-8def-0123456789ab'])('is not found by %j', async (acsUserId) => {
    expect(await refusalOf(getAcsUser(admin.workspaceId, acsUserId))).toMatchObject({ type: 'acs_user_not_found' })
  })
})
