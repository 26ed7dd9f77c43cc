import { type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { workspaces } from '../schema/workspaces'
import { rowsOf } from '../testing/attempt'
import { fillDemoWorkspace } from './fill-demo-workspace'

const today = new Date()
let workspaceId: string

beforeAll(async () => {
  workspaceId = await fillNewWorkspace(uuidv7())
})

/** Fills a new workspace; every rule of the schema holds, or this fails. */
async function fillNewWorkspace(id: string, seed?: number, when = today): Promise<string> {
  const connection = await database()
  await connection.transaction(async (transaction) => {
    await transaction
      .insert(workspaces)
      .values({ workspaceId: id, slug: `demo-${id}`, name: 'Harborview Living', isSandbox: true })
    await fillDemoWorkspace(transaction, id, { seed, today: when })
  })
  return id
}

async function emptyWorkspace(id: string): Promise<void> {
  const connection = await database()
  await connection.transaction(async (transaction) => {
    await transaction.execute(sql`delete from acs_systems where workspace_id = ${id}::uuid`)
    await transaction.execute(sql`delete from user_identities where workspace_id = ${id}::uuid`)
    await transaction.execute(sql`select set_config('keyholder.emptying_workspace', ${id}, true)`)
    await transaction.execute(sql`delete from events where workspace_id = ${id}::uuid`)
  })
}

/** How many rows of a table (named `found`) of the workspace fulfil a condition. */
async function count(table: string, condition = sql`true`): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)} as found
      where workspace_id = ${workspaceId}::uuid and (${condition})`,
  )
  return row?.count ?? 0
}

const sameWorkspace = (table: SQL) => sql`${table}.workspace_id = found.workspace_id`
const between = (least: number, most: number) => ({
  asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= least && value <= most,
  toString: () => `a number from ${least} to ${most}`,
})

test('the company has its size', async () => {
  expect(await count('user_identities')).toBe(240)
  expect(await count('acs_systems')).toBe(5)
  expect(await count('acs_users')).toEqual(between(850, 950))
  expect(await count('acs_users', sql`user_identity_id is null`)).toEqual(between(230, 280))
  expect(await count('acs_entrances')).toBe(80)
  expect(await count('acs_access_groups')).toBe(25)
  expect(await count('acs_credentials')).toEqual(between(450, 800))
  expect(await count('events')).toEqual(between(2_000, 3_000))
})

describe('the same seed', () => {
  const tables = ['user_identities', 'acs_users', 'acs_credentials', 'acs_access_group_members', 'events']

  async function contents(id: string): Promise<string[]> {
    const fingerprints = tables.map(async (table) => {
      const [row] = await rowsOf<{ fingerprint: string }>(
        sql`select md5(string_agg(md5(line), '' order by line)) as fingerprint
          from (select found::text as line from ${sql.identifier(table)} as found where workspace_id = ${id}::uuid) as lines`,
      )
      return row?.fingerprint ?? ''
    })
    return Promise.all(fingerprints)
  }

  test('gives the very same rows to the same workspace, and another seed others', async () => {
    const connection = await database()
    const id = await fillNewWorkspace(uuidv7())
    const first = await contents(id)
    await emptyWorkspace(id)
    await fillDemoWorkspace(connection, id, { today })
    expect(await contents(id)).toEqual(first)

    await emptyWorkspace(id)
    await fillDemoWorkspace(connection, id, { today, seed: 7 })
    expect(await contents(id)).not.toEqual(first)
  })

  test('gives the same people, ACS users and credentials at every hour; only their moments differ', async () => {
    const everything = async (id: string) => {
      const lines = await rowsOf<{ line: string }>(sql`
        select line from (
          select concat_ws(' ', 'person', display_name, email_address, phone_number, user_identity_key) as line
            from user_identities where workspace_id = ${id}::uuid
          union all
          select concat_ws(' ', 'ACS user', acs_systems.name, acs_users.display_name, acs_users.email_address,
              acs_users.phone_number, is_suspended, user_identities.display_name)
            from acs_users join acs_systems using (workspace_id, acs_system_id)
            left join user_identities using (workspace_id, user_identity_id) where workspace_id = ${id}::uuid
          union all
          select concat_ws(' ', 'credential', acs_credentials.display_name, access_method, is_issued, acs_users.display_name)
            from acs_credentials join acs_users using (workspace_id, acs_user_id) where workspace_id = ${id}::uuid
          union all
          select concat_ws(' ', 'event', event_type, data->>'user_identity_name', data->>'acs_user_name')
            from events where workspace_id = ${id}::uuid
        ) as lines order by line collate "C"`)
      return lines.map(({ line }) => line)
    }
    const expected = await everything(workspaceId)
    // Morning, the end of office hours and night, in winter and in summer.
    for (const when of ['2031-01-06T09:30Z', '2031-07-01T14:00Z', '2030-11-24T21:54Z', '2030-02-28T22:08Z']) {
      const id = await fillNewWorkspace(uuidv7(), undefined, new Date(when))
      expect(await everything(id), when).toEqual(expected)
    }
  })

  test('gives who was created before today the same id for the whole day', async () => {
    const id = uuidv7()
    await fillNewWorkspace(id, undefined, new Date('2031-03-04T00:10Z'))
    const people = async () => {
      const rows = await rowsOf<{ id: string }>(sql`
        select user_identity_id as id from user_identities
        where workspace_id = ${id}::uuid and created_at < '2031-03-03T00:00Z' order by 1`)
      return rows.map((row) => row.id)
    }
    const atNight = await people()
    expect(atNight.length).toBeGreaterThan(200)
    await emptyWorkspace(id)
    await fillDemoWorkspace(await database(), id, { today: new Date('2031-03-04T23:50Z') })
    expect(await people()).toEqual(expect.arrayContaining(atNight))
  })

  test('gives the same people to another workspace, under other ids', async () => {
    const other = await fillNewWorkspace(uuidv7())
    const people = (id: string) =>
      rowsOf(
        sql`select display_name, phone_number from user_identities where workspace_id = ${id}::uuid order by user_identity_id`,
      )
    expect(await people(other)).toEqual(await people(workspaceId))
    const shared = await rowsOf(sql`
      select 1 from acs_users one join acs_users other using (acs_user_id)
      where one.workspace_id = ${workspaceId}::uuid and other.workspace_id = ${other}::uuid`)
    expect(shared).toEqual([])
  })
})

test.each([1, 2, 3, 4])('seed %i passes every rule too', async (seed) => {
  await expect(fillNewWorkspace(uuidv7(), seed)).resolves.toBeDefined()
})

describe('the mess of real life', () => {
  test.each<[string, string, SQL, number]>([
    [
      'an unhealthy access system',
      'acs_systems',
      sql`errors @> '[{"error_code": "visionline_instance_unreachable"}]'`,
      1,
    ],
    [
      'one with a warning',
      'acs_systems',
      sql`warnings @> '[{"warning_code": "salto_ks_subscription_limit_almost_reached"}]'`,
      1,
    ],
    [
      'identities with only a name',
      'user_identities',
      sql`full_name is not null and num_nonnulls(email_address, phone_number, user_identity_key) = 0`,
      5,
    ],
    [
      'identities with only an email address',
      'user_identities',
      sql`email_address is not null and num_nonnulls(full_name, phone_number, user_identity_key) = 0`,
      5,
    ],
    [
      'identities with only a phone number',
      'user_identities',
      sql`phone_number is not null and num_nonnulls(full_name, email_address, user_identity_key) = 0`,
      4,
    ],
    [
      'people attached nowhere',
      'user_identities',
      sql`not exists (select 1 from acs_users where ${sameWorkspace(sql`acs_users`)} and acs_users.user_identity_id = found.user_identity_id)`,
      5,
    ],
    ['suspended ACS users', 'acs_users', sql`is_suspended`, 15],
    ['schedules that ended', 'acs_users', sql`access_ends_at < now()`, 20],
    ['schedules that begin later', 'acs_users', sql`access_starts_at > now()`, 10],
    ['ACS users with errors', 'acs_users', sql`errors <> '[]'`, 10],
    ['ACS users deleted externally', 'acs_users', sql`errors @> '[{"error_code": "deleted_externally"}]'`, 1],
    ['phone numbers that nobody can read', 'acs_users', sql`phone_number is not null and phone_number_e164 is null`, 2],
    ['credentials not issued', 'acs_credentials', sql`not is_issued`, 10],
    [
      'credentials that wait to be issued',
      'acs_credentials',
      sql`warnings @> '[{"warning_code": "waiting_to_be_issued"}]'`,
      5,
    ],
    ['credentials that ran out', 'acs_credentials', sql`ends_at < now()`, 10],
    ['credentials that begin later', 'acs_credentials', sql`starts_at > now()`, 10],
    ['names with accents', 'user_identities', sql`full_name ~ '[^ -~]'`, 30],
  ])('%s', async (_what, table, condition, least) => {
    expect(await count(table, condition)).toBeGreaterThanOrEqual(least)
  })

  test.each<[string, SQL]>([
    ['email address', sql`lower(found.email_address) = lower(identity.email_address)`],
    ['phone number', sql`found.phone_number_e164 = identity.phone_number`],
    ['similar name', sql`similarity(found.sort_name, identity.sort_name) > 0.6 and found.email_address is null`],
  ])('unattached ACS users with the %s of somebody who has none in that system', async (_what, matches) => {
    const matching = sql`user_identity_id is null and exists (
      select 1 from user_identities as identity
      where ${sameWorkspace(sql`identity`)} and ${matches} and not exists (
        select 1 from acs_users as linked
        where ${sameWorkspace(sql`linked`)} and linked.acs_system_id = found.acs_system_id
          and linked.user_identity_id = identity.user_identity_id))`
    expect(await count('acs_users', matching)).toBeGreaterThanOrEqual(25)
  })

  test.each<[string, SQL]>([
    ['name', sql`found.full_name <> identity.full_name`],
    ['email address', sql`found.email_address <> identity.email_address`],
    ['phone number', sql`phone_number_e164 <> identity.phone_number`],
  ])('attached ACS users whose %s differs from the identity', async (_what, differs) => {
    const mismatched = sql`exists (
      select 1 from user_identities as identity
      where ${sameWorkspace(sql`identity`)} and identity.user_identity_id = found.user_identity_id and ${differs})`
    expect(await count('acs_users', mismatched)).toBeGreaterThanOrEqual(5)
  })

  test('an email address of two different people in one system', async () => {
    const shared = sql`email_address is not null and exists (
      select 1 from acs_users as other
      where ${sameWorkspace(sql`other`)} and other.acs_system_id = found.acs_system_id
        and other.email_address = found.email_address and other.sort_name > found.sort_name)`
    expect(await count('acs_users', shared)).toBeGreaterThanOrEqual(2)
  })

  test('phone numbers written in five ways', async () => {
    for (const format of ['(999) 999-9999', '999.999.9999', '+1 999 999 9999', '9999999999', '1-999-999-9999']) {
      const pattern = `^${format.replace(/[().+]/g, '\\$&').replaceAll('9', '[0-9]')}$`
      const written = sql`phone_number ~ ${pattern} and phone_number_e164 = '+1' || right(regexp_replace(phone_number, '[^0-9]', '', 'g'), 10)`
      expect(await count('acs_users', written), format).toBeGreaterThanOrEqual(20)
    }
  })

  test.each([
    ['Jonathan Whitaker', 'Jon Whitaker'],
    ['José Hernández', 'Jose Hernandez'],
    ['Linh Nguyen', 'Nguyen Linh'],
  ])('%s and %s are two people', async (one, other) => {
    expect(await count('user_identities', sql`full_name in (${one}, ${other})`)).toBe(2)
  })
})

describe('the stories', () => {
  const attachmentsOf = (name: string) =>
    rowsOf<{ is_suspended: boolean }>(sql`
      select acs_users.is_suspended from acs_users
      join user_identities using (workspace_id, user_identity_id)
      where workspace_id = ${workspaceId}::uuid and user_identities.full_name = ${name}`)

  test('Jane Whitfield is attached in three systems and suspended in one', async () => {
    const jane = sql`full_name = 'Jane Whitfield' and email_address = 'jane.whitfield@example.com' and phone_number = '+15552010147'`
    expect(await count('user_identities', jane)).toBe(1)
    const attachments = await attachmentsOf('Jane Whitfield')
    expect(attachments.map((attachment) => attachment.is_suspended).sort()).toEqual([false, false, true])
  })

  test('Jane Whitfield holds a mobile key in two systems and a card in one, all in use', async () => {
    const credentials = await rowsOf<{ access_method: string; is_in_use: boolean }>(sql`
      select access_method, is_issued and coalesce(acs_credentials.ends_at > now(), true) as is_in_use
      from acs_credentials join acs_users using (workspace_id, acs_user_id)
      join user_identities using (workspace_id, user_identity_id)
      where workspace_id = ${workspaceId}::uuid and user_identities.full_name = 'Jane Whitfield' order by access_method`)
    expect(credentials).toEqual([
      { access_method: 'card', is_in_use: true },
      { access_method: 'mobile_key', is_in_use: true },
      { access_method: 'mobile_key', is_in_use: true },
    ])
  })

  test('Marcus Oyelaran is attached nowhere, though three systems know him', async () => {
    expect(await count('user_identities', sql`full_name = 'Marcus Oyelaran'`)).toBe(1)
    expect(await attachmentsOf('Marcus Oyelaran')).toEqual([])
    const known = sql`user_identity_id is null and (email_address = 'marcus.oyelaran@example.com'
      or phone_number_e164 = '+15552010162' or full_name = 'Markus Oyelaran')`
    expect(await count('acs_users', known)).toBe(3)
  })

  test('Jean Doe is an ACS user in Brivo and has no identity yet', async () => {
    const jean = sql`full_name = 'Jean Doe' and email_address = 'jean@example.com' and phone_number = '(555) 555-0110'
      and user_identity_id is null
      and acs_system_id in (select acs_system_id from acs_systems where external_type = 'brivo_account')`
    expect(await count('acs_users', jean)).toBe(1)
    const taken = sql`email_address = 'jean@example.com' or user_identity_key = 'jean_doe'
      or phone_number in ('+15555550110', '+15555550142')`
    expect(await count('user_identities', taken)).toBe(0)
  })
})

describe('the history', () => {
  test('tells of every identity and every attachment when it happened', async () => {
    const untold = sql`not exists (
      select 1 from events where ${sameWorkspace(sql`events`)} and event_type = 'user_identity.created'
        and events.user_identity_id = found.user_identity_id and occurred_at = created_at
        and data->>'user_identity_name' = found.display_name)`
    expect(await count('user_identities', untold)).toBe(0)
    const unattached = sql`user_identity_id is not null and not exists (
      select 1 from events where ${sameWorkspace(sql`events`)} and event_type = 'user_identity.acs_user_added'
        and events.acs_user_id = found.acs_user_id and events.user_identity_id = found.user_identity_id
        and occurred_at = linked_at and actor_name = linked_by and data->>'acs_user_name' = found.display_name)`
    expect(await count('acs_users', unattached)).toBe(0)
  })

  test('lies in the last hundred days, and none of it ahead', async () => {
    const outside = sql`occurred_at > ${today.toISOString()}::timestamptz
      or occurred_at < ${today.toISOString()}::timestamptz - interval '100 days'`
    expect(await count('events', outside)).toBe(0)
  })

  test.each([
    ['user_identities', 'user_identity_id', 'created_at'],
    ['acs_users', 'acs_user_id', 'created_at'],
    ['acs_credentials', 'acs_credential_id', 'created_at'],
    ['events', 'event_id', 'occurred_at'],
  ])('ids of %s sort as the rows were created', async (table, id, time) => {
    const [row] = await rowsOf<{ disorder: number }>(sql`
      select count(*)::int as disorder from (
        select ${sql.identifier(time)} < lag(${sql.identifier(time)}) over (order by ${sql.identifier(id)}) as is_earlier
        from ${sql.identifier(table)} where workspace_id = ${workspaceId}::uuid
      ) as steps where is_earlier`)
    expect(row?.disorder).toBe(0)
  })
})
