import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { accessGroupMembers } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { credentialEntrances } from '@/db/schema/credentials'
import { attachAcsUser } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import {
  deleteAcsUser,
  markAPerson,
  markNotAPerson,
  revokeAccessToAllEntrances,
  suspendAcsUser,
  unsuspendAcsUser,
  updateAcsUser,
} from './commands'
import { resolveAcsUserTarget } from './queries'

let admin: Actor
let house: string
let jane: string
let acsUserId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, 'Jane Doe')
  acsUserId = await addAcsUser(admin, house, { fullName: 'Doe, J.', userIdentityId: jane })
})

const nothing = '0192f0c1-2345-7abc-8def-0123456789ab'
const acsUser = async () => (await everythingIn(admin)).acsUsers.find((row) => row.acsUserId === acsUserId)
const events = async () => (await everythingIn(admin)).events
const names = { acs_user_name: 'Doe, J.', acs_system_name: 'Harbor House', user_identity_name: 'Jane Doe' }

async function expectUnchanged(run: () => Promise<unknown>) {
  const before = await everythingIn(admin)
  await run()
  expect(await everythingIn(admin)).toEqual(before)
}

describe('which ACS user is meant', () => {
  const resolve = (target: unknown) => resolveAcsUserTarget(admin.workspaceId, target)

  test('is said by its id, or by access system and identity, or by all of them', async () => {
    const byIdentity = { acs_system_id: house, user_identity_id: jane }
    expect(await resolve({ acs_user_id: acsUserId.toUpperCase() })).toBe(acsUserId)
    expect(await resolve(byIdentity)).toBe(acsUserId)
    expect(await resolve({ acs_user_id: acsUserId, ...byIdentity })).toBe(acsUserId)
    expect(await resolve({ acs_user_id: acsUserId, user_identity_id: jane })).toBe(acsUserId)
  })

  test('is not said by less', async () => {
    for (const target of [{}, { acs_system_id: house }, { user_identity_id: jane }]) {
      expect(await refusalOf(resolve(target))).toMatchObject({
        kind: 'invalid_input',
        message: 'Send acs_user_id, or acs_system_id and user_identity_id together.',
      })
    }
    expect(await refusalOf(resolve({ acs_user_id: 'x' }))).toMatchObject({ kind: 'invalid_input' })
    expect(await refusalOf(resolve(null))).toMatchObject({ kind: 'invalid_input' })
  })

  test('is not found where it is not there, or where not all that is said is true of it', async () => {
    const pier = await addAccessSystem(admin, 'Pier 7')
    for (const target of [
      { acs_user_id: nothing },
      { acs_system_id: house, user_identity_id: nothing },
      { acs_system_id: pier, user_identity_id: jane },
      { acs_user_id: acsUserId, acs_system_id: pier },
      { acs_user_id: acsUserId, user_identity_id: nothing },
    ]) {
      expect(await refusalOf(resolve(target))).toMatchObject({ kind: 'not_found', type: 'acs_user_not_found' })
    }
  })

  test.each<[string, (actor: Actor, input: unknown) => Promise<void>]>([
    ['changing', updateAcsUser],
    ['deleting', deleteAcsUser],
    ['suspending', suspendAcsUser],
    ['lifting a suspension', unsuspendAcsUser],
    ['revoking', revokeAccessToAllEntrances],
  ])('goes for %s too', async (_what, command) => {
    await expectUnchanged(async () => {
      expect(await refusalOf(command(admin, {}))).toMatchObject({ kind: 'invalid_input' })
      expect(await refusalOf(command(admin, { acs_user_id: nothing }))).toMatchObject({ type: 'acs_user_not_found' })
    })
    await command(admin, { acs_system_id: house, user_identity_id: jane, full_name: 'New' })
  })
})

describe('changing an ACS user', () => {
  const update = (changes: object) => updateAcsUser(admin, { acs_user_id: acsUserId, ...changes })

  test('writes what was given, and the history says from what to what', async () => {
    const schedule = { starts_at: '2026-01-01T00:00:00Z', ends_at: '2100-01-01T00:00:00Z' }
    await update({ full_name: 'Jane Roe', email: 'jane@example.com', phone_number: '555 555 0110' })
    await update({ access_schedule: schedule })
    expect(await acsUser()).toMatchObject({
      fullName: 'Jane Roe',
      emailAddress: 'jane@example.com',
      phoneNumber: '555 555 0110',
      phoneNumberE164: '+15555550110',
      accessStartsAt: new Date(schedule.starts_at),
      accessEndsAt: new Date(schedule.ends_at),
      version: 3,
    })
    expect(await events()).toMatchObject([
      {
        eventType: 'acs_user.updated',
        acsUserId,
        acsSystemId: house,
        userIdentityId: jane,
        data: {
          ...names,
          acs_user_name: 'Jane Roe',
          changes: {
            full_name: { from: 'Doe, J.', to: 'Jane Roe' },
            email_address: { from: null, to: 'jane@example.com' },
            phone_number: { from: null, to: '555 555 0110' },
          },
        },
      },
      {
        data: {
          changes: {
            access_starts_at: { from: null, to: '2026-01-01T00:00:00.000Z' },
            access_ends_at: { from: null, to: '2100-01-01T00:00:00.000Z' },
          },
        },
      },
    ])
  })

  test('to what it is already changes nothing', async () => {
    await update({ phone_number: '555 555 0110' })
    await expectUnchanged(() => update({}))
    await expectUnchanged(() => update({ full_name: 'Doe, J.', access_schedule: null, phone_number: '555 555 0110' }))
  })

  test('to a phone that is none forgets what the former one was read as', async () => {
    await update({ phone_number: '555 555 0110' })
    await update({ phone_number: 'none' })
    expect(await acsUser()).toMatchObject({ phoneNumber: 'none', phoneNumberE164: null })
  })

  test('a schedule that is left out stays, null clears it', async () => {
    await update({ access_schedule: { starts_at: '2026-01-01T00:00:00Z', ends_at: '2100-01-01T00:00:00Z' } })
    await update({ full_name: 'Jane' })
    expect(await acsUser()).toMatchObject({ accessEndsAt: expect.any(Date) })
    await update({ access_schedule: null })
    expect(await acsUser()).toMatchObject({ accessStartsAt: null, accessEndsAt: null })
  })

  test.each([
    ['full_name', { full_name: '' }],
    ['email_address', { email_address: 'x' }],
    ['email', { email: 'a@example.com', email_address: 'b@example.com' }],
    ['phone_number', { phone_number: 'a\nb' }],
    ['access_schedule.starts_at', { access_schedule: { ends_at: '2100-01-01T00:00:00Z' } }],
    ['access_schedule.ends_at', { access_schedule: { starts_at: '2100-01-01T00:00:00Z' } }],
    [
      'access_schedule.ends_at',
      { access_schedule: { starts_at: '2100-01-01T00:00:00Z', ends_at: '2026-01-01T00:00:00Z' } },
    ],
  ])('is refused beside %s: %j', async (field, changes) => {
    await expectUnchanged(async () => {
      expect((await refusalOf(update(changes))).fields).toHaveProperty([field])
    })
  })
})

describe('saying that an ACS user is no person', () => {
  const free = () => addAcsUser(admin, house, { fullName: 'Master Card' })
  const marked = async (id: string) => (await everythingIn(admin)).acsUsers.find((row) => row.acsUserId === id)

  test('is remembered with who said so, and can be taken back', async () => {
    const acs_user_id = await free()
    await markNotAPerson(admin, { acs_user_id })
    expect(await marked(acs_user_id)).toMatchObject({ notAPersonAt: expect.any(Date), notAPersonBy: admin.name })
    await markNotAPerson(admin, { acs_user_id })
    await markAPerson(admin, { acs_user_id })
    expect(await marked(acs_user_id)).toMatchObject({ notAPersonAt: null, notAPersonBy: null })
    expect((await events()).map(({ eventType }) => eventType)).toEqual([
      'acs_user.marked_not_a_person',
      'acs_user.marked_a_person',
    ])
  })

  test('is refused for one that somebody holds, and says who', async () => {
    expect(await refusalOf(markNotAPerson(admin, { acs_user_id: acsUserId }))).toMatchObject({
      type: 'acs_user_already_linked',
      message: '“Doe, J.” is attached to “Jane Doe”. Detach it first.',
    })
  })

  test('ends when it is attached to somebody', async () => {
    const john = await addIdentity(admin, 'John Roe')
    const acs_user_id = await free()
    await markNotAPerson(admin, { acs_user_id })
    await attachAcsUser(admin, { userIdentityId: john, acsUserId: acs_user_id })
    expect(await marked(acs_user_id)).toMatchObject({ userIdentityId: john, notAPersonAt: null, notAPersonBy: null })
    expect((await events()).map(({ eventType }) => eventType)).toEqual([
      'acs_user.marked_not_a_person',
      'acs_user.marked_a_person',
      'user_identity.acs_user_added',
    ])
  })

  test('and attaching it at once leaves one of the two, never both', async () => {
    const john = await addIdentity(admin, 'John Roe')
    const acs_user_id = await free()
    await race([
      markNotAPerson(admin, { acs_user_id }),
      attachAcsUser(admin, { userIdentityId: john, acsUserId: acs_user_id }),
    ])
    // Whoever attaches it last says that it is somebody; who comes too late is refused.
    expect(await marked(acs_user_id)).toMatchObject({ userIdentityId: john, notAPersonAt: null })
  })
})

describe('suspending an ACS user', () => {
  const target = () => ({ acs_user_id: acsUserId })

  test('is dated and in the history, and so is the end of it', async () => {
    await suspendAcsUser(admin, target())
    expect(await acsUser()).toMatchObject({ isSuspended: true, suspendedAt: expect.any(Date) })
    await unsuspendAcsUser(admin, target())
    expect(await acsUser()).toMatchObject({ isSuspended: false, suspendedAt: null })
    expect(await events()).toMatchObject([
      { eventType: 'acs_user.suspended', acsUserId, userIdentityId: jane, data: names },
      { eventType: 'acs_user.unsuspended', acsUserId, userIdentityId: jane, data: names },
    ])
  })

  test('again changes nothing, nor does lifting what is not suspended', async () => {
    await expectUnchanged(() => unsuspendAcsUser(admin, target()))
    await suspendAcsUser(admin, target())
    await expectUnchanged(() => suspendAcsUser(admin, target()))
  })

  test('five times at once happens once', async () => {
    await race(Array.from({ length: 5 }, () => suspendAcsUser(admin, target())))
    expect((await events()).map(({ eventType }) => eventType)).toEqual(['acs_user.suspended'])
  })
})

describe('deleting an ACS user', () => {
  test('deletes its credentials too, and nobody else’s; the identity stays', async () => {
    const acsCredentialId = await addCredential(admin, { acsSystemId: house, acsUserId })
    const other = await addAcsUser(admin, house, { fullName: 'Other' })
    await addCredential(admin, { acsSystemId: house, acsUserId: other })
    await deleteAcsUser(admin, { acs_user_id: acsUserId })
    expect(await everythingIn(admin)).toMatchObject({
      identities: [{ userIdentityId: jane }],
      acsUsers: [{ acsUserId: other }],
      credentials: [{ acsUserId: other }],
      events: [
        { eventType: 'acs_credential.deleted', acsCredentialId, acsUserId, userIdentityId: jane, data: names },
        { eventType: 'acs_user.deleted', acsUserId, acsSystemId: house, userIdentityId: jane, data: names },
      ],
    })
  })

  test('twice at once: it happens once, and the other finds nothing', async () => {
    const { winners, refusals } = await race([1, 2].map(() => deleteAcsUser(admin, { acs_user_id: acsUserId })))
    expect(winners).toBe(1)
    expect(refusals).toMatchObject([{ type: 'acs_user_not_found' }])
  })
})

describe('revoking all access', () => {
  test('takes grants, groups and the credentials’ entrances, once, and nobody else’s', async () => {
    const { workspaceId } = admin
    const acsEntranceId = await addEntrance(admin, house)
    const acsAccessGroupId = await addAccessGroup(admin, house)
    const inSystem = { workspaceId, acsSystemId: house }
    const connection = await database()
    const other = await addAcsUser(admin, house, { fullName: 'Other' })
    for (const holder of [acsUserId, other]) {
      const acsCredentialId = await addCredential(admin, { acsSystemId: house, acsUserId: holder })
      await connection.insert(acsUserEntrances).values({ ...inSystem, acsUserId: holder, acsEntranceId })
      await connection.insert(accessGroupMembers).values({ ...inSystem, acsUserId: holder, acsAccessGroupId })
      await connection.insert(credentialEntrances).values({ ...inSystem, acsCredentialId, acsEntranceId })
    }
    await revokeAccessToAllEntrances(admin, { acs_user_id: acsUserId })
    const {
      acsUsers,
      credentials,
      acsUserEntrances: grants,
      groupMembers,
      credentialEntrances: opened,
    } = await everythingIn(admin)
    const theirs = credentials.find((credential) => credential.acsUserId === other)
    expect(acsUsers).toHaveLength(2)
    expect(credentials).toHaveLength(2)
    expect(grants).toMatchObject([{ acsUserId: other }])
    expect(groupMembers).toMatchObject([{ acsUserId: other }])
    expect(opened).toMatchObject([{ acsCredentialId: theirs?.acsCredentialId }])
    expect(await events()).toMatchObject([{ eventType: 'acs_user.access_revoked', acsUserId, data: names }])
    await expectUnchanged(() => revokeAccessToAllEntrances(admin, { acs_user_id: acsUserId }))
  })
})
