import { inArray } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { userIdentities } from '@/db/schema/user-identities'
import type { Actor } from '@/lib/platform/actor'
import type { Page } from '@/lib/platform/pagination/page'
import { addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { type IdentityListParameters, identitySorts, readIdentityListParameters } from './list-parameters'
import { type IdentityListItem, listUserIdentities } from './queries'

const everybody = readIdentityListParameters(new URLSearchParams())
const idsOf = ({ items }: Page<IdentityListItem>) => items.map(({ userIdentityId }) => userIdentityId)

/** Adds people by their names, in this order, and gives their ids. */
async function addPeople({ workspaceId }: Actor, names: string[]): Promise<string[]> {
  const people = names.map((fullName) => ({ workspaceId, userIdentityId: uuidv7(), fullName }))
  await (await database()).insert(userIdentities).values(people)
  return people.map(({ userIdentityId }) => userIdentityId)
}

/** Reads pages as somebody who clicks on to the end. */
async function pagesForward(admin: Actor, parameters: IdentityListParameters, between = async () => {}) {
  const pages: Page<IdentityListItem>[] = []
  for (let cursor: string | null = parameters.cursor; pages.length < 20; ) {
    const page = await listUserIdentities(admin.workspaceId, { ...parameters, cursor })
    pages.push(page)
    if (!page.nextCursor) break
    cursor = page.nextCursor
    await between()
  }
  return pages
}

/** Reads pages as somebody who clicks back to the beginning; first page first. */
async function pagesBackward(admin: Actor, parameters: IdentityListParameters, from: Page<IdentityListItem>) {
  const pages = [from]
  for (let { previousCursor: cursor } = from; cursor && pages.length < 20; ) {
    const page = await listUserIdentities(admin.workspaceId, { ...parameters, cursor })
    pages.unshift(page)
    cursor = page.previousCursor
  }
  return pages
}

describe('paging through 130 people', () => {
  let admin: Actor
  let ids: string[]
  const names = Array.from({ length: 130 }, (_, number) => (number % 3 === 0 ? 'Jane Doe' : `Person ${number % 7}`))
  beforeAll(async () => {
    admin = await addWorkspace()
    await addPeople(await addWorkspace(), names)
    ids = await addPeople(admin, names)
  })

  test.each(identitySorts)('by %s shows everybody once, forward and back, though many have one name', async (sort) => {
    const forward = await pagesForward(admin, { ...everybody, sort })
    const seen = forward.flatMap(idsOf)
    expect(forward.map((page) => page.items.length)).toEqual([50, 50, 30])
    expect(forward.map((page) => page.offset)).toEqual([0, 50, 100])
    expect(forward.map((page) => page.total)).toEqual([130, 130, 130])
    expect([...seen].sort()).toEqual([...ids].sort())

    const last = forward[2]
    if (!last) throw new Error('There is no third page.')
    const backward = await pagesBackward(admin, { ...everybody, sort }, last)
    expect(backward.flatMap(idsOf)).toEqual(seen)
    expect(backward.map((page) => page.offset)).toEqual([0, 50, 100])
    expect([forward[0]?.previousCursor, backward[0]?.previousCursor, last.nextCursor]).toEqual([null, null, null])
  })

  test('is in the order of the sort', async () => {
    const orderOf = async (sort: (typeof identitySorts)[number]) =>
      (await pagesForward(admin, { ...everybody, sort })).flatMap(idsOf)
    expect(await orderOf('oldest')).toEqual(ids)
    expect(await orderOf('newest')).toEqual([...ids].reverse())
    const byName = ids
      .map((id, place) => ({ id, name: names[place] ?? '' }))
      .sort((left, right) =>
        left.name === right.name ? (left.id < right.id ? -1 : 1) : left.name < right.name ? -1 : 1,
      )
      .map(({ id }) => id)
    expect(await orderOf('name')).toEqual(byName)
    expect(await orderOf('name-desc')).toEqual([...byName].reverse())
  })

  test('under a search pages and counts only who is found', async () => {
    const pages = await pagesForward(admin, { ...everybody, sort: 'name', search: 'person' })
    expect(pages.map((page) => [page.items.length, page.offset, page.total])).toEqual([
      [50, 0, 86],
      [36, 50, 86],
    ])
  })

  test.each(['forged', '', 'W10', Buffer.from('["a","x","no id",0]').toString('base64url')])(
    'with the forged cursor %j begins at the first page',
    async (cursor) => {
      const first = await listUserIdentities(admin.workspaceId, everybody)
      expect(await listUserIdentities(admin.workspaceId, { ...everybody, cursor })).toEqual(first)
    },
  )

  test('with a cursor of another sort or workspace shows people of this one, never an error', async () => {
    const { nextCursor: cursor } = await listUserIdentities(admin.workspaceId, everybody)
    for (const sort of identitySorts) {
      const page = await listUserIdentities(admin.workspaceId, { ...everybody, sort, cursor })
      expect(ids).toEqual(expect.arrayContaining(idsOf(page)))
    }
    const other = await addWorkspace()
    expect((await listUserIdentities(other.workspaceId, { ...everybody, cursor })).items).toEqual([])
  })
})

describe('while others work', () => {
  test.each(identitySorts)('by %s everybody who was there is shown once while people are added', async (sort) => {
    const admin = await addWorkspace()
    const ids = await addPeople(
      admin,
      Array.from({ length: 120 }, (_, number) => `Person ${number % 9}`),
    )
    const adding = () => addPeople(admin, ['Aaron', 'Person 4', 'Zoe']).then(() => {})
    const seen = (await pagesForward(admin, { ...everybody, sort }, adding)).flatMap(idsOf)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(ids))
  })

  test('going on to a page whose people are all gone shows people who are there, not an empty page', async () => {
    const admin = await addWorkspace()
    const ids = await addPeople(
      admin,
      Array.from({ length: 60 }, (_, number) => `Person ${number}`),
    )
    const oldest = { ...everybody, sort: 'oldest' as const }
    const first = await listUserIdentities(admin.workspaceId, oldest)
    await (await database()).delete(userIdentities).where(inArray(userIdentities.userIdentityId, ids.slice(50)))
    const next = await listUserIdentities(admin.workspaceId, { ...oldest, cursor: first.nextCursor })
    expect(next).toMatchObject({ total: 50, offset: 0, nextCursor: null, previousCursor: null })
    expect(idsOf(next)).toEqual(ids.slice(0, 50))
  })

  test('going back to a page whose people are all gone shows the beginning as it is now', async () => {
    const admin = await addWorkspace()
    const ids = await addPeople(
      admin,
      Array.from({ length: 60 }, (_, number) => `Person ${number}`),
    )
    const oldest = { ...everybody, sort: 'oldest' as const }
    const [, second] = await pagesForward(admin, oldest)
    await (await database()).delete(userIdentities).where(inArray(userIdentities.userIdentityId, ids.slice(0, 50)))
    const back = await listUserIdentities(admin.workspaceId, { ...oldest, cursor: second?.previousCursor ?? null })
    expect(back).toMatchObject({ total: 10, offset: 0, nextCursor: null, previousCursor: null })
    expect(idsOf(back)).toEqual(ids.slice(50))
  })
})

test('names that search makes as long as can be are paged through too', async () => {
  const admin = await addWorkspace()
  await addPeople(
    admin,
    Array.from({ length: 51 }, () => '\ufdfa'.repeat(200)),
  )
  const pages = await pagesForward(admin, { ...everybody, sort: 'name' })
  expect(pages.map((page) => page.items.length)).toEqual([50, 1])
})

test('an empty workspace has one empty page', async () => {
  const admin = await addWorkspace()
  const empty = { items: [], total: 0, offset: 0, nextCursor: null, previousCursor: null }
  expect(await listUserIdentities(admin.workspaceId, everybody)).toEqual(empty)
  await addIdentity(admin)
  expect(await listUserIdentities(admin.workspaceId, { ...everybody, search: 'nobody' })).toEqual(empty)
})
