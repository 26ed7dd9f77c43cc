import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { userIdentities } from '@/db/schema/user-identities'
import { everySystem, readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { listUserIdentities } from '@/lib/people/identities/queries'
import { addIdentity, addWorkspace } from '@/lib/testing/test-data'
import { countRows } from './count-rows'
import { encodeCursor } from './cursor'
import { isMoreThanCounted, mostCounted } from './total'

async function workspaceOf(people: number): Promise<string> {
  const { workspaceId } = await addWorkspace()
  const connection = await database()
  await connection.execute(sql`
    insert into user_identities (workspace_id, user_identity_id, full_name)
    select ${workspaceId}, ('0192f0c1-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n
    from generate_series(1, ${people}::int) as n`)
  return workspaceId
}

test('rows are counted under their condition, those of other workspaces not among them', async () => {
  await workspaceOf(3)
  const workspaceId = await workspaceOf(5)
  const ofWorkspace = eq(userIdentities.workspaceId, workspaceId)
  expect(await countRows(userIdentities, ofWorkspace)).toBe(5)
  expect(await countRows(userIdentities, and(ofWorkspace, eq(userIdentities.fullName, 'Person 3')))).toBe(1)
  expect(await countRows(userIdentities, and(ofWorkspace, sql`false`))).toBe(0)
})

test('10,000 are counted exactly; of more, only that there are', async () => {
  const workspaceId = await workspaceOf(mostCounted)
  const ofWorkspace = eq(userIdentities.workspaceId, workspaceId)
  expect(await countRows(userIdentities, ofWorkspace)).toBe(mostCounted)
  for (const name of ['One', 'Two', 'Three'])
    await addIdentity({ workspaceId, kind: 'system', id: null, name }, `Person ${name}`)
  const counted = await countRows(userIdentities, ofWorkspace)
  expect(counted).toBe(mostCounted + 1)
  expect(isMoreThanCounted(counted)).toBe(true)

  // Beyond what is counted, a page still knows how many rows come before it.
  const cursor = encodeCursor({
    direction: 'after',
    value: '',
    id: '0192f0c1-0000-7000-8000-000000000003',
    offset: mostCounted,
  })
  const read = (filter: Record<string, string>) =>
    listUserIdentities(workspaceId, readIdentityListParameters(new URLSearchParams({ cursor, ...filter })))
  const found = await read({ q: 'person' })
  expect(found.items.map(({ displayName }) => displayName)).toEqual(['Person 2', 'Person 1'])
  expect(found).toMatchObject({ offset: mostCounted, total: mostCounted + 1, nextCursor: null })
  // All people, and those who are linked nowhere, are not counted: how many they are is kept.
  const all = { offset: mostCounted, total: mostCounted + 3, nextCursor: null }
  expect(await read({})).toMatchObject(all)
  expect(await read({ missing: everySystem })).toMatchObject(all)
})
