import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessSystem,
  addAcsUser,
  addCredential,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { cancelMoveOut, moveIn, moveOut } from './commands'
import { listMovingPeople } from './queries'

let admin: Actor
let jane: string
let inHarbor: string
let inPier: string
let mobileKey: string
let card: string
beforeEach(async () => {
  admin = await addWorkspace()
  jane = await addIdentity(admin, 'Jane Doe')
  const [harbor, pier] = [await addAccessSystem(admin, 'Harbor House'), await addAccessSystem(admin, 'Pier 7')]
  inHarbor = await addAcsUser(admin, harbor, { userIdentityId: jane })
  inPier = await addAcsUser(admin, pier, { userIdentityId: jane, isSuspended: true })
  mobileKey = await addCredential(admin, { acsSystemId: harbor, acsUserId: inHarbor })
  card = await addCredential(admin, { acsSystemId: harbor, acsUserId: inHarbor }, { accessMethod: 'card' })
  await addAcsUser(admin, harbor, { fullName: 'Somebody else' })
})

const out = (details: object = {}) =>
  moveOut(admin, { user_identity_id: jane, manner: 'end_schedule', revoke_mobile_credentials: true, ...details })
const into = (details: object = {}) =>
  moveIn(admin, { user_identity_id: jane, starts_at: null, ends_at: null, lift_suspensions: false, ...details })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const ofJane = async () => (await everythingIn(admin)).acsUsers.filter(({ userIdentityId }) => userIdentityId === jane)

test('at once: every schedule ends, mobile keys are gone, cards stay, and it is one change', async () => {
  await out()
  const { identities, acsUsers, credentials, events } = await everythingIn(admin)
  const movedOutAt = identities[0]?.movesOutAt
  expect(movedOutAt?.getTime()).toBeLessThanOrEqual(Date.now())
  for (const acsUser of acsUsers) {
    expect(acsUser.accessEndsAt).toEqual(acsUser.userIdentityId === jane ? movedOutAt : null)
  }
  expect(credentials.map(({ acsCredentialId }) => acsCredentialId)).toEqual([card])
  expect(events.map(({ eventType }) => eventType)).toEqual([
    'user_identity.moved_out',
    'acs_user.updated',
    'acs_credential.deleted',
    'acs_user.updated',
  ])
  expect(new Set(events.map(({ changeId }) => changeId)).size).toBe(1)
  expect(events[0]).toMatchObject({
    userIdentityId: jane,
    data: {
      user_identity_name: 'Jane Doe',
      changes: { moves_out_at: { from: null, to: movedOutAt?.toISOString() } },
    },
  })
})

test('by suspension: who is suspended already stays so', async () => {
  await out({ manner: 'suspend', revoke_mobile_credentials: false })
  expect((await ofJane()).map(({ isSuspended }) => isSuspended)).toEqual([true, true])
  const { events, credentials } = await everythingIn(admin)
  expect(events.map(({ eventType }) => eventType)).toEqual(['user_identity.moved_out', 'acs_user.suspended'])
  expect(credentials).toHaveLength(2)
})

test('planned: schedules and mobile keys end then, can be put off, and can be canceled', async () => {
  await out({ moves_out_at: inDays(3) })
  const putOff = inDays(5)
  await out({ moves_out_at: putOff })
  const { identities, acsUsers, credentials, events } = await everythingIn(admin)
  expect(identities[0]?.movesOutAt?.toISOString()).toBe(putOff)
  expect(acsUsers.filter(({ accessEndsAt }) => accessEndsAt?.toISOString() === putOff)).toHaveLength(2)
  expect(credentials.find(({ acsCredentialId }) => acsCredentialId === mobileKey)?.endsAt?.toISOString()).toBe(putOff)
  expect(credentials.find(({ acsCredentialId }) => acsCredentialId === card)?.endsAt).toBe(null)
  await cancelMoveOut(admin, { user_identity_id: jane })
  const canceled = await everythingIn(admin)
  expect(canceled.identities[0]?.movesOutAt).toBe(null)
  expect(canceled.acsUsers.map(({ accessEndsAt }) => accessEndsAt)).toEqual([null, null, null])
  expect(canceled.credentials.map(({ endsAt }) => endsAt)).toEqual([null, null])
  expect(canceled.events[events.length]).toMatchObject({
    eventType: 'user_identity.move_out_canceled',
    data: { changes: { moves_out_at: { from: putOff, to: null } } },
  })
  await cancelMoveOut(admin, { user_identity_id: jane })
  expect(await everythingIn(admin)).toEqual(canceled)
})

test('moving in: one schedule for all, its end is the planned move-out, suspensions end where asked', async () => {
  const [startsAt, endsAt] = [inDays(1), inDays(300)]
  await into({ starts_at: startsAt, ends_at: endsAt })
  expect((await everythingIn(admin)).identities[0]?.movesOutAt?.toISOString()).toBe(endsAt)
  for (const { accessStartsAt, accessEndsAt } of await ofJane()) {
    expect([accessStartsAt?.toISOString(), accessEndsAt?.toISOString()]).toEqual([startsAt, endsAt])
  }
  await into({ lift_suspensions: true })
  expect((await everythingIn(admin)).identities[0]?.movesOutAt).toBe(null)
  expect(await ofJane()).toMatchObject([
    { acsUserId: inHarbor, accessStartsAt: null, accessEndsAt: null, isSuspended: false },
    { acsUserId: inPier, accessStartsAt: null, accessEndsAt: null, isSuspended: false },
  ])
  const before = await everythingIn(admin)
  await into({ lift_suspensions: true })
  expect(await everythingIn(admin)).toEqual(before)
})

test('what cannot be is refused and changes nothing', async () => {
  const alone = await addIdentity(admin, 'Nobody anywhere')
  const stranger = await addWorkspace()
  const before = await everythingIn(admin)
  expect(await refusalOf(out({ moves_out_at: inDays(-1) }))).toMatchObject({
    fields: { moves_out_at: [expect.any(String)] },
  })
  expect(await refusalOf(out({ moves_out_at: inDays(1), manner: 'suspend' }))).toMatchObject({ kind: 'invalid_input' })
  expect(await refusalOf(out({ manner: 'fire' }))).toMatchObject({ fields: { manner: [expect.any(String)] } })
  expect(await refusalOf(out({ user_identity_id: alone }))).toMatchObject({ type: 'acs_user_missing' })
  expect(await refusalOf(into({ starts_at: inDays(3), ends_at: inDays(2) }))).toMatchObject({ kind: 'invalid_input' })
  expect(await refusalOf(into({ ends_at: inDays(-2) }))).toMatchObject({ kind: 'invalid_input' })
  const theirs = { user_identity_id: jane, manner: 'suspend', revoke_mobile_credentials: true }
  expect(await refusalOf(moveOut(stranger, theirs))).toMatchObject({ type: 'user_identity_not_found' })
  expect(await everythingIn(admin)).toEqual(before)
  await out()
  expect(await refusalOf(cancelMoveOut(admin, { user_identity_id: jane }))).toMatchObject({ type: 'moved_out_already' })
  expect(await listMovingPeople(stranger.workspaceId, [jane])).toEqual([])
})

test('two admins who move the same person out at once do not undo each other', async () => {
  const { winners } = await race([out(), out({ manner: 'suspend' }), out({ moves_out_at: inDays(9) })])
  expect(winners).toBe(3)
  for (const { accessEndsAt, isSuspended } of await ofJane()) expect(isSuspended || accessEndsAt !== null).toBe(true)
})
