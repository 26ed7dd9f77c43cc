import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { countPeople } from '../overview/queries'
import { everySystem, type IdentityListParameters, readIdentityListParameters } from './list-parameters'
import { listUserIdentities } from './queries'

let admin: Actor
let house: string
let pier: string
const everybody = readIdentityListParameters(new URLSearchParams({ sort: 'name' }))

async function found(filters: Partial<IdentityListParameters>): Promise<string[]> {
  const { items, total } = await listUserIdentities(admin.workspaceId, { ...everybody, ...filters })
  expect(total).toBe(items.length)
  return items.map(({ displayName }) => displayName)
}

beforeAll(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  pier = await addAccessSystem(admin, 'Pier 7')
  const yesterday = new Date(Date.now() - 86_400_000)
  const both = await addIdentity(admin, 'Both Anna')
  await addAcsUser(admin, house, { userIdentityId: both })
  await addAcsUser(admin, pier, { userIdentityId: both, isSuspended: true })
  await addAcsUser(admin, house, { userIdentityId: await addIdentity(admin, 'House Berta') })
  await addAcsUser(admin, pier, {
    userIdentityId: await addIdentity(admin, 'Pier Carl'),
    accessEndsAt: yesterday,
  })
  await addIdentity(admin, 'Nowhere Dora')
  // Nobody's troubles are nobody's.
  await addAcsUser(admin, house, { isSuspended: true })
})

describe('the list of people', () => {
  test('without filters shows everybody, with a mark for each access system and the worst problem in it', async () => {
    const { items } = await listUserIdentities(admin.workspaceId, everybody)
    const marks = items.map(({ displayName, links }) => [
      displayName,
      links.map(({ acsSystemId, problem }) => [acsSystemId === house ? 'house' : 'pier', problem]).sort(),
    ])
    expect(marks).toEqual([
      [
        'Both Anna',
        [
          ['house', null],
          ['pier', 'Suspended'],
        ],
      ],
      ['House Berta', [['house', null]]],
      ['Nowhere Dora', []],
      ['Pier Carl', [['pier', 'Access ended']]],
    ])
  })

  test('leaves who is linked in an access system', async () => {
    expect(await found({ linkedIn: house })).toEqual(['Both Anna', 'House Berta'])
    expect(await found({ linkedIn: pier.toUpperCase() })).toEqual(['Both Anna', 'Pier Carl'])
  })

  test('leaves who is missing from an access system, or from all of them', async () => {
    expect(await found({ missingFrom: house })).toEqual(['Nowhere Dora', 'Pier Carl'])
    expect(await found({ missingFrom: everySystem })).toEqual(['Nowhere Dora'])
  })

  test('leaves who has a problem', async () => {
    expect(await found({ hasProblem: true })).toEqual(['Both Anna', 'Pier Carl'])
  })

  test('leaves who passes all filters and the search', async () => {
    expect(await found({ linkedIn: pier, missingFrom: house })).toEqual(['Pier Carl'])
    expect(await found({ linkedIn: pier, missingFrom: house, hasProblem: true, search: 'carl' })).toEqual(['Pier Carl'])
    expect(await found({ linkedIn: house, missingFrom: house })).toEqual([])
    expect(await found({ linkedIn: house, search: 'carl' })).toEqual([])
  })

  test.each(['no id', '\u0000', "'; --", '0192f0c1-2345-7abc-8def-0123456789ab'])(
    'has nobody linked in, and everybody missing from, an access system that is not there: %j',
    async (acsSystemId) => {
      expect(await found({ linkedIn: acsSystemId })).toEqual([])
      expect(await found({ missingFrom: acsSystemId })).toHaveLength(4)
    },
  )
})

test('the overview counts the same people as the filters show', async () => {
  expect(await countPeople(admin.workspaceId)).toEqual({ people: 4, withProblem: 2, linkedNowhere: 1, colleagues: 0 })
  const empty = await addWorkspace()
  expect(await countPeople(empty.workspaceId)).toEqual({ people: 0, withProblem: 0, linkedNowhere: 0, colleagues: 0 })
})
