/* Endpoints read big tables by index. PostgreSQL alone is asked; it is what grows. */
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers } from '@/db/schema/access-groups'
import { inWorkspace } from '@/db/scope'
import { asOwner } from '@/db/testing/as-owner'
import { rowsOf } from '@/db/testing/attempt'
import { addApiKey, apiRequest, readAnswer } from '@/lib/testing/api-requests'
import { addAccessGroup, addAccessSystem, addEntrance, addWorkspace } from '../testing/test-data'
import { app } from './app'

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

const bigTables = ['user_identities', 'acs_users', 'acs_credentials', 'events']
const idOf = (kind: number, number: number) => `0192f0c${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
const person = idOf(1, 77)
const acsUser = idOf(2, 77)
const credential = idOf(3, 77)

describe.runIf(process.env.DATABASE_URL)('with 20,000 people in 20 access systems', () => {
  let apiKey: string
  let workspaceId: string
  const known: Record<string, string> = {}

  beforeAll(async () => {
    const admin = await addWorkspace()
    workspaceId = admin.workspaceId
    const systems: string[] = []
    for (let number = 0; number < 20; number++) systems.push(await addAccessSystem(admin, `House ${number}`))
    known.acs_system_id = systems[0] ?? ''
    // The person of the tests is in this one.
    const theirs = systems[77 % 20] ?? ''
    known.acs_entrance_id = await addEntrance(admin, theirs)
    known.acs_access_group_id = await addAccessGroup(admin, theirs)
    const connection = await database()
    const list = sql.join(
      systems.map((id) => sql`${id}::uuid`),
      sql`, `,
    )
    const system = sql`(array[${list}])[1 + n % 20]`
    const id = (kind: number) => sql.raw(`('0192f0c${kind}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`)
    const numbers = sql`generate_series(1, 20000) as n`
    await connection.execute(sql`
      insert into user_identities (workspace_id, user_identity_id, full_name, email_address, phone_number, user_identity_key)
      select ${workspaceId}, ${id(1)}, 'Person ' || md5(n::text), 'person' || n || '@example.com',
        '+1555' || lpad(n::text, 7, '0'), 'key-' || n from ${numbers}`)
    await connection.execute(sql`
      insert into acs_users (workspace_id, acs_user_id, acs_system_id, user_identity_id, linked_at, full_name, email_address)
      select ${workspaceId}, ${id(2)}, ${system}, ${id(1)}, now(), 'Person ' || md5(n::text), 'person' || n || '@example.com'
      from ${numbers}`)
    await connection.execute(sql`
      insert into acs_credentials (workspace_id, acs_credential_id, acs_system_id, acs_user_id, access_method, display_name)
      select ${workspaceId}, ${id(3)}, ${system}, ${id(2)}, 'mobile_key', 'Mobile key' from ${numbers}`)
    await connection.execute(sql`
      insert into events (workspace_id, event_id, event_type, occurred_at, actor_kind, actor_name, user_identity_id)
      select ${workspaceId}, ${id(4)}, 'user_identity.created', now() - make_interval(mins => 20000 - n), 'member', 'Dana', ${id(1)}
      from ${numbers}`)
    await connection.execute(sql`
      insert into ${accessGroupEntrances} (workspace_id, acs_system_id, acs_access_group_id, acs_entrance_id)
      values (${workspaceId}, ${theirs}, ${known.acs_access_group_id}, ${known.acs_entrance_id})`)
    await connection.execute(sql`
      insert into ${accessGroupMembers} (workspace_id, acs_system_id, acs_access_group_id, acs_user_id)
      select ${workspaceId}, ${theirs}, ${known.acs_access_group_id}, acs_user_id from acs_users
      where workspace_id = ${workspaceId} and acs_system_id = ${theirs} limit 50`)
    await asOwner('vacuum analyze')
    apiKey = await addApiKey(admin)
  })

  /** The big tables that the statements of a request read from end to end. */
  async function readWhole(path: string, body: object): Promise<string[]> {
    const sent: { statement: string; parameters: unknown[] }[] = []
    listenToQueries((statement, parameters) => sent.push({ statement, parameters }))
    const response = await app.fetch(apiRequest(path, { apiKey, body }))
    listenToQueries(undefined)
    const answer = await readAnswer(response)
    expect(answer.status, answer.text.slice(0, 300)).toBe(200)
    const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)]
    const whole: string[] = []
    for (const { statement, parameters } of sent.filter((one) => one.statement.startsWith('select'))) {
      const parts = statement.split(/\$\d+/).map((text) => sql.raw(text))
      const places = [...statement.matchAll(/\$(\d+)/g)].map(([, place]) => sql`${parameters[Number(place) - 1]}`)
      const joined = sql.join(parts.flatMap((part, index) => (places[index] ? [part, places[index]] : [part])))
      const [row] = await inWorkspace(workspaceId, () =>
        rowsOf<{ 'QUERY PLAN': { Plan: Plan }[] }>(sql`explain (format json) ${joined}`),
      )
      for (const plan of (row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => flatten(Plan))) {
        const table = plan['Relation Name'] ?? ''
        if (plan['Node Type'] === 'Seq Scan' && bigTables.includes(table)) whole.push(table)
      }
    }
    return whole
  }

  test.each([
    ['/user_identities/list', { limit: 50 }],
    ['/user_identities/list', { limit: 50, search: 'person777@' }],
    ['/user_identities/list', { limit: 50, user_identity_ids: [person] }],
    ['/user_identities/get', { user_identity_id: person }],
    ['/user_identities/get', { user_identity_key: 'key-77' }],
    ['/user_identities/get', { email_address: 'Person77@Example.com' }],
    ['/user_identities/get', { phone_number: '+1 555 000 0077' }],
    ['/user_identities/list_acs_users', { user_identity_id: person }],
    ['/user_identities/list_acs_systems', { user_identity_id: person }],
    ['/acs/users/list', { limit: 50 }],
    ['/acs/users/list', { limit: 50, acs_system_id: 'acs_system_id' }],
    ['/acs/users/list', { limit: 50, user_identity_id: person }],
    ['/acs/users/list', { limit: 50, user_identity_email_address: 'person77@example.com' }],
    ['/acs/users/list', { limit: 50, search: 'person777@' }],
    ['/acs/users/get', { acs_user_id: acsUser }],
    ['/acs/users/get', { email_address: 'person77@example.com' }],
    ['/acs/users/list_accessible_entrances', { acs_user_id: acsUser }],
    ['/acs/credentials/get', { acs_credential_id: credential }],
    ['/acs/credentials/list', { limit: 50 }],
    ['/acs/credentials/list', { limit: 50, acs_system_id: 'acs_system_id' }],
    ['/acs/credentials/list', { limit: 50, acs_user_id: acsUser }],
    ['/acs/credentials/list', { limit: 50, user_identity_id: person }],
    ['/acs/credentials/list_accessible_entrances', { acs_credential_id: credential }],
    ['/acs/entrances/list_credentials_with_access', { acs_entrance_id: 'acs_entrance_id' }],
    ['/acs/access_groups/list', { user_identity_id: person }],
    ['/acs/access_groups/list_users', { acs_access_group_id: 'acs_access_group_id' }],
    ['/acs/access_groups/list_accessible_entrances', { acs_access_group_id: 'acs_access_group_id' }],
    ['/events/get', { event_type: 'user_identity.created' }],
    ['/events/list', { limit: 50 }],
    ['/events/list', { limit: 50, since: new Date(Date.now() - 3_600_000).toISOString() }],
    ['/events/list', { limit: 50, user_identity_id: person }],
  ] as const)('%s with %j', async (path, parameters) => {
    const body = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, value === name ? known[name] : value]),
    )
    expect(await readWhole(path, body)).toEqual([])
  })
})
