/* Several admins at once: every race has one winner, and nobody waits for ever. */
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { createAcsUserForIdentity, deleteAcsUser } from '@/lib/access/acs-users/commands'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace, everythingIn, race } from '@/lib/testing/test-data'
import { attachAcsUser, deleteUserIdentity, detachAcsUser } from './commands'

let admin: Actor
let system: string
beforeEach(async () => {
  admin = await addWorkspace()
  system = await addAccessSystem(admin)
})

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number)
const linksOf = async () =>
  (await everythingIn(admin)).acsUsers.flatMap(({ acsUserId, userIdentityId }) =>
    userIdentityId ? [[acsUserId, userIdentityId]] : [],
  )
const eventTypes = async () => (await everythingIn(admin)).events.map(({ eventType }) => eventType)

test('ten identities for one ACS user: one wins, and nine read who', async () => {
  const acsUserId = await addAcsUser(admin, system)
  const identities = await Promise.all(numbers(10).map((number) => addIdentity(admin, `Person ${number}`)))
  const { winners, refusals } = await race(
    identities.map((userIdentityId) => attachAcsUser(admin, { userIdentityId, acsUserId })),
  )
  const [[, winner] = []] = await linksOf()
  expect(winners).toBe(1)
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ type: 'acs_user_already_linked', data: { user_identity_id: winner } })
  }
  expect(await eventTypes()).toEqual(['user_identity.acs_user_added'])
})

test('ten ACS users of one access system for one identity: one wins, and nine read which', async () => {
  const userIdentityId = await addIdentity(admin)
  const users = await Promise.all(
    numbers(10).map((number) => addAcsUser(admin, system, { fullName: `User ${number}` })),
  )
  const { winners, refusals } = await race(
    users.map((acsUserId) => attachAcsUser(admin, { userIdentityId, acsUserId })),
  )
  const [[winner] = []] = await linksOf()
  expect(winners).toBe(1)
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ type: 'acs_system_already_linked', data: { acs_user_id: winner } })
  }
  expect(await eventTypes()).toEqual(['user_identity.acs_user_added'])
})

test('the same pair ten times: all succeed, and it happened once', async () => {
  const link = { userIdentityId: await addIdentity(admin), acsUserId: await addAcsUser(admin, system) }
  expect((await race(numbers(10).map(() => attachAcsUser(admin, link)))).winners).toBe(10)
  expect(await eventTypes()).toEqual(['user_identity.acs_user_added'])
})

test('two ACS users moved crosswise, again and again: both end where they were sent', async () => {
  const [jane, john] = [await addIdentity(admin, 'Jane'), await addIdentity(admin, 'John')]
  for (const _ of numbers(10)) {
    const hers = await addAcsUser(admin, await addAccessSystem(admin), { userIdentityId: jane })
    const his = await addAcsUser(admin, await addAccessSystem(admin), { userIdentityId: john })
    const { winners } = await race([
      attachAcsUser(admin, { userIdentityId: john, acsUserId: hers, moveFrom: jane }),
      attachAcsUser(admin, { userIdentityId: jane, acsUserId: his, moveFrom: john }),
    ])
    expect(winners).toBe(2)
    expect(await linksOf()).toEqual(
      expect.arrayContaining([
        [hers, john],
        [his, jane],
      ]),
    )
  }
})

test('attaching to an identity that is being deleted: attached and deleted with it, or not found', async () => {
  for (const _ of numbers(10)) {
    const userIdentityId = await addIdentity(admin)
    const acsUserId = await addAcsUser(admin, system)
    const { refusals } = await race([
      attachAcsUser(admin, { userIdentityId, acsUserId }),
      deleteUserIdentity(admin, userIdentityId),
    ])
    const { identities, acsUsers } = await everythingIn(admin)
    expect(identities).toEqual([])
    const isLeft = acsUsers.some((row) => row.acsUserId === acsUserId)
    expect(refusals.map(({ type }) => type)).toEqual(isLeft ? ['user_identity_not_found'] : [])
  }
})

test('taking an ACS user from an identity that is being deleted: moved in time, or gone with it', async () => {
  for (const number of numbers(10)) {
    const [from, to] = [await addIdentity(admin, 'From'), await addIdentity(admin, `To ${number}`)]
    const acsUserId = await addAcsUser(admin, system, { userIdentityId: from })
    const moving = attachAcsUser(admin, { userIdentityId: to, acsUserId, moveFrom: from })
    const deleting = deleteUserIdentity(admin, from)
    const { refusals } = await race(number % 2 ? [moving, deleting] : [deleting, moving])
    const moved = (await linksOf()).some(([id, holder]) => id === acsUserId && holder === to)
    expect(refusals.map(({ type }) => type)).toEqual(moved ? [] : ['acs_user_not_found'])
    expect((await everythingIn(admin)).identities.map(({ userIdentityId }) => userIdentityId)).not.toContain(from)
  }
})

test('detaching while somebody attaches elsewhere: the ACS user is free or attached, and the history says the same', async () => {
  const [jane, john] = [await addIdentity(admin, 'Jane'), await addIdentity(admin, 'John')]
  const acsUserId = await addAcsUser(admin, system, { userIdentityId: jane })
  const { refusals } = await race([
    detachAcsUser(admin, { userIdentityId: jane, acsUserId }),
    attachAcsUser(admin, { userIdentityId: john, acsUserId }),
  ])
  const links = await linksOf()
  expect(links).toEqual(refusals.length ? [] : [[acsUserId, john]])
  const attached = refusals.length ? [] : ['user_identity.acs_user_added']
  expect(await eventTypes()).toEqual(['user_identity.acs_user_removed', ...attached])
})

test('deleting one identity twice at once: it happens once, and the other finds nothing', async () => {
  const userIdentityId = await addIdentity(admin)
  const { winners, refusals } = await race(numbers(2).map(() => deleteUserIdentity(admin, userIdentityId)))
  expect(winners).toBe(1)
  expect(refusals).toMatchObject([{ type: 'user_identity_not_found' }])
  expect(await eventTypes()).toEqual(['user_identity.deleted'])
})

test('a double click on creating an ACS user: there is one, and the second click reads which', async () => {
  const target = { userIdentityId: await addIdentity(admin, 'Jane Doe'), acsSystemId: system }
  const { winners, refusals } = await race(numbers(5).map(() => createAcsUserForIdentity(admin, target)))
  const { acsUsers } = await everythingIn(admin)
  expect(winners).toBe(1)
  expect(acsUsers).toMatchObject([{ userIdentityId: target.userIdentityId }])
  expect(refusals.map(({ data }) => data?.acs_user_id)).toEqual(Array(4).fill(acsUsers[0]?.acsUserId))
  expect(await eventTypes()).toEqual(['acs_user.created', 'user_identity.acs_user_added'])
})

test.runIf(process.env.DATABASE_URL)('whoever deletes an ACS user waits for its person before holding it', async () => {
  const userIdentityId = await addIdentity(admin)
  const acsUserId = await addAcsUser(admin, system, { userIdentityId })
  const connection = await database()
  const deletion = await connection.transaction(async (transaction) => {
    await transaction.execute(sql`select 1 from user_identities where user_identity_id = ${userIdentityId} for update`)
    const begun = deleteAcsUser(admin, { acs_user_id: acsUserId })
    await setTimeout(200)
    // Refused at once if it were held already.
    await transaction.execute(sql`select 1 from acs_users where acs_user_id = ${acsUserId} for update nowait`)
    return { begun }
  })
  await deletion.begun
  expect((await everythingIn(admin)).acsUsers).toEqual([])
})
