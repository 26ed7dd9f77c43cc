import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace, race, refusalOf } from '@/lib/testing/test-data'
import { undoChange } from '../undo/commands'
import { dismissDuplicate } from './commands'
import { listDuplicates } from './queries'

let admin: Actor
beforeEach(async () => {
  admin = await addWorkspace()
})

const list = (limit = 20, cursor: string | null = null) => listDuplicates(admin.workspaceId, { cursor, limit })

/** All pairs by the ids of both, with the reasons. */
const found = async () =>
  (await list()).pairs.map(({ first, second, reasons }) => [first.userIdentityId, second.userIdentityId, ...reasons])

describe('two people are listed with why', () => {
  type Details = Exclude<Parameters<typeof addIdentity>[1], string>

  test.each<[string, Details, Details, string]>([
    ['the order of names', { fullName: 'Jane Doe' }, { fullName: 'Doe, Jane' }, 'name'],
    ['accents and case', { fullName: 'José Müller' }, { fullName: 'JOSE MULLER' }, 'name'],
    ['dots of a mailbox', { emailAddress: 'jane.doe@example.com' }, { emailAddress: 'JaneDoe@example.com' }, 'mailbox'],
    ['a tag', { emailAddress: 'jane@example.com' }, { emailAddress: 'jane+lease@example.com' }, 'mailbox'],
    [
      'a country code',
      { fullName: 'Jane Doe', phoneNumber: '+442079460958' },
      { fullName: 'Jane A. Doe', phoneNumber: '+12079460958' },
      'phone',
    ],
  ])('but for %s they are one', async (_what, one, two, reason) => {
    const [first, second] = [await addIdentity(admin, one), await addIdentity(admin, two)]
    await addIdentity(admin, 'John Roe')
    expect(await found()).toEqual([[first, second, reason]])
  })

  test.each<[string, Details, Details]>([
    [
      'a family’s phones with names unlike',
      { fullName: 'Jane Doe', phoneNumber: '+442079460958' },
      { fullName: 'Mark Roe', phoneNumber: '+12079460958' },
    ],
    [
      'namesakes whose email addresses and phone numbers differ',
      { fullName: 'Jane Doe', emailAddress: 'a@example.com', phoneNumber: '+15555550110' },
      { fullName: 'Jane Doe', emailAddress: 'b@example.com', phoneNumber: '+15555550199' },
    ],
    ['a mailbox elsewhere', { emailAddress: 'jane@example.com' }, { emailAddress: 'jane@example.org' }],
    ['people without a name', { emailAddress: 'a@example.com' }, { emailAddress: 'b@example.com' }],
  ])('%s are nothing', async (_what, one, two) => {
    await addIdentity(admin, one)
    await addIdentity(admin, two)
    expect(await found()).toEqual([])
  })

  test.each([
    ['older', 'younger'],
    ['younger', 'older'],
  ])('the email address of the %s one is that of an ACS user of the %s', async (withEmail) => {
    const system = await addAccessSystem(admin)
    const [first, second] = [
      await addIdentity(admin, withEmail === 'older' ? { emailAddress: 'jane@example.com' } : 'Jane'),
      await addIdentity(admin, withEmail === 'older' ? 'J. Doe' : { emailAddress: 'jane@example.com' }),
    ]
    await addAcsUser(admin, system, {
      emailAddress: 'JANE@example.com',
      userIdentityId: withEmail === 'older' ? second : first,
    })
    expect(await found()).toEqual([[first, second, 'acs_user_email']])
  })

  test('several reasons stand with one pair', async () => {
    const first = await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
    const second = await addIdentity(admin, { fullName: 'Doe Jane', emailAddress: 'jane+1@example.com' })
    expect(await found()).toEqual([[first, second, 'mailbox', 'name']])
  })
})

test('nobody of another workspace is a duplicate', async () => {
  await addIdentity(await addWorkspace(), 'Jane Doe')
  await addIdentity(admin, 'Jane Doe')
  expect(await found()).toEqual([])
})

test('pages follow one another without a gap, each person’s pairs together', async () => {
  for (let n = 0; n < 6; n++) await addIdentity(admin, { fullName: `Person ${n % 3}`, userIdentityKey: `key ${n}` })
  await addIdentity(admin, { fullName: 'Person 0' })
  const all = (await list()).pairs
  expect(all).toHaveLength(5)
  const paged: typeof all = []
  let cursor: string | null = null
  do {
    const slice = await list(1, cursor)
    paged.push(...slice.pairs)
    cursor = slice.nextCursor
  } while (cursor)
  expect(paged).toEqual(all)
  expect((await list(20, 'nonsense')).pairs).toEqual(all)
})

describe('a pair that was said to be two people', () => {
  let pair: { one_id: string; other_id: string }
  beforeEach(async () => {
    pair = { other_id: await addIdentity(admin, 'Jane Doe'), one_id: await addIdentity(admin, 'Jane Doe') }
  })

  test('is listed no more, until that is taken back', async () => {
    const [changeId, undoId] = [uuidv7(), uuidv7()]
    await dismissDuplicate({ ...admin, changeId }, pair)
    expect(await found()).toEqual([])
    await undoChange({ ...admin, changeId: undoId }, changeId, () => true)
    expect(await found()).toHaveLength(1)
    await undoChange(admin, undoId, () => true)
    expect(await found()).toEqual([])
  })

  test('makes room for another, however many namesakes there are', async () => {
    for (let n = 0; n < 6; n++) await addIdentity(admin, { fullName: 'Jane Doe', userIdentityKey: `${n}` })
    const before = (await list()).pairs
    const [newest] = before
    await dismissDuplicate(admin, {
      one_id: newest?.first.userIdentityId,
      other_id: newest?.second.userIdentityId,
    })
    expect((await list()).pairs).toHaveLength(before.length)
  })

  test('is noted once by several admins at once', async () => {
    const swapped = { one_id: pair.other_id, other_id: pair.one_id }
    expect((await race([pair, swapped, pair].map((given) => dismissDuplicate(admin, given)))).winners).toBe(3)
  })

  test.each<[string, object, string]>([
    ['one person', { other_id: 'same' }, 'invalid_input'],
    ['what is no id', { other_id: 7 }, 'invalid_input'],
    ['somebody unknown', { other_id: uuidv7() }, 'user_identity_not_found'],
  ])('is refused for %s', async (_what, wrong, type) => {
    const given = {
      ...pair,
      ...wrong,
      ...('other_id' in wrong && wrong.other_id === 'same' && { other_id: pair.one_id }),
    }
    expect(await refusalOf(dismissDuplicate(admin, given))).toMatchObject({ type })
  })
})
