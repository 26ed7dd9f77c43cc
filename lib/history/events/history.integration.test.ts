import { v7 as uuidv7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { suspendAcsUser, updateAcsUser } from '@/lib/access/acs-users/commands'
import { createCredential } from '@/lib/access/credentials/commands'
import {
  attachAcsUser,
  createUserIdentity,
  deleteUserIdentity,
  updateUserIdentity,
} from '@/lib/people/identities/commands'
import { undoChange } from '@/lib/people/undo/commands'
import type { Actor } from '@/lib/platform/actor'
import { inTransaction } from '@/lib/platform/transaction'
import { addAccessSystem, addAcsUser, addWorkspace } from '@/lib/testing/test-data'
import { recordEvents } from './commands'
import { findPersonName, listActorNames, listEvents } from './queries'

const mayAll = () => true
const newest = { cursor: null, limit: 50 }
const typesOf = async (actor: Actor, filter: Parameters<typeof listEvents>[1] = {}) =>
  (await listEvents(actor.workspaceId, filter, mayAll, newest)).entries.map(({ eventType }) => eventType)

let admin: Actor
let house: string
let jane: string
let acsUserId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin)
  jane = (await createUserIdentity(admin, { full_name: 'Jane Doe' })).userIdentityId
  acsUserId = await addAcsUser(admin, house, { fullName: 'Doe, J.' })
})

test('a person’s history has what befell their ACS users and credentials, also before they were linked', async () => {
  await suspendAcsUser(admin, { acs_user_id: acsUserId })
  await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
  await createCredential(admin, { access_method: 'mobile_key', acs_user_id: acsUserId })
  await suspendAcsUser(admin, { acs_user_id: await addAcsUser(admin, house, { fullName: 'Other' }) })
  const about = { userIdentityId: jane }
  expect(await typesOf(admin, about)).toEqual([
    'acs_credential.issued',
    'user_identity.acs_user_added',
    'acs_user.suspended',
    'user_identity.created',
  ])
  expect(await typesOf(admin, { ...about, kind: 'links' })).toEqual(['user_identity.acs_user_added'])
  expect(await typesOf(admin)).toHaveLength(5)
  expect(await typesOf(await addWorkspace(), about)).toEqual([])
  expect(await typesOf(admin, { userIdentityId: 'nonsense' })).toEqual([])
})

test('pages follow one another without a gap, whatever the history is filtered by', async () => {
  await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
  for (let n = 0; n < 11; n++) await updateAcsUser(admin, { acs_user_id: acsUserId, full_name: `Doe ${n}` })
  for (const filter of [{}, { userIdentityId: jane }, { kind: 'acs_users' as const }, { actorName: 'Dana Reyes' }]) {
    const whole = (await listEvents(admin.workspaceId, filter, mayAll, newest)).entries.map(({ eventId }) => eventId)
    expect(whole.length).toBeGreaterThan(10)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listEvents>> = await listEvents(admin.workspaceId, filter, mayAll, {
        cursor,
        limit: 4,
      })
      paged.push(...page.entries.map(({ eventId }) => eventId))
      cursor = page.nextCursor
    } while (cursor)
    expect(paged).toEqual(whole)
    expect(paged).toEqual([...paged].sort().reverse())
  }
})

test('a span of time, an actor and a kind narrow it, all at once', async () => {
  await updateUserIdentity(
    { ...admin, kind: 'api_key', name: 'Booking app' },
    { user_identity_id: jane, full_name: 'J' },
  )
  const now = Date.now()
  const at = (hours: number) => new Date(now + hours * 3_600_000)
  expect(await typesOf(admin, { since: at(-1), before: at(1) })).toHaveLength(2)
  expect(await typesOf(admin, { since: at(1) })).toEqual([])
  expect(await typesOf(admin, { before: at(-1) })).toEqual([])
  expect(await typesOf(admin, { actorName: 'Booking app', kind: 'person' })).toEqual(['user_identity.updated'])
  expect(await typesOf(admin, { actorName: 'Nobody' })).toEqual([])
  expect(await listActorNames(admin.workspaceId)).toEqual(['Booking app', 'Dana Reyes'])
  expect(await listActorNames((await addWorkspace()).workspaceId)).toEqual([])
})

test('an entry says whether its change can be undone, and whether it was', async () => {
  const changeId = uuidv7()
  await attachAcsUser({ ...admin, changeId }, { userIdentityId: jane, acsUserId })
  const flags = async (may = mayAll as Parameters<typeof listEvents>[2]) => {
    const { entries } = await listEvents(admin.workspaceId, {}, may, newest)
    return entries.map(({ eventType, isUndone, isUndoable }) => [eventType, isUndone, isUndoable])
  }
  const [added, removed] = ['user_identity.acs_user_added', 'user_identity.acs_user_removed']
  expect(await flags()).toEqual([
    [added, false, true],
    ['user_identity.created', false, true],
  ])
  expect(await flags((permission) => permission === 'acs_user.link')).toEqual([
    [added, false, true],
    ['user_identity.created', false, false],
  ])
  const undoneBy = uuidv7()
  await undoChange({ ...admin, changeId: undoneBy }, changeId, mayAll)
  expect((await flags()).slice(0, 2)).toEqual([
    [removed, false, true],
    [added, true, false],
  ])
  await undoChange(admin, undoneBy, mayAll)
  expect((await flags()).slice(0, 3)).toEqual([
    [added, false, true],
    [removed, true, false],
    [added, false, true],
  ])
})

test('the history of who is gone stays readable, and offers to undo the deletion', async () => {
  await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
  await createCredential(admin, { access_method: 'code', acs_user_id: acsUserId, code: '1234' })
  await deleteUserIdentity({ ...admin, changeId: uuidv7() }, jane)
  const { entries } = await listEvents(admin.workspaceId, { userIdentityId: jane, kind: 'person' }, mayAll, newest)
  expect(entries).toMatchObject([
    { eventType: 'user_identity.deleted', isUndoable: true, isThere: { userIdentity: false } },
    { eventType: 'user_identity.created', isThere: { userIdentity: false } },
  ])
  expect(await findPersonName(admin.workspaceId, jane)).toBe('Jane Doe')
  expect(await findPersonName((await addWorkspace()).workspaceId, jane)).toBeNull()
  expect(await findPersonName(admin.workspaceId, 'nonsense')).toBeNull()
})

test('events from before changes were known cannot be undone', async () => {
  await inTransaction((transaction) =>
    recordEvents(transaction, admin, [{ eventType: 'acs_credential.deleted', acsUserId, data: {} }]),
  )
  const { entries } = await listEvents(admin.workspaceId, { kind: 'credentials' }, mayAll, newest)
  expect(entries).toMatchObject([{ isUndoable: false }])
})
