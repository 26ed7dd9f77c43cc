import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { workspaces } from '@/db/schema/workspaces'
import { createUserIdentity } from '@/lib/people/identities/commands'
import { addIdentity, addWorkspace, everythingIn, refusalOf } from '@/lib/testing/test-data'
import type { Actor } from './actor'
import { inTransaction } from './transaction'

let admin: Actor
beforeEach(async () => {
  admin = await addWorkspace()
})

const names = async () => (await everythingIn(admin)).identities.map(({ displayName }) => displayName)
const jane = { full_name: 'Jane Doe', user_identity_key: 'resident-1' }

describe('a use case inside another', () => {
  test('is part of it: what it wrote is seen inside, and kept with the rest', async () => {
    await inTransaction(async () => {
      await createUserIdentity(admin, jane)
      expect(await names()).toEqual(['Jane Doe'])
      await createUserIdentity(admin, { full_name: 'John Roe' })
    })
    expect(await names()).toEqual(['Jane Doe', 'John Roe'])
  })

  test('that is refused leaves nothing of itself, and the outer one may go on', async () => {
    await addIdentity(admin, { fullName: 'Holder', userIdentityKey: 'resident-1' })
    await inTransaction(async () => {
      const refused = inTransaction(async () => {
        await createUserIdentity(admin, { full_name: 'John Roe' })
        await createUserIdentity(admin, jane)
      })
      expect(await refusalOf(refused)).toMatchObject({ type: 'user_identity_key_conflict' })
      await createUserIdentity(admin, { full_name: 'Mary Major' })
    })
    expect(await names()).toEqual(['Holder', 'Mary Major'])
    expect((await everythingIn(admin)).events).toHaveLength(1)
  })

  test('goes when the outer one fails', async () => {
    const failing = inTransaction(async () => {
      await createUserIdentity(admin, jane)
      throw new Error('too late')
    })
    await expect(failing).rejects.toThrow('too late')
    expect(await everythingIn(admin)).toMatchObject({ identities: [], events: [] })
  })
})

test('what runs after or beside a transaction is not part of it', async () => {
  const inside = await inTransaction(() => database())
  expect(await database()).not.toBe(inside)
  const count = async () => (await database()).$count(workspaces)
  expect(await Promise.all([inTransaction(count), count()])).toEqual([expect.any(Number), expect.any(Number)])
})
