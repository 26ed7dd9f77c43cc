import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { workspaces } from '../schema/workspaces'
import { rowsOf } from '../testing/attempt'
import { fillWorkspaceInBulk } from './fill-workspace-in-bulk'

const workspaceId = uuidv7()
const progress: number[] = []

beforeAll(async () => {
  const connection = await database()
  await connection
    .insert(workspaces)
    .values({ workspaceId, slug: `bulk-${workspaceId}`, name: 'Bulk', isSandbox: true })
  await fillWorkspaceInBulk(connection, workspaceId, { identities: 1_000, onProgress: (done) => progress.push(done) })
})

async function count(table: string, condition = sql`true`): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)} where workspace_id = ${workspaceId}::uuid and (${condition})`,
  )
  return row?.count ?? 0
}

test('there are as many people as asked for, and about three ACS users each', async () => {
  expect(progress).toEqual([1_000])
  expect(await count('user_identities')).toBe(1_000)
  expect(await count('acs_systems')).toBe(5)
  const acsUsers = await count('acs_users')
  expect(Math.abs(acsUsers - 3_000)).toBeLessThan(150)
  const unlinked = await count('acs_users', sql`user_identity_id is null`)
  expect(unlinked).toBeGreaterThan(acsUsers * 0.08)
  expect(unlinked).toBeLessThan(acsUsers * 0.17)
  for (const table of ['acs_entrances', 'acs_access_groups', 'acs_access_group_members', 'acs_credentials']) {
    expect(await count(table), table).toBeGreaterThan(50)
  }
})

test('each identity and each attachment has its event', async () => {
  expect(await count('events', sql`event_type = 'user_identity.created'`)).toBe(1_000)
  expect(await count('events', sql`event_type = 'user_identity.acs_user_added'`)).toBe(
    await count('acs_users', sql`user_identity_id is not null`),
  )
})

test.each([
  ['user_identities', 'user_identity_id', 'created_at'],
  ['acs_users', 'acs_user_id', 'created_at'],
  ['acs_credentials', 'acs_credential_id', 'created_at'],
  ['events', 'event_id', 'occurred_at'],
])('ids of %s are version 7 and sort as the rows were created', async (table, id, time) => {
  const column = sql.identifier(id)
  const [row] = await rowsOf<{ disorder: number; others: number }>(sql`
    select
      count(*) filter (where is_earlier)::int as disorder,
      count(*) filter (where id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')::int as others
    from (
      select ${column}::text as id,
        ${sql.identifier(time)} < lag(${sql.identifier(time)}) over (order by ${column}) as is_earlier
      from ${sql.identifier(table)} where workspace_id = ${workspaceId}::uuid
    ) as steps`)
  expect(row).toEqual({ disorder: 0, others: 0 })
})

test('some names are common and many are rare', async () => {
  const frequencies = await rowsOf<{ count: number }>(sql`
    select count(*)::int as count from user_identities
    where workspace_id = ${workspaceId}::uuid and full_name is not null group by full_name order by 1 desc`)
  expect(frequencies[0]?.count).toBeGreaterThan(2)
  expect(frequencies.filter((name) => name.count === 1).length).toBeGreaterThan(600)
})
