import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { credentials } from '@/db/schema/credentials'
import { events } from '@/db/schema/events'
import { tasks } from '@/db/schema/tasks'
import { attachAcsUser } from '@/lib/people/identities/commands'
import { countWaitingWork } from '@/lib/people/overview/queries'
import { undoChange } from '@/lib/people/undo/commands'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace, race, refusalOf } from '@/lib/testing/test-data'
import { keptCode } from '../acs-user-rows/credential-secrets'
import {
  createAcsUser,
  deleteAcsUser,
  markNotAPerson,
  revokeAccessToAllEntrances,
  suspendAcsUser,
  unsuspendAcsUser,
  updateAcsUser,
} from '../acs-users/commands'
import { getAcsUser, listLinkedAcsUsers } from '../acs-users/queries'
import { assignCredential, createCredential, deleteCredential, unassignCredential } from '../credentials/commands'
import { grantAccessToEntrance } from '../entrances/commands'
import { createEntrance } from '../entrances/manage-entrances'
import { addAcsUserToAccessGroup, removeAcsUserFromAccessGroup } from '../groups/commands'
import { createAccessGroup } from '../groups/manage-access-groups'
import { createAccessSystem, deleteAccessSystem } from '../systems/commands'
import { completeTask, reopenTask } from './commands'
import { tasksTable } from './export'
import type { TaskListParameters } from './list-parameters'
import { countOpenTasks, listTasks } from './queries'

let actor: Actor
let acsSystemId: string
let acsUserId: string
let residents: string
let garage: string

const all = { acsSystemId: null, acsUserId: null, isDone: false }
const list = async (parameters: Partial<TaskListParameters> = {}) =>
  (await listTasks(actor.workspaceId, { ...all, ...parameters }, { cursor: null, limit: 50 })).tasks
const open = async () => (await list()).map(({ toDo }) => toDo)
const done = async () => (await list({ isDone: true })).map(({ toDo }) => toDo)
const yes = () => true

/** Ticks the open task off that asks to do this. */
async function tick(toDo: string): Promise<void> {
  const task = (await list()).find((one) => one.toDo === toDo)
  await completeTask(actor, { event_id: task?.eventId })
}

/** Acts as one change, and gives its id. */
async function asChange(act: (actor: Actor) => Promise<unknown>): Promise<string> {
  const changeId = uuidv7()
  await act({ ...actor, changeId })
  return changeId
}

/** Undoes a change, and gives the id of the undo. */
const undo = (changeId: string) => asChange((undoing) => undoChange(undoing, changeId, yes))

/** A system that's kept by hand, with Ann in it, whose tasks are all done. */
beforeEach(async () => {
  actor = await addWorkspace()
  acsSystemId = (await createAccessSystem(actor, { name: 'Tower A' })).acsSystemId
  residents = (await createAccessGroup(actor, { acs_system_id: acsSystemId, name: 'Residents' })).acsAccessGroupId
  garage = (await createEntrance(actor, { acs_system_id: acsSystemId, display_name: 'Garage' })).acsEntranceId
  acsUserId = await addAcsUser(actor, acsSystemId, { fullName: 'Ann Bell' })
})

const ann = () => ({ acs_user_id: acsUserId })

describe('changes to ACS users of a system that is kept by hand make tasks', () => {
  test('one for each, oldest first, with what to program', async () => {
    const end = '2027-03-01T00:00:00.000Z'
    const { acsUserId: ben } = await createAcsUser(actor, {
      ...{ acs_system_id: acsSystemId, full_name: 'Ben Ortiz', acs_access_group_ids: [residents] },
      access_schedule: { starts_at: '2026-03-01T00:00:00.000Z', ends_at: end },
    })
    await suspendAcsUser(actor, ann())
    await unsuspendAcsUser(actor, ann())
    await updateAcsUser(actor, { ...ann(), full_name: 'Ann Miller' })
    await grantAccessToEntrance(actor, { ...ann(), acs_entrance_id: garage })
    await removeAcsUserFromAccessGroup(actor, { acs_user_id: ben, acs_access_group_id: residents })
    await revokeAccessToAllEntrances(actor, ann())
    await createCredential(actor, { ...ann(), access_method: 'code', code: '4821' })
    await deleteAcsUser(actor, ann())
    const found = await list()
    expect(found.map(({ toDo }) => toDo)).toEqual([
      'Add Ben Ortiz',
      'Put Ben Ortiz into Residents',
      'Suspend Ann Bell',
      'Lift the suspension of Ann Bell',
      'Change the full name of Ann Bell',
      'Give Ann Miller access to Garage',
      'Take Ben Ortiz out of Residents',
      'Take access to all doors away from Ann Miller',
      'Program a door code for Ann Miller',
      'Take the door code away from Ann Miller',
      'Remove Ann Miller',
    ])
    expect(found[0]).toMatchObject({
      ...{ toDo: 'Add Ben Ortiz', acsSystemName: 'Tower A', actorName: actor.name, doneAt: null, doneBy: null },
      acsUser: { acsUserId: ben, displayName: 'Ben Ortiz' },
      changes: { access_starts_at: { from: null }, access_ends_at: { from: null, to: end } },
    })
    expect(found.find(({ toDo }) => toDo.startsWith('Remove'))?.acsUser).toBeNull()
    const ids = found.map(({ eventId }) => eventId)
    expect(ids).toEqual([...ids].sort())
  })

  test('with the number of a card, as long as the card is there', async () => {
    const { acsCredentialId } = await createCredential(actor, { acs_system_id: acsSystemId, access_method: 'card' })
    expect(await open()).toEqual([])
    const connection = await database()
    const isCard = eq(credentials.acsCredentialId, acsCredentialId)
    await connection.update(credentials).set({ cardNumber: '28731' }).where(isCard)
    const card = { acs_credential_id: acsCredentialId }
    await assignCredential(actor, { ...card, ...ann() })
    await unassignCredential(actor, { ...card, ...ann() })
    await assignCredential(actor, { ...card, ...ann() })
    expect(await open()).toEqual([
      'Program card 28731 for Ann Bell',
      'Take card 28731 away from Ann Bell',
      'Program card 28731 for Ann Bell',
    ])
    await connection
      .update(credentials)
      .set({ cardNumber: null, ...keptCode(null) })
      .where(isCard)
    await deleteCredential(actor, card)
    expect(await open()).toContain('Take the card away from Ann Bell')
  })

  test('but links do not, nor whether it is a person, nor what other systems have', async () => {
    await attachAcsUser(actor, { userIdentityId: await addIdentity(actor, 'Ann Bell'), acsUserId })
    await markNotAPerson(actor, { acs_user_id: await addAcsUser(actor, acsSystemId) })
    const connected = await addAccessSystem(actor, 'Harbor House')
    await suspendAcsUser(actor, { acs_user_id: await addAcsUser(actor, connected) })
    expect(await open()).toEqual([])
    expect(await countWaitingWork(actor.workspaceId)).toMatchObject({ tasks: 0 })
  })

  test('but an import does not: its file tells what is at the panel', async () => {
    const before = await open()
    await createAcsUser({ ...actor, kind: 'import' }, { acs_system_id: acsSystemId, full_name: 'Bo Chen' })
    expect(await open()).toEqual(before)
  })

  test('many events of one statement make a task each', async () => {
    const connection = await database()
    await connection.insert(events).values(
      Array.from({ length: 300 }, () => ({
        ...{
          workspaceId: actor.workspaceId,
          eventId: uuidv7(),
          eventType: 'acs_user.suspended',
          acsSystemId,
          acsUserId,
        },
        ...{ actorKind: 'system' as const, actorName: 'x', changeId: uuidv7() },
      })),
    )
    expect(await countOpenTasks(actor.workspaceId)).toEqual([{ acsSystemId, name: 'Tower A', count: 300 }])
    const first = await listTasks(actor.workspaceId, all, { cursor: null, limit: 200 })
    const rest = await listTasks(actor.workspaceId, all, { cursor: first.nextCursor, limit: 200 })
    expect([first.tasks.length, rest.tasks.length, rest.nextCursor]).toEqual([200, 100, null])
    expect(new Set([...first.tasks, ...rest.tasks].map(({ eventId }) => eventId)).size).toBe(300)
    const { headers, batches } = tasksTable(actor.workspaceId, all)
    const rows: string[][] = []
    for await (const batch of batches) rows.push(...batch)
    expect(rows).toHaveLength(300)
    expect(rows.every((row) => row.length === headers.length)).toBe(true)
  })
})

describe('an undo', () => {
  test('cancels tasks that are still open, and its own undo makes new ones', async () => {
    const change = await asChange((one) => suspendAcsUser(one, ann()))
    const undone = await undo(change)
    expect(await open()).toEqual([])
    await undo(undone)
    expect(await open()).toEqual(['Suspend Ann Bell'])
  })

  test('makes tasks where the change is programmed already', async () => {
    const change = await asChange((one) => suspendAcsUser(one, ann()))
    await tick('Suspend Ann Bell')
    await undo(change)
    expect(await open()).toEqual(['Lift the suspension of Ann Bell'])
    expect(await done()).toEqual(['Suspend Ann Bell'])
  })

  test('decides for each thing of an ACS user, and for each ACS user', async () => {
    const ben = await addAcsUser(actor, acsSystemId, { fullName: 'Ben Ortiz' })
    const change = await asChange(async (one) => {
      await suspendAcsUser(one, ann())
      await addAcsUserToAccessGroup(one, { ...ann(), acs_access_group_id: residents })
      await suspendAcsUser(one, { acs_user_id: ben })
    })
    await tick('Suspend Ann Bell')
    await undo(change)
    expect(await open()).toEqual(['Lift the suspension of Ann Bell'])
  })

  test('of a creation cancels all that was to be programmed', async () => {
    const change = await asChange((one) =>
      createAcsUser(one, { acs_system_id: acsSystemId, full_name: 'Ben', acs_access_group_ids: [residents] }),
    )
    await undo(change)
    expect(await open()).toEqual([])
  })

  test('of the loss of all access cancels its one task', async () => {
    await addAcsUserToAccessGroup(actor, { ...ann(), acs_access_group_id: residents })
    await grantAccessToEntrance(actor, { ...ann(), acs_entrance_id: garage })
    const before = await open()
    const change = await asChange((one) => revokeAccessToAllEntrances(one, ann()))
    await undo(change)
    expect(await open()).toEqual(before)
  })

  test('keeps the task of a card that does not come back', async () => {
    await createCredential(actor, { ...ann(), access_method: 'card' })
    await tick('Program a card for Ann Bell')
    const change = await asChange((one) => deleteAcsUser(one, ann()))
    await undo(change)
    expect(await open()).toEqual(['Take the card away from Ann Bell'])
  })

  test('names the groups to program again where somebody was removed at the panel', async () => {
    await addAcsUserToAccessGroup(actor, { ...ann(), acs_access_group_id: residents })
    await tick('Put Ann Bell into Residents')
    const change = await asChange((one) => deleteAcsUser(one, ann()))
    await tick('Remove Ann Bell')
    await undo(change)
    expect(await list()).toMatchObject([
      { toDo: 'Add Ann Bell again', changes: { access_groups: { from: null, to: 'Residents' } } },
    ])
  })

  test('of a later change leaves the tasks of an earlier one', async () => {
    await suspendAcsUser(actor, ann())
    await undo(await asChange((one) => unsuspendAcsUser(one, ann())))
    expect(await open()).toEqual(['Suspend Ann Bell'])
  })

  test('either finds a task done, or cancels it, when both happen at once', async () => {
    const change = await asChange((one) => suspendAcsUser(one, ann()))
    const [task] = await list()
    await race([completeTask(actor, { event_id: task?.eventId }), undo(change)])
    const [isOpen, isDone] = [await open(), await done()]
    expect([...isOpen, ...isDone]).toEqual(
      isDone.length > 0 ? ['Lift the suspension of Ann Bell', 'Suspend Ann Bell'] : [],
    )
  })
})

describe('a system that is removed', () => {
  test('takes its tasks along, and brings the open ones back by undo', async () => {
    await suspendAcsUser(actor, ann())
    const change = await asChange((one) => deleteAccessSystem(one, { acs_system_id: acsSystemId }))
    expect(await open()).toEqual([])
    expect(await countWaitingWork(actor.workspaceId)).toMatchObject({ tasks: null })
    await undo(change)
    expect(await open()).toEqual(['Suspend Ann Bell'])
    expect(await countWaitingWork(actor.workspaceId)).toMatchObject({ tasks: 1 })
  })

  test('leaves no task that can be ticked off', async () => {
    await suspendAcsUser(actor, ann())
    const [task] = await list()
    await deleteAccessSystem(actor, { acs_system_id: acsSystemId })
    expect(await refusalOf(completeTask(actor, { event_id: task?.eventId }))).toMatchObject({ type: 'task_not_found' })
  })
})

describe('a task', () => {
  test('is ticked off with who and when, and reopened; both are events, and make no tasks', async () => {
    await suspendAcsUser(actor, ann())
    const [task] = await list()
    const target = { event_id: task?.eventId }
    await completeTask(actor, target)
    await completeTask(actor, target)
    expect(await open()).toEqual([])
    expect(await list({ isDone: true })).toMatchObject([{ doneBy: actor.name, doneAt: expect.any(String) }])
    await reopenTask(actor, target)
    expect(await open()).toEqual(['Suspend Ann Bell'])
    const connection = await database()
    const rows = await connection
      .select()
      .from(events)
      .where(and(eq(events.workspaceId, actor.workspaceId), eq(events.acsUserId, acsUserId)))
      .orderBy(events.eventId)
    expect(rows.slice(1)).toMatchObject(
      ['task.completed', 'task.reopened'].map((eventType) => ({
        ...{ eventType, acsSystemId, actorName: actor.name },
        data: { task: { event_id: task?.eventId, to_do: 'Suspend Ann Bell' }, acs_system_name: 'Tower A' },
      })),
    )
    expect(await connection.$count(tasks, eq(tasks.workspaceId, actor.workspaceId))).toBe(1)
  })

  test('is open again by undo, and done again by undo of that', async () => {
    await suspendAcsUser(actor, ann())
    const ticked = await asChange(async (one) => completeTask(one, { event_id: (await list())[0]?.eventId }))
    const reopened = await undo(ticked)
    expect(await open()).toEqual(['Suspend Ann Bell'])
    await undo(reopened)
    expect(await open()).toEqual([])
  })

  test('that was canceled cannot be ticked off', async () => {
    const change = await asChange((one) => suspendAcsUser(one, ann()))
    const [task] = await list()
    await undo(change)
    expect(await refusalOf(completeTask(actor, { event_id: task?.eventId }))).toMatchObject({ type: 'task_canceled' })
  })

  test.each([
    [undefined, 'invalid_input'],
    ['nonsense', 'invalid_input'],
    [uuidv7(), 'task_not_found'],
  ])('%s cannot be ticked off', async (id, type) => {
    expect(await refusalOf(completeTask(actor, { event_id: id }))).toMatchObject({ type })
  })

  test('is found by its access system and its ACS user', async () => {
    await suspendAcsUser(actor, ann())
    const ben = await addAcsUser(actor, acsSystemId, { fullName: 'Ben Ortiz' })
    await suspendAcsUser(actor, { acs_user_id: ben })
    const { acsSystemId: other } = await createAccessSystem(actor, { name: 'Tower B' })
    expect(await list({ acsSystemId })).toHaveLength(2)
    expect(await list({ acsSystemId: other })).toEqual([])
    expect(await list({ acsUserId: ben })).toMatchObject([{ toDo: 'Suspend Ben Ortiz' }])
    expect((await getAcsUser(actor.workspaceId, ben)).openTaskCount).toBe(1)
    const userIdentityId = await addIdentity(actor, 'Ben Ortiz')
    await attachAcsUser(actor, { userIdentityId, acsUserId: ben })
    expect(await listLinkedAcsUsers(actor.workspaceId, userIdentityId)).toMatchObject([{ openTaskCount: 1 }])
    expect(await list({ acsUserId: ben })).toMatchObject([{ person: { displayName: 'Ben Ortiz' } }])
  })
})
