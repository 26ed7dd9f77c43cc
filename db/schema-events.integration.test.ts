import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from './client'
import { attempt, deleteFrom, rowsOf, update } from './testing/attempt'
import { createTwoWorkspaces, type TestWorkspace } from './testing/two-workspaces'

let live: TestWorkspace
let sandbox: TestWorkspace

beforeAll(async () => {
  ;({ live, sandbox } = await createTwoWorkspaces())
})

const refused = { accepted: false, brokenRule: '23001', code: '23001', message: 'events are append-only' }
const accepted = { accepted: true }
const emptying = (workspaceId: string) => sql`select set_config('keyholder.emptying_workspace', ${workspaceId}, true)`
const eventsOf = ({ workspaceId }: TestWorkspace) => ({ workspace_id: workspaceId })

describe('events are append-only', () => {
  test('an update is refused', async () => {
    expect(await attempt(update('events', eventsOf(live), { actor_name: 'Nobody' }))).toEqual(refused)
    expect(await attempt(update('events', eventsOf(sandbox), { actor_name: 'Nobody' }))).toEqual(refused)
  })

  test('a delete is refused', async () => {
    expect(await attempt(deleteFrom('events', eventsOf(live)))).toEqual(refused)
    expect(await attempt(deleteFrom('events', eventsOf(sandbox)))).toEqual(refused)
  })

  test('a truncate is refused, of itself or through another table', async () => {
    expect(await attempt(sql`truncate events cascade`)).toEqual(refused)
    expect(await attempt(sql`truncate workspaces cascade`)).toEqual(refused)
    expect(await attempt(emptying(sandbox.workspaceId), sql`truncate events cascade`)).toEqual(refused)
  })

  test('deleting their workspace does not take them along', async () => {
    const verdict = await attempt(deleteFrom('workspaces', eventsOf(sandbox)))
    expect(verdict).toMatchObject({ accepted: false })
  })
})

describe('a sandbox workspace can be emptied', () => {
  test('by the transaction that names it', async () => {
    expect(await attempt(emptying(sandbox.workspaceId), deleteFrom('events', eventsOf(sandbox)))).toEqual(accepted)
  })

  test('and its events are gone then', async () => {
    const connection = await database()
    const undone = new Error('undone')
    const counting = connection.transaction(async (transaction) => {
      await transaction.execute(emptying(sandbox.workspaceId))
      await transaction.execute(deleteFrom('events', eventsOf(sandbox)))
      const rows = await rowsOf(sql`select distinct workspace_id from events`, transaction)
      expect(rows).toEqual([{ workspace_id: live.workspaceId }])
      throw undone
    })
    await expect(counting).rejects.toBe(undone)
  })

  test('but its events are not changed even then', async () => {
    const verdict = await attempt(
      emptying(sandbox.workspaceId),
      update('events', eventsOf(sandbox), { actor_name: 'Nobody' }),
    )
    expect(verdict).toEqual(refused)
  })

  test('but not another workspace with it', async () => {
    expect(await attempt(emptying(sandbox.workspaceId), deleteFrom('events', eventsOf(live)))).toEqual(refused)
    expect(await attempt(emptying(live.workspaceId), deleteFrom('events', eventsOf(sandbox)))).toEqual(refused)
  })

  test('but not a live workspace, though named', async () => {
    expect(await attempt(emptying(live.workspaceId), deleteFrom('events', eventsOf(live)))).toEqual(refused)
  })

  test('and the permission ends with the transaction', async () => {
    await attempt(emptying(sandbox.workspaceId), deleteFrom('events', eventsOf(sandbox)))
    expect(await attempt(deleteFrom('events', eventsOf(sandbox)))).toEqual(refused)
  })
})
