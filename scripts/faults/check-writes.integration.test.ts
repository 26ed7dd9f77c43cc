import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { database, withinTransaction } from '@/db/client'
import { createAcsUser } from '@/lib/access/acs-users/commands'
import { emptySandboxWorkspace } from '@/lib/accounts/workspaces/commands'
import { createUserIdentity, deleteUserIdentity, updateUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addWorkspace } from '@/lib/testing/test-data'
import type { Query } from '../processes/target'
import { checkWrites } from './check-writes'
import { Ledger } from './ledger'

let actor: Actor
let ledger: Ledger
let run = 0

const query: Query = async <Row>(statement: string, parameters: unknown[] = []) => {
  const connection = await database()
  const parts = statement.split(/\$1/)
  const value = Array.isArray(parameters[0]) ? `{${parameters[0].join(',')}}` : parameters[0]
  const chunks = parts.flatMap((part, place) => (place === 0 ? [sql.raw(part)] : [sql`${value}`, sql.raw(part)]))
  const { rows } = (await connection.execute(sql.join(chunks))) as unknown as { rows: Row[] }
  return rows
}
const check = () => checkWrites(query, ledger, prefix())
const prefix = () => `run${run}`
const execute = async (statement: string) => (await database()).execute(sql.raw(statement))

/** Two people with a change and an ACS user each, of whom one is deleted again: seven acknowledged writes. */
beforeEach(async () => {
  run++
  actor = await addWorkspace({ isSandbox: true })
  ledger = new Ledger()
  const acsSystemId = await addAccessSystem(actor)
  for (const number of [1, 2]) {
    const key = `${prefix()}-${number}`
    const { userIdentityId } = await createUserIdentity(actor, {
      user_identity_key: key,
      full_name: `Person ${key}`,
      email_address: `${key}@example.com`,
    })
    const fullName = `Person ${key} 1`
    await updateUserIdentity(actor, { user_identity_id: userIdentityId, full_name: fullName })
    const { acsUserId } = await createAcsUser(actor, {
      ...{ acs_system_id: acsSystemId, full_name: fullName, email_address: `${key}@example.com` },
      user_identity_id: userIdentityId,
    })
    if (number === 2) await deleteUserIdentity(actor, userIdentityId)
    ledger.people.set(key, {
      ...{ userIdentityId, key, fullName, updates: 1, acsUserIds: [acsUserId] },
      isDeleted: number === 2,
    })
  }
  ledger.acknowledged = 7
})

test('what is whole is found, write for write', async () => {
  expect(await check()).toEqual({ acknowledged: 7, found: 7, problems: [] })
})

describe('what is missing is noticed', () => {
  test('an ACS user that is not linked', async () => {
    await execute(
      `update acs_users set user_identity_id = null, linked_at = null where workspace_id = '${actor.workspaceId}'`,
    )
    const { found, problems } = await check()
    expect(found).toBe(6)
    expect(problems).toEqual([`${prefix()}-1: its ACS user was lost`, '1 × an ACS user that should have been linked'])
  })

  test('a change without its event', async () => {
    await execute(
      `update user_identities set full_name = 'Other', version = 3 where workspace_id = '${actor.workspaceId}'`,
    )
    const { found, problems } = await check()
    expect(found).toBe(6)
    expect(problems).toEqual([
      `${prefix()}-1: a change was lost`,
      '1 × an identity whose version is not that of its events',
    ])
  })

  test('everything', async () => {
    await withinTransaction((transaction) => emptySandboxWorkspace(transaction, actor.workspaceId))
    expect(await check()).toMatchObject({ acknowledged: 7, found: 0 })
  })

  test('an event of somebody who is not there', async () => {
    await execute(`delete from acs_users where workspace_id = '${actor.workspaceId}'`)
    await execute(`delete from user_identities where workspace_id = '${actor.workspaceId}'`)
    expect((await check()).problems).toContain('1 × a recorded creation of nobody')
  })
})
