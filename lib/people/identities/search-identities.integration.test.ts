import fastCheck from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { userIdentities } from '@/db/schema/user-identities'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { readIdentityListParameters } from './list-parameters'
import { listUserIdentities } from './queries'

const everybody = readIdentityListParameters(new URLSearchParams({ sort: 'name' }))

/** The display names of whom a search finds, by name. */
async function found(admin: Actor, search: string): Promise<string[]> {
  const { items, total } = await listUserIdentities(admin.workspaceId, { ...everybody, search })
  expect(total).toBe(items.length)
  return items.map(({ displayName }) => displayName)
}

describe('searching people', () => {
  let admin: Actor
  const uuidKey = '7d9c0c60-0000-4000-8000-000000000001'
  const ids: Record<'jane' | 'acsUserOfJane', string> = { jane: '', acsUserOfJane: '' }

  beforeAll(async () => {
    admin = await addWorkspace()
    ids.jane = await addIdentity(admin, {
      fullName: 'Jane van Doe',
      emailAddress: 'Jane.Doe@Harborview.example',
      phoneNumber: '+15555550110',
      userIdentityKey: 'resident-1042',
    })
    ids.acsUserOfJane = await addAcsUser(admin, await addAccessSystem(admin), { userIdentityId: ids.jane })
    await addIdentity(admin, { fullName: 'Zoë Ångström', phoneNumber: '+442079460958' })
    await addIdentity(admin, { fullName: '100% Real_Person 🗝️', userIdentityKey: 'DOMAIN\\real' })
    await addIdentity(admin, { fullName: '1000 Realm Person', userIdentityKey: uuidKey })
    await addIdentity(admin, { fullName: 'שרה לוי', emailAddress: "o'neil@example.org" })
    await addIdentity(admin, { emailAddress: 'nameless@harborview.example' })
  })

  test.each([
    ['the name', 'Jane van Doe'],
    ['a part of the name, in any case', 'jANe VA'],
    ['the words in any order', 'doe jane'],
    ['last name first, with a comma', 'Doe, Jane'],
    ['part of the words', 'do ja va'],
    ['part of the email address', 'jane.doe@h'],
    ['name and domain together', 'jane harborview'],
    ['the whole phone number', '+1 555 555 0110'],
    ['the phone number in brackets', '(555) 555-0110'],
    ['the phone number with dots', '555.555.0110'],
    ['the phone number as dialled from abroad', '001 555 555 0110'],
    ['its last four digits', '0110'],
    ['three digits with a dash in them', '5-011'],
    ['phone and name together', 'jane 555-0110'],
    ['the key', 'resident-1042'],
    ['a part of the key', '1042'],
  ])('finds Jane alone by %s: %s', async (_what, search) => {
    expect(await found(admin, search)).toEqual(['Jane van Doe'])
  })

  test.each([
    ['a name without its accents', 'angstrom zoe', 'Zoë Ångström'],
    ['a name with accents, as it is', 'Ångström', 'Zoë Ångström'],
    ['a name with accents written apart', 'Zoe\u0308', 'Zoë Ångström'],
    ['a phone with trunk zero', '020 7946 0958', 'Zoë Ångström'],
    ['a phone with trunk zero in brackets', '+44 (0)20 7946 0958', 'Zoë Ångström'],
    ['a phone as dialled from America', '011 44 20 7946 0958', 'Zoë Ångström'],
    ['a per cent sign, as one', '0%', '100% Real_Person 🗝️'],
    ['an underscore, as one', 'l_p', '100% Real_Person 🗝️'],
    ['a backslash, as one', 'n\\r', '100% Real_Person 🗝️'],
    ['an emoji', '🗝️', '100% Real_Person 🗝️'],
    ['letters from right to left', 'לוי', 'שרה לוי'],
    ['an apostrophe', "o'neil", 'שרה לוי'],
    ['a key that is a UUID', uuidKey, '1000 Realm Person'],
    ['numbers in any order with words', 'person 1000', '1000 Realm Person'],
  ])('finds by %s: %s', async (_what, search, name) => {
    expect(await found(admin, search)).toEqual([name])
  })

  test('finds everybody of a domain, also who has no name', async () => {
    expect(await found(admin, 'HARBORVIEW.example')).toEqual(['Jane van Doe', 'nameless@harborview.example'])
  })

  test.each(['j', 'ja', '%', '_', '\\', '5'])('takes a search as short as %j', async (search) => {
    expect((await found(admin, search)).length).toBeGreaterThan(0)
  })

  test('finds by pasted ids: the identity’s, or its ACS user’s, in any case, or several', async () => {
    expect(await found(admin, ids.jane)).toEqual(['Jane van Doe'])
    expect(await found(admin, ` "${ids.jane.toUpperCase()}", `)).toEqual(['Jane van Doe'])
    expect(await found(admin, ids.acsUserOfJane)).toEqual(['Jane van Doe'])
    expect(await found(admin, `${ids.acsUserOfJane} ${uuidKey}`)).toEqual(['1000 Realm Person', 'Jane van Doe'])
    expect(await found(admin, uuidv7())).toEqual([])
  })

  test.each(['nobody', 'jane roe', 'van\\Doe', '0958 jane', 'a%z', '<script>', "' or 1=1 --", '555 555 0111'])(
    'finds nobody by %s',
    async (search) => {
      expect(await found(admin, search)).toEqual([])
    },
  )

  test.each(['', '  ', '\u0000', ','])('shows everybody for %j', async (search) => {
    expect(await found(admin, search)).toHaveLength(6)
  })

  test.each(['jane\u0000', '\u0000jane\u0007', 'jane \ud83d', `jane ${' '.repeat(10_000)}x`])(
    'takes what cannot be stored for no part of the search: %j',
    async (search) => {
      await expect(found(admin, search)).resolves.toBeInstanceOf(Array)
    },
  )
})

test('anybody is found by any part of their name', async () => {
  const admin = await addWorkspace()
  const connection = await database()
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const unit = fastCheck.constantFrom(...'abcdeABC  01259-+().,\'"_%\\éÉñŁøÅßœשרהЖжΩω東京🗝')
  const name = fastCheck
    .string({ unit, minLength: 1, maxLength: 24 })
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const nameAndPart = fastCheck
    .tuple(name, fastCheck.nat(), fastCheck.nat({ max: 11 }))
    .map(([fullName, from, length]) => {
      const characters = [...segmenter.segment(fullName)].map(({ segment }) => segment)
      const start = from % characters.length
      return { fullName, part: characters.slice(start, start + 1 + length).join('') }
    })
  await fastCheck.assert(
    fastCheck.asyncProperty(nameAndPart, async ({ fullName, part }) => {
      const userIdentityId = uuidv7()
      await connection.insert(userIdentities).values({ workspaceId: admin.workspaceId, userIdentityId, fullName })
      // Newest first: whoever else has that part, the one just added is on the first page.
      const { items } = await listUserIdentities(admin.workspaceId, { ...everybody, sort: 'newest', search: part })
      expect(items[0]?.userIdentityId).toBe(userIdentityId)
    }),
    { numRuns: 200 },
  )
})
