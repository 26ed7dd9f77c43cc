import { eq } from 'drizzle-orm'
import fastCheck from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { accessGroups } from '@/db/schema/access-groups'
import {
  createAcsUser,
  createAcsUserForIdentity,
  deleteAcsUser,
  markAPerson,
  markNotAPerson,
  revokeAccessToAllEntrances,
  suspendAcsUser,
  unsuspendAcsUser,
  updateAcsUser,
} from '@/lib/access/acs-users/commands'
import {
  assignCredential,
  createCredential,
  deleteCredential,
  unassignCredential,
  updateCredential,
} from '@/lib/access/credentials/commands'
import { grantAccessToEntrance } from '@/lib/access/entrances/commands'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup } from '@/lib/access/groups/commands'
import { lockUserIdentity } from '@/lib/access/links/link'
import type { Actor } from '@/lib/platform/actor'
import { may as roleMay } from '@/lib/platform/permissions'
import { Refusal } from '@/lib/platform/refusals'
import { inTransaction } from '@/lib/platform/transaction'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addEntrance,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { dismissDuplicate } from '../duplicates/commands'
import {
  attachAcsUser,
  createUserIdentity,
  deleteUserIdentity,
  detachAcsUser,
  updateUserIdentity,
} from '../identities/commands'
import { writeMoveOut } from '../identities/move-out'
import { mergeUserIdentities } from '../merges/commands'
import { undoChange } from './commands'

const mayAll = () => true

/** Runs commands as one change and gives its id. */
async function change(admin: Actor, run: (actor: Actor) => Promise<unknown>): Promise<string> {
  const changeId = uuidv7()
  await run({ ...admin, changeId })
  return changeId
}

/** Undoes a change, as a change of its own, and gives that one's id. */
const undo = (admin: Actor, changeId: string) => change(admin, (actor) => undoChange(actor, changeId, mayAll))

/** All that a workspace has, apart from the history, versions and the dates of writing. */
async function stateOf(admin: Actor) {
  const { identities, acsUsers, credentials, groupMembers, acsUserEntrances, credentialEntrances, merged, distinct } =
    await everythingIn(admin)
  return {
    identities: identities.map(({ version, updatedAt, ...identity }) => identity),
    acsUsers: acsUsers.map(({ version, linkedAt, linkedBy, suspendedAt, notAPersonAt, notAPersonBy, ...acsUser }) => ({
      ...acsUser,
      isNoPerson: notAPersonAt !== null,
    })),
    credentials: credentials.map(({ createdAt, ...credential }) => credential),
    acsUserEntrances: acsUserEntrances.map(({ grantedAt, ...granted }) => granted),
    groupMembers,
    credentialEntrances,
    merged: merged.map(({ mergedAt, ...merge }) => merge),
    distinct: distinct.map(({ decidedAt, ...pair }) => pair),
  }
}

let admin: Actor
let house: string
let jane: string
let john: string
let acsUserId: string
beforeEach(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  jane = await addIdentity(admin, { fullName: 'Jane Doe', emailAddress: 'jane@example.com' })
  john = await addIdentity(admin, 'John Roe')
  acsUserId = await addAcsUser(admin, house, { fullName: 'Doe, J.' })
})

describe('whatever was done', () => {
  type Move = { kind: number; a: number; b: number; c: number }
  type Small = {
    house: string
    tower: string
    groups: [string, string]
    doors: string[]
  }

  const pick = <Item>(items: Item[], n: number): Item => {
    const item = items[n % items.length]
    if (item === undefined)
      throw new Refusal({ kind: 'not_found', type: 'nothing', message: 'Nothing to choose from.' })
    return item
  }
  const days = (n: number) => new Date(Date.UTC(2030, 0, 1 + (n % 5))).toISOString()

  const commands: ((actor: Actor, small: Small, move: Move) => Promise<unknown>)[] = [
    async (actor, { house: one, tower }, { a, b }) =>
      createUserIdentity(actor, {
        full_name: `Person ${a}`,
        email_address: `p${b}@example.com`,
        acs_system_ids: [one, tower].slice(0, a % 3),
      }),
    async (actor, _small, { a, b, c }) =>
      updateUserIdentity(actor, {
        user_identity_id: pick((await everythingIn(actor)).identities, a).userIdentityId,
        full_name: c % 2 ? `Renamed ${b}` : undefined,
        email_address: c % 3 ? `p${c}@example.com` : null,
      }),
    async (actor, _small, { a, b, c }) => {
      const { identities, acsUsers } = await everythingIn(actor)
      const acsUser = pick(acsUsers, a)
      return attachAcsUser(actor, {
        userIdentityId: pick(identities, b).userIdentityId,
        acsUserId: acsUser.acsUserId,
        moveFrom: c % 3 ? acsUser.userIdentityId : null,
      })
    },
    async (actor, _small, { a }) => {
      const { acsUserId: id, userIdentityId } = pick(
        (await everythingIn(actor)).acsUsers.filter((acsUser) => acsUser.userIdentityId),
        a,
      )
      return detachAcsUser(actor, { userIdentityId: userIdentityId ?? '', acsUserId: id })
    },
    async (actor, _small, { a, b }) =>
      (b % 2 ? markNotAPerson : markAPerson)(actor, {
        acs_user_id: pick((await everythingIn(actor)).acsUsers, a).acsUserId,
      }),
    async (actor, small, { a, b, c }) =>
      createAcsUser(actor, {
        full_name: `User ${a}`,
        phone_number: '+15555550110',
        acs_system_id: small.house,
        acs_access_group_ids: a % 2 ? [small.groups[0]] : [],
        user_identity_id: b % 2 ? pick((await everythingIn(actor)).identities, c).userIdentityId : undefined,
      }),
    async (actor, { tower }, { a }) =>
      createAcsUserForIdentity(actor, {
        userIdentityId: pick((await everythingIn(actor)).identities, a).userIdentityId,
        acsSystemId: tower,
      }),
    async (actor, _small, { a, b, c }) =>
      updateAcsUser(actor, {
        acs_user_id: pick((await everythingIn(actor)).acsUsers, a).acsUserId,
        full_name: c % 2 ? `User ${b}` : undefined,
        phone_number: b % 2 ? `555 555 010${c}` : undefined,
        access_schedule: c % 3 === 0 ? null : { starts_at: days(0), ends_at: days(1 + (b % 4)) },
      }),
    async (actor, _small, { a, b }) =>
      (b % 2 ? suspendAcsUser : unsuspendAcsUser)(actor, {
        acs_user_id: pick((await everythingIn(actor)).acsUsers, a).acsUserId,
      }),
    async (actor, small, { a, b }) =>
      grantAccessToEntrance(actor, {
        acs_entrance_id: pick(small.doors, b),
        acs_user_id: pick(
          (await everythingIn(actor)).acsUsers.filter(({ acsSystemId }) => acsSystemId === small.house),
          a,
        ).acsUserId,
      }),
    async (actor, _small, { a }) =>
      revokeAccessToAllEntrances(actor, { acs_user_id: pick((await everythingIn(actor)).acsUsers, a).acsUserId }),
    async (actor, small, { a, b, c }) =>
      (c % 3 ? addAcsUserToAccessGroup : removeAcsUserFromAccessGroup)(actor, {
        acs_access_group_id: pick(small.groups, b),
        acs_user_id: pick(
          (await everythingIn(actor)).acsUsers.filter(({ acsSystemId }) => acsSystemId === small.house),
          a,
        ).acsUserId,
      }),
    async (actor, small, { a, b, c }) =>
      createCredential(actor, {
        access_method: 'mobile_key',
        acs_user_id: pick(
          (await everythingIn(actor)).acsUsers.filter(({ acsSystemId }) => acsSystemId === small.house),
          a,
        ).acsUserId,
        allowed_acs_entrance_ids: small.doors.slice(0, b % 3),
        ...(c % 2 && { starts_at: days(0), ends_at: days(2) }),
      }),
    async (actor, _small, { a }) =>
      deleteCredential(actor, {
        acs_credential_id: pick((await everythingIn(actor)).credentials, a).acsCredentialId,
      }),
    async (actor, _small, { a, b }) =>
      updateCredential(actor, {
        acs_credential_id: pick((await everythingIn(actor)).credentials, a).acsCredentialId,
        ends_at: days(1 + (b % 4)),
      }),
    async (actor, _small, { a, b }) => {
      const { credentials, acsUsers } = await everythingIn(actor)
      const credential = pick(credentials, a)
      return credential.acsUserId
        ? unassignCredential(actor, {
            acs_credential_id: credential.acsCredentialId,
            acs_user_id: credential.acsUserId,
          })
        : assignCredential(actor, {
            acs_credential_id: credential.acsCredentialId,
            acs_user_id: pick(
              acsUsers.filter(({ acsSystemId }) => acsSystemId === credential.acsSystemId),
              b,
            ).acsUserId,
          })
    },
    async (actor, _small, { a, b, c }) => {
      const { userIdentityId } = pick((await everythingIn(actor)).identities, a)
      return inTransaction(async (transaction) =>
        writeMoveOut(
          transaction,
          actor,
          await lockUserIdentity(transaction, actor.workspaceId, userIdentityId),
          c % 3 ? new Date(days(b)) : null,
        ),
      )
    },
    async (actor, _small, { a, b, c }) => {
      const { identities, acsUsers } = await everythingIn(actor)
      const side = (n: number) => (n % 2 ? 'survivor' : 'merged')
      return mergeUserIdentities(actor, {
        survivor_id: pick(identities, a).userIdentityId,
        merged_id: pick(identities, b).userIdentityId,
        ...{ full_name: side(c), email_address: side(c + a), phone_number: side(a) },
        keep_acs_user_ids: acsUsers.slice(c % 3).flatMap((acsUser, n) => (n % 2 ? acsUser.acsUserId : [])),
      })
    },
    async (actor, _small, { a, b }) => {
      const { identities } = await everythingIn(actor)
      return dismissDuplicate(actor, {
        one_id: pick(identities, a).userIdentityId,
        other_id: pick(identities, b).userIdentityId,
      })
    },
    async (actor, _small, { a }) =>
      deleteUserIdentity(actor, pick((await everythingIn(actor)).identities, a).userIdentityId),
    async (actor, _small, { a }) =>
      deleteAcsUser(actor, { acs_user_id: pick((await everythingIn(actor)).acsUsers, a).acsUserId }),
  ]

  const numbers = fastCheck.nat({ max: 7 })
  const moves = fastCheck.array(
    fastCheck.record({ kind: fastCheck.nat({ max: commands.length - 1 }), a: numbers, b: numbers, c: numbers }),
    { minLength: 4, maxLength: 14 },
  )

  test('undoing gives back what was before, and undoing that gives back what was after', async () => {
    await fastCheck.assert(
      fastCheck.asyncProperty(moves, async (given) => {
        const actor = await addWorkspace()
        const one = await addAccessSystem(actor, 'Harbor House')
        const small: Small = {
          house: one,
          tower: await addAccessSystem(actor, 'Tower'),
          groups: [await addAccessGroup(actor, one, 'Residents'), await addAccessGroup(actor, one, 'Gym')],
          doors: [await addEntrance(actor, one, 'Lobby'), await addEntrance(actor, one, 'Garage')],
        }
        const person = await addIdentity(actor, { fullName: 'Jane Doe', emailAddress: 'p1@example.com' })
        await addIdentity(actor, 'John Roe')
        await addAcsUser(actor, one, { fullName: 'Doe, J.', userIdentityId: person })
        await addAcsUser(actor, small.tower, { fullName: 'Doe, J.', emailAddress: 'p2@example.com' })
        for (const move of given) {
          const before = await stateOf(actor)
          const done = await change(actor, async (acting) => {
            await commands[move.kind]?.(acting, small, move).catch((error) => {
              if (!(error instanceof Refusal)) throw error
            })
          })
          if (!(await everythingIn(actor)).events.some(({ changeId }) => changeId === done)) continue
          const after = await stateOf(actor)
          const undone = await undo(actor, done)
          expect(await stateOf(actor)).toEqual(before)
          const facts = (await everythingIn(actor)).events.filter(({ changeId }) => changeId === undone)
          expect(facts.length).toBeGreaterThan(0)
          expect(facts.every(({ undoesChangeId }) => undoesChangeId === done)).toBe(true)
          await undo(actor, undone)
          expect(await stateOf(actor)).toEqual(after)
        }
      }),
      { numRuns: 12 },
    )
  })
})

test('undoing twice changes nothing the second time, also at once', async () => {
  const link = { userIdentityId: jane, acsUserId }
  const done = await change(admin, (actor) => attachAcsUser(actor, link))
  expect(await race([undo(admin, done), undo(admin, done), undo(admin, done)])).toEqual({ winners: 3, refusals: [] })
  const { events, acsUsers } = await everythingIn(admin)
  expect(acsUsers).toMatchObject([{ userIdentityId: null }])
  expect(events.filter(({ undoesChangeId }) => undoesChangeId === done)).toHaveLength(1)
})

test('a creation that two undo at once is taken back once', async () => {
  const done = await change(admin, (actor) => createUserIdentity(actor, { full_name: 'Ann', acs_system_ids: [house] }))
  expect(await race([undo(admin, done), undo(admin, done)])).toEqual({ winners: 2, refusals: [] })
  const { identities, acsUsers, events } = await everythingIn(admin)
  expect(identities.map(({ fullName }) => fullName)).toEqual(['Jane Doe', 'John Roe'])
  expect(acsUsers.map((acsUser) => acsUser.acsUserId)).toEqual([acsUserId])
  expect(events.filter(({ eventType }) => eventType === 'user_identity.deleted')).toHaveLength(1)
})

describe('what later contradicts is said, and nothing is changed', () => {
  async function expectContradicted(done: string, message: string) {
    const before = await everythingIn(admin)
    expect(await refusalOf(undo(admin, done))).toMatchObject({
      kind: 'conflict',
      type: 'change_contradicted',
      message: expect.stringContaining(message),
    })
    expect(await everythingIn(admin)).toEqual(before)
  }

  test('a field that was changed again', async () => {
    const update = { user_identity_id: jane, full_name: 'Jane D.', phone_number: '+15555550110' }
    const done = await change(admin, (actor) => updateUserIdentity(actor, update))
    await updateUserIdentity(admin, { user_identity_id: jane, phone_number: '+15555550111' })
    await expectContradicted(done, 'Jane D.’s phone number was changed again since.')
  })

  test('an ACS user that is somebody else’s now', async () => {
    const done = await change(admin, (actor) => attachAcsUser(actor, { userIdentityId: jane, acsUserId }))
    await attachAcsUser(admin, { userIdentityId: john, acsUserId, moveFrom: jane })
    await expectContradicted(done, 'Doe, J. is attached to John Roe now.')
  })

  test('another ACS user in the access system', async () => {
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const done = await change(admin, (actor) => detachAcsUser(actor, { userIdentityId: jane, acsUserId }))
    const other = await addAcsUser(admin, house, { fullName: 'Other' })
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId: other })
    await expectContradicted(done, 'already has “Other” in this access system')
  })

  test('a value that is taken', async () => {
    const update = { user_identity_id: jane, email_address: 'new@example.com' }
    const done = await change(admin, (actor) => updateUserIdentity(actor, update))
    await updateUserIdentity(admin, { user_identity_id: john, email_address: 'jane@example.com' })
    await expectContradicted(done, '“John Roe” already has this email address.')
  })

  test('a person who was deleted', async () => {
    const done = await change(admin, (actor) =>
      updateUserIdentity(actor, { user_identity_id: jane, full_name: 'Jane D.' }),
    )
    await deleteUserIdentity(admin, jane)
    await expectContradicted(done, 'Jane D. was deleted since.')
  })

  test('a person who was merged into somebody', async () => {
    const done = await change(admin, (actor) =>
      updateUserIdentity(actor, { user_identity_id: jane, full_name: 'Jane D.' }),
    )
    await mergeUserIdentities(admin, { survivor_id: john, merged_id: jane })
    await expectContradicted(done, 'Jane D. was merged into John Roe since.')
  })

  test('what somebody else has of a person who was deleted', async () => {
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    await updateUserIdentity(admin, { user_identity_id: john, email_address: 'jane@example.com' })
    await expectContradicted(done, '“John Roe” already has this email address.')
  })

  test('that the person of a deleted ACS user has another one there', async () => {
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const done = await change(admin, (actor) => deleteAcsUser(actor, { acs_user_id: acsUserId }))
    await attachAcsUser(admin, {
      userIdentityId: jane,
      acsUserId: await addAcsUser(admin, house, { fullName: 'Other' }),
    })
    await expectContradicted(done, 'already has “Other” in this access system')
  })

  test('that the person of a deleted ACS user was deleted, or merged into somebody', async () => {
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const done = await change(admin, (actor) => deleteAcsUser(actor, { acs_user_id: acsUserId }))
    await mergeUserIdentities(admin, { survivor_id: john, merged_id: jane })
    await expectContradicted(done, 'whom Doe, J. belonged to was merged into John Roe since.')
    await deleteUserIdentity(admin, john)
    await expectContradicted(done, 'whom Doe, J. belonged to was deleted since.')
  })

  test('what came to somebody after they were brought back, for who would delete them again', async () => {
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    const undone = await undo(admin, done)
    const { acsCredentialId } = await createCredential(admin, { access_method: 'mobile_key', acs_user_id: acsUserId })
    await expectContradicted(undone, 'a credential was issued to Doe, J. since.')
    await deleteCredential(admin, { acs_credential_id: acsCredentialId })
    const tower = await addAccessSystem(admin, 'Tower')
    const other = await addAcsUser(admin, tower, { fullName: 'Other' })
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId: other })
    await expectContradicted(undone, 'Other is attached to Jane Doe now.')
    await detachAcsUser(admin, { userIdentityId: jane, acsUserId: other })
    await updateUserIdentity(admin, { user_identity_id: jane, full_name: 'Jane D.' })
    await expectContradicted(undone, 'Jane D. was edited since.')
  })

  test('what came to an ACS user after its creation', async () => {
    const created: { acsUserId?: string } = {}
    const done = await change(admin, async (actor) =>
      Object.assign(created, await createAcsUserForIdentity(actor, { userIdentityId: jane, acsSystemId: house })),
    )
    await createCredential(admin, { access_method: 'mobile_key', acs_user_id: created.acsUserId })
    await expectContradicted(done, 'a credential was issued to Jane Doe since.')
  })

  test('an edit after a person’s creation', async () => {
    const created: { userIdentityId?: string } = {}
    const done = await change(admin, async (actor) =>
      Object.assign(created, await createUserIdentity(actor, { full_name: 'Ann' })),
    )
    await updateUserIdentity(admin, { user_identity_id: created.userIdentityId, full_name: 'Anna' })
    await expectContradicted(done, 'Anna was edited since.')
  })

  test('a credential whose ACS user was deleted', async () => {
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const { acsCredentialId } = await createCredential(admin, { access_method: 'mobile_key', acs_user_id: acsUserId })
    const done = await change(admin, (actor) => deleteCredential(actor, { acs_credential_id: acsCredentialId }))
    await deleteUserIdentity(admin, jane)
    await expectContradicted(done, 'Doe, J. was deleted since.')
  })
})

describe('a deletion', () => {
  /** Jane as she may be: twice merged into, no twin of John, with all that an ACS user can have. */
  async function fillJane() {
    const twin = await addIdentity(admin, { fullName: 'Jane D', userIdentityKey: 'J1' })
    await mergeUserIdentities(admin, { survivor_id: jane, merged_id: twin, user_identity_key: 'merged' })
    await dismissDuplicate(admin, { one_id: jane, other_id: john })
    await inTransaction(async (transaction) =>
      writeMoveOut(
        transaction,
        admin,
        await lockUserIdentity(transaction, admin.workspaceId, jane),
        new Date('2031-05-01T00:00:00Z'),
      ),
    )
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const target = { acs_user_id: acsUserId }
    const door = await addEntrance(admin, house, 'Lobby')
    await addAcsUserToAccessGroup(admin, {
      ...target,
      acs_access_group_id: await addAccessGroup(admin, house, 'Residents'),
    })
    await grantAccessToEntrance(admin, { ...target, acs_entrance_id: door })
    await updateAcsUser(admin, {
      ...target,
      phone_number: '(555) 555-0123',
      access_schedule: { starts_at: '2030-01-01T00:00:00Z', ends_at: '2031-01-01T00:00:00Z' },
    })
    await suspendAcsUser(admin, target)
    await createCredential(admin, { ...target, access_method: 'mobile_key', allowed_acs_entrance_ids: [door] })
    return { twin, door }
  }

  test('of a person brings back all of them, under the same ids', async () => {
    const { twin } = await fillJane()
    const before = await everythingIn(admin)
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    expect((await everythingIn(admin)).merged).toEqual([])
    const undone = await undo(admin, done)
    const after = await everythingIn(admin)
    const dropWriting = ({ updatedAt, ...row }: (typeof after.identities)[number]) => row
    expect(after.identities.map(dropWriting)).toEqual(before.identities.map(dropWriting))
    expect(after.acsUsers.map(({ linkedAt, ...row }) => row)).toEqual(
      before.acsUsers.map(({ linkedAt, ...row }) => row),
    )
    expect(after.merged).toEqual(before.merged)
    expect(after.merged).toMatchObject([{ mergedId: twin, survivorId: jane }])
    const state = await stateOf(admin)
    expect(state.credentials).toMatchObject([{ acsUserId, accessMethod: 'mobile_key' }])
    expect(state.credentialEntrances).toHaveLength(1)
    expect(state.distinct).toHaveLength(1)
    expect(after.events.filter(({ changeId }) => changeId === undone).map(({ eventType }) => eventType)).toEqual([
      'user_identity.created',
      'acs_user.created',
      'acs_credential.issued',
      'user_identity.acs_user_added',
    ])
  })

  test('of an ACS user gives it back to its person', async () => {
    await fillJane()
    const before = await stateOf(admin)
    const done = await change(admin, (actor) => deleteAcsUser(actor, { acs_user_id: acsUserId }))
    await undo(admin, done)
    expect(await stateOf(admin)).toEqual(before)
  })

  test('with a card and a code brings back the rest, and counts what must be issued anew', async () => {
    await attachAcsUser(admin, { userIdentityId: jane, acsUserId })
    const issue = (access_method: string, code?: string) =>
      createCredential(admin, { access_method, acs_user_id: acsUserId, code })
    await issue('mobile_key')
    await issue('code', '1234')
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    const { events } = await everythingIn(admin)
    expect(JSON.stringify(events)).not.toContain('1234')
    expect(await undoChange(admin, done, mayAll)).toMatchObject({ lostCredentials: 1 })
    expect((await everythingIn(admin)).credentials).toMatchObject([{ acsUserId, accessMethod: 'mobile_key' }])
  })

  test('that two undo at once is undone once', async () => {
    await fillJane()
    const before = await stateOf(admin)
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    expect(await race([undo(admin, done), undo(admin, done), undo(admin, done)])).toEqual({ winners: 3, refusals: [] })
    expect(await stateOf(admin)).toEqual(before)
    const { events } = await everythingIn(admin)
    expect(
      events.filter(({ undoesChangeId, eventType }) => undoesChangeId === done && /created/.test(eventType)),
    ).toHaveLength(2)
  })

  test('leaves out an access group that is no more', async () => {
    await fillJane()
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    await inTransaction((transaction) =>
      transaction.delete(accessGroups).where(eq(accessGroups.workspaceId, admin.workspaceId)),
    )
    await undo(admin, done)
    const { acsUsers, groupMembers, acsUserEntrances } = await everythingIn(admin)
    expect(acsUsers).toMatchObject([{ userIdentityId: jane }])
    expect(groupMembers).toEqual([])
    expect(acsUserEntrances).toHaveLength(1)
  })

  test('needs the right to delete, so that whoever takes it back may do what taking that back does', async () => {
    const done = await change(admin, (actor) => deleteUserIdentity(actor, jane))
    const as = (role: 'manager' | 'support') => undoChange(admin, done, (permission) => roleMay(role, permission))
    expect(await refusalOf(as('support'))).toMatchObject({ kind: 'forbidden' })
    await as('manager')
    expect((await everythingIn(admin)).identities).toHaveLength(2)
  })
})

test('what cannot be undone says so', async () => {
  const { acsCredentialId } = await createCredential(admin, {
    access_method: 'code',
    acs_user_id: acsUserId,
    code: '1234',
  })
  const credential = { acs_credential_id: acsCredentialId }
  for (const run of [
    (actor: Actor) => updateCredential(actor, { ...credential, code: '5678' }),
    (actor: Actor) => deleteCredential(actor, credential),
  ]) {
    const done = await change(admin, run)
    const before = await everythingIn(admin)
    expect(await refusalOf(undo(admin, done))).toMatchObject({ kind: 'conflict', type: 'change_not_undoable' })
    expect(await everythingIn(admin)).toEqual(before)
  }
})

test('a role undoes what it may do itself', async () => {
  const edited = await change(admin, (actor) =>
    updateUserIdentity(actor, { user_identity_id: jane, full_name: 'Jane D.' }),
  )
  const attached = await change(admin, (actor) => attachAcsUser(actor, { userIdentityId: jane, acsUserId }))
  const as = (role: 'support' | 'viewer', changeId: string) =>
    undoChange(admin, changeId, (permission) => roleMay(role, permission))
  expect(await refusalOf(as('support', edited))).toMatchObject({ kind: 'forbidden' })
  expect(await refusalOf(as('viewer', attached))).toMatchObject({ kind: 'forbidden' })
  await as('support', attached)
  expect((await everythingIn(admin)).acsUsers).toMatchObject([{ userIdentityId: null }])
})

test('a change that is none, or another workspace’s, is not found', async () => {
  const done = await change(admin, (actor) => attachAcsUser(actor, { userIdentityId: jane, acsUserId }))
  expect(await refusalOf(undo(await addWorkspace(), done))).toMatchObject({ type: 'change_not_found' })
  expect(await refusalOf(undo(admin, uuidv7()))).toMatchObject({ type: 'change_not_found' })
  expect(await refusalOf(undo(admin, 'nonsense'))).toMatchObject({ type: 'invalid_input' })
})
