/* What triggers keep beside the rows (`row_counts`, `unlinked_identities`) is what counting the rows would say. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { database } from './client'
import { attempt, deleteFrom, insertInto, type Row, rowsOf, update } from './testing/attempt'

let workspaceId: string
let acsSystemId: string

beforeEach(async () => {
  ;[workspaceId, acsSystemId] = [uuidv7(), uuidv7()]
  const connection = await database()
  await connection.execute(
    insertInto('workspaces', { workspace_id: workspaceId, slug: `w-${workspaceId}`, name: 'Kept', is_sandbox: true }),
  )
  await connection.execute(newSystem(acsSystemId))
})

const newSystem = (id: string) =>
  insertInto('acs_systems', {
    ...{ workspace_id: workspaceId, acs_system_id: id, name: 'Lobby' },
    ...{ external_type: 'salto_ks_site', connected_account_id: uuidv7() },
  })
const run = async (statement: ReturnType<typeof sql>) => void (await (await database()).execute(statement))
const addPeople = (count: number) =>
  run(sql`insert into user_identities (workspace_id, user_identity_id, full_name)
    select ${workspaceId}, ('0192f0c1-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n
    from generate_series(1, ${count}::int) as n`)
const person = (number: number) => `0192f0c1-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
async function addAcsUser(row: Row = {}): Promise<string> {
  const acsUserId = uuidv7()
  const of = { workspace_id: workspaceId, acs_system_id: acsSystemId, acs_user_id: acsUserId, full_name: 'Jane Doe' }
  await run(insertInto('acs_users', { ...of, ...row }))
  return acsUserId
}
const linkedTo = (number: number) => ({ user_identity_id: person(number), linked_at: '2026-01-01Z' })
const unlinked = { user_identity_id: null, linked_at: null }
const change = (acsUserId: string, row: Row) => run(update('acs_users', { acs_user_id: acsUserId }, row))

/** What is kept of the workspace, beside what its rows say now. */
async function keptAndCounted() {
  const [kept, counted, keptUnlinked, countedUnlinked] = await Promise.all([
    rowsOf(sql`select kind, acs_system_id, sum(change)::int as count from row_counts
      where workspace_id = ${workspaceId} group by 1, 2 having sum(change) <> 0 order by 1, 2`),
    rowsOf(sql`select kind, acs_system_id, count(*)::int as count from (
      select 'people' as kind, null::uuid as acs_system_id from user_identities where workspace_id = ${workspaceId}
      union all
      select 'linked_nowhere', null from user_identities where workspace_id = ${workspaceId} and user_identity_id not in (
        select user_identity_id from acs_users where user_identity_id is not null and workspace_id = ${workspaceId}
      )
      union all
      select case when user_identity_id is not null then 'linked' when not_a_person_at is null then 'waiting'
        else 'not_a_person' end, acs_system_id from acs_users where workspace_id = ${workspaceId}
    ) as every group by 1, 2 order by 1, 2`),
    rowsOf<{ id: string }>(
      sql`select user_identity_id as id from unlinked_identities where workspace_id = ${workspaceId} order by 1`,
    ),
    rowsOf<{ id: string }>(sql`select user_identity_id as id from user_identities
      where workspace_id = ${workspaceId}
        and user_identity_id not in (select user_identity_id from acs_users where user_identity_id is not null and workspace_id = ${workspaceId})
      order by 1`),
  ])
  return { kept: { kept, unlinked: keptUnlinked }, counted: { kept: counted, unlinked: countedUnlinked } }
}

async function expectKept(unlinkedNumbers: number[]) {
  const { kept, counted } = await keptAndCounted()
  expect(kept).toEqual(counted)
  expect(kept.unlinked.map(({ id }) => id)).toEqual(unlinkedNumbers.map(person))
}

test('people come and go, and are linked, moved and left again', async () => {
  await addPeople(3)
  await expectKept([1, 2, 3])
  const [one, other] = [await addAcsUser(linkedTo(1)), await addAcsUser()]
  await expectKept([2, 3])
  await change(one, linkedTo(2))
  await expectKept([1, 3])
  await change(other, { not_a_person_at: '2026-01-01Z' })
  await expectKept([1, 3])
  await change(other, { not_a_person_at: null, ...linkedTo(1) })
  await expectKept([3])
  await change(one, unlinked)
  await expectKept([2, 3])
  await run(deleteFrom('acs_users', { acs_user_id: other }))
  await run(deleteFrom('user_identities', { user_identity_id: person(1), workspace_id: workspaceId }))
  await expectKept([2, 3])
})

test('a person who is linked in two access systems is linked until the last of both is gone', async () => {
  await addPeople(1)
  await addAcsUser(linkedTo(1))
  const second = uuidv7()
  await run(newSystem(second))
  await addAcsUser({ ...linkedTo(1), acs_system_id: second })
  await run(deleteFrom('acs_systems', { acs_system_id: acsSystemId }))
  await expectKept([])
  await run(deleteFrom('acs_systems', { acs_system_id: second }))
  await expectKept([1])
})

test('one statement that changes many rows is kept as well', async () => {
  await addPeople(100)
  await run(sql`insert into acs_users (workspace_id, acs_system_id, acs_user_id, full_name, user_identity_id, linked_at)
    select workspace_id, ${acsSystemId}::uuid, gen_random_uuid(), full_name, user_identity_id, now()
    from user_identities where workspace_id = ${workspaceId} and full_name <> 'Person 7'`)
  await expectKept([7])
  await run(sql`update acs_users set user_identity_id = null, linked_at = null
    where workspace_id = ${workspaceId} and full_name in ('Person 3', 'Person 4')`)
  await expectKept([3, 4, 7])
  await run(sql`delete from acs_users where workspace_id = ${workspaceId}`)
  await run(sql`delete from user_identities where workspace_id = ${workspaceId}`)
  await expectKept([])
})

test('a person and their ACS user may come by one statement', async () => {
  await run(sql`with person as (
      insert into user_identities (workspace_id, user_identity_id, full_name)
      values (${workspaceId}, ${person(1)}, 'Jane Doe') returning *
    )
    insert into acs_users (workspace_id, acs_system_id, acs_user_id, full_name, user_identity_id, linked_at)
    select workspace_id, ${acsSystemId}::uuid, gen_random_uuid(), full_name, user_identity_id, now() from person`)
  await expectKept([])
})

test('what is refused is not counted', async () => {
  await addPeople(1)
  expect(
    await attempt(insertInto('user_identities', { workspace_id: workspaceId, user_identity_id: person(1) })),
  ).toMatchObject({ accepted: false })
  await expectKept([1])
})

test('the changes of a count are put together, and come to the same', async () => {
  await addPeople(2)
  for (let number = 0; number < 20; number++) await addAcsUser()
  await addAcsUser(linkedTo(1))
  await run(sql`select gather_row_counts(${workspaceId})`)
  expect(
    await rowsOf(sql`select kind, change from row_counts where workspace_id = ${workspaceId} order by kind`),
  ).toEqual([
    { kind: 'linked', change: 1 },
    { kind: 'linked_nowhere', change: 1 },
    { kind: 'people', change: 2 },
    { kind: 'waiting', change: 20 },
  ])
  // Now and then a statement does so by itself.
  for (let number = 0; number < 600; number++) await addAcsUser()
  const [{ changes } = { changes: 0 }] = await rowsOf<{ changes: number }>(
    sql`select count(*)::int as changes from row_counts where workspace_id = ${workspaceId}`,
  )
  expect(changes).toBeLessThan(600)
  await expectKept([2])
})

test.runIf(process.env.DATABASE_URL)(
  'of two who take a person’s last two links at once, one leaves them linked nowhere',
  async () => {
    const connection = await database()
    await addPeople(1)
    const second = uuidv7()
    await run(newSystem(second))
    const links = [await addAcsUser(linkedTo(1)), await addAcsUser({ ...linkedTo(1), acs_system_id: second })]
    for (const row of [unlinked, linkedTo(1), unlinked]) {
      await Promise.all(
        links.map((acsUserId) =>
          connection.transaction(async (transaction) => {
            await transaction.execute(update('acs_users', { acs_user_id: acsUserId }, row))
            await transaction.execute(sql`select pg_sleep(0.05)`)
          }),
        ),
      )
      await expectKept(row === unlinked ? [1] : [])
    }
  },
)

test.runIf(process.env.DATABASE_URL)(
  'many who write at once do not wait for each other, and all are counted',
  async () => {
    const connection = await database()
    await connection.transaction(async (transaction) => {
      // Somebody who has written and put counts together, and is not done yet.
      await transaction.execute(
        insertInto('user_identities', { workspace_id: workspaceId, user_identity_id: person(1), full_name: 'One' }),
      )
      await transaction.execute(sql`select gather_row_counts(${workspaceId})`)
      await Promise.all(Array.from({ length: 8 }, () => addAcsUser()))
      await run(sql`select gather_row_counts(${workspaceId})`)
    })
    await expectKept([1])
  },
)
