/* Lists and searches read by index, not the whole table. PostgreSQL alone is asked; it is what grows. */
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { importRows, imports } from '@/db/schema/imports'
import { inWorkspace } from '@/db/scope'
import { asOwner } from '@/db/testing/as-owner'
import { rowsOf } from '@/db/testing/attempt'
import { getDoor, listDoorsToCheck, listGroupsWithDoor } from '@/lib/access/diagnosis/queries'
import { summarizeAccessSystems } from '@/lib/access/systems/queries'
import { keepChallenge } from '@/lib/accounts/proof/challenges'
import { findPersonName, listActorNames, listEvents } from '@/lib/history/events/queries'
import { planAcsUserRows } from '@/lib/imports/acs-users/check'
import { receiveFile } from '@/lib/imports/commands'
import { listImportRows } from '@/lib/imports/queries'
import { listDuplicates } from '@/lib/people/duplicates/queries'
import { everySystem, readIdentityListParameters } from '@/lib/people/identities/list-parameters'
import { countDependents, findSimilarIdentities, listUserIdentities } from '@/lib/people/identities/queries'
import { suggestAcsUsers } from '@/lib/people/matching/queries'
import { readQueueParameters } from '@/lib/people/reconcile/list-parameters'
import { countQueue, listCertainMatchesOf, listQueue } from '@/lib/people/reconcile/queries'
import type { Actor } from '@/lib/platform/actor'
import { inTransaction } from '@/lib/platform/transaction'
import { pageReads } from './page-reads'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace } from './test-data'

type Plan = {
  'Node Type': string
  'Plan Rows': number
  'Index Name'?: string
  'Relation Name'?: string
  'Parent Relationship'?: string
  Plans?: Plan[]
}

describe.runIf(process.env.DATABASE_URL)('with 10,000 people, of whom one in a thousand has a rare name', () => {
  let admin: Actor
  let busy: string
  let acsSystemId: string
  const importId = uuidv7()
  beforeAll(async () => {
    admin = await addWorkspace()
    const { workspaceId } = admin
    acsSystemId = await addAccessSystem(admin)
    const connection = await database()
    await connection.execute(sql`
      insert into user_identities (workspace_id, user_identity_id, full_name, email_address, phone_number)
      select ${workspaceId}, ('0192f0c1-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        case when n % 1000 = 0 then 'Xaver Quizl' else 'Person ' || md5(n::text) end,
        'person' || n || '@example.com', '+1555' || lpad(n::text, 7, '0')
      from generate_series(1, 10000) as n`)
    await connection.execute(sql`
      insert into acs_users (workspace_id, acs_user_id, acs_system_id, full_name, email_address)
      select ${workspaceId}, ('0192f0c2-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${acsSystemId}::uuid,
        'Person ' || md5(n::text), 'person' || n || '@example.com'
      from generate_series(1, 10000) as n`)
    await connection.execute(sql`
      insert into acs_credentials (workspace_id, acs_credential_id, acs_system_id, acs_user_id, access_method, display_name)
      select workspace_id, gen_random_uuid(), acs_system_id, acs_user_id, 'mobile_key', 'Mobile key'
      from acs_users where workspace_id = ${workspaceId}`)
    busy = await addIdentity(admin, 'Busy Person')
    const acsUserId = await addAcsUser(admin, acsSystemId, { userIdentityId: busy })
    // 5,000 events of one person and of their ACS user, among as many of others.
    await connection.execute(sql`
      insert into events (workspace_id, event_id, event_type, actor_kind, actor_name, user_identity_id, acs_user_id,
        change_id, occurred_at)
      select ${workspaceId}, ('0192f0c3-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'acs_user.updated',
        'member', 'Admin ' || n % 7, case when n % 4 = 0 then ${busy}::uuid end,
        case when n % 4 in (1, 2) then ${acsUserId}::uuid end, gen_random_uuid(), '2024-11-03T12:00:00Z'
      from generate_series(1, 7000) as n`)
    await connection.execute(sql`
      insert into acs_systems (workspace_id, acs_system_id, name, external_type, connected_account_id)
      select ${workspaceId}, ('0192f0c4-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Site ' || n,
        'salto_ks_site', gen_random_uuid()
      from generate_series(0, 19) as n`)
    await connection.execute(sql`
      insert into acs_entrances (workspace_id, acs_entrance_id, acs_system_id, display_name)
      select ${workspaceId}, ('0192f0c3-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        ('0192f0c4-0000-7000-8000-' || lpad(to_hex(n % 20), 12, '0'))::uuid, 'Door ' || n
      from generate_series(1, 10000) as n`)
    const [imported, other] = [importId, uuidv7()].map((id) => sql`${id}::uuid`)
    await connection.execute(sql`
      insert into imports (workspace_id, import_id, state, file_name, encoding, delimiter, headers, author_name)
      select ${workspaceId}, id, 'mapping', 'people.csv', 'UTF-8', ',', '[]', 'Dana' from (values (${imported}), (${other})) as ids (id)`)
    await connection.execute(sql`
      insert into import_rows (workspace_id, import_id, row_number, cells, plan)
      select ${workspaceId}, id, n + 1, '[]', case when n % 100 = 0 then 'refused' else 'create' end
      from generate_series(1, 3000) as n, (values (${imported}), (${other})) as ids (id)`)
    await connection.execute(sql`
      insert into verifications (verification_id, identifier, value, expires_at)
      select gen_random_uuid(), 'challenge-' || n, '{}', now() + make_interval(secs => n) from generate_series(1, 3000) as n`)
    // Changes to counts are written with everything else that is written, whosever workspace it is in.
    await connection.execute(sql`
      insert into row_counts (workspace_id, kind, change)
      select gen_random_uuid(), 'people', 1 from generate_series(1, 5000)`)
    // Bulk inserts wait in a trigram index's pending list until they are vacuumed.
    await asOwner('vacuum analyze')
  })

  /** The nodes of the plans of every statement that a query sends, the parts of a plan after itself. */
  const nodesOf = (query: () => Promise<unknown>) => inWorkspace(admin.workspaceId, () => plansOf(query))

  async function plansOf(query: () => Promise<unknown>): Promise<Plan[]> {
    const sent: { statement: string; parameters: unknown[] }[] = []
    listenToQueries((statement, parameters) => sent.push({ statement, parameters }))
    await query().finally(() => listenToQueries(undefined))
    const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)]
    const nodes: Plan[] = []
    for (const { statement, parameters } of sent) {
      if (/^(begin|commit)/.test(statement)) continue
      const parts = statement.split(/\$\d+/).map((text) => sql.raw(text))
      const places = [...statement.matchAll(/\$(\d+)/g)].map(
        ([, place]) => sql`${sql.param(parameters[Number(place) - 1])}`,
      )
      const whole = sql.join(parts.flatMap((part, index) => (places[index] ? [part, places[index]] : [part])))
      const [row] = await rowsOf<{ 'QUERY PLAN': { Plan: Plan }[] }>(sql`explain (format json) ${whole}`)
      nodes.push(...(row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => flatten(Plan)))
    }
    return nodes
  }

  /** Tables that grow with the people of a workspace; the others are read as a whole while they are small. */
  const growing = [
    ...['user_identities', 'acs_users', 'acs_credentials', 'acs_entrances', 'events', 'import_rows'],
    'row_counts',
  ]

  /** What asks for all, or, of these people, for what most rows are: then it is right to read a table as a whole. */
  const askedOfMost = [
    'an identity',
    'the ACS users of an access system',
    'why doors do not open, all of them',
    'doors to choose from',
    'all that match, to be selected',
  ]
  const askedOfFew = Object.entries(pageReads).filter(([page]) => !askedOfMost.includes(page))

  test.each(askedOfFew)('for %s, no table that grows is read as a whole', async (_page, { read }) => {
    const workspace = {
      ...{ workspaceId: admin.workspaceId, importId, acsSystemId, userIdentityId: busy },
      acsEntranceId: '0192f0c3-0000-7000-8000-000000000001',
    }
    const nodes = await nodesOf(() => Promise.all(read(workspace)))
    const whole = nodes.filter(
      (node) => node['Node Type'] === 'Seq Scan' && growing.includes(node['Relation Name'] ?? ''),
    )
    expect(whole.map((node) => node['Relation Name'])).toEqual([])
  })

  const indexesOf = (nodes: Plan[]) => nodes.flatMap((node) => node['Index Name'] ?? [])
  const kindsOf = (nodes: Plan[]) => nodes.map((node) => node['Node Type'])
  const list = (address: Record<string, string>) => () =>
    listUserIdentities(admin.workspaceId, readIdentityListParameters(new URLSearchParams(address)))

  test.each([
    ['newest', 'user_identities_workspace_id_user_identity_id_pk'],
    ['oldest', 'user_identities_workspace_id_user_identity_id_pk'],
    ['name', 'user_identities_by_name'],
    ['name-desc', 'user_identities_by_name'],
  ])('the first and the second page by %s are read in the order of an index', async (sort, index) => {
    const { nextCursor } = await list({ sort })()
    for (const cursor of ['', nextCursor ?? '']) {
      const nodes = await nodesOf(list({ sort, cursor }))
      expect(indexesOf(nodes)).toContain(index)
      expect(kindsOf(nodes)).not.toContain('Sort')
    }
  })

  test('who is linked nowhere is read from the list of them, page and count', async () => {
    const nodes = await nodesOf(list({ missing: everySystem }))
    expect(indexesOf(nodes)).toContain('unlinked_identities_workspace_id_user_identity_id_pk')
    const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])
    expect(scanned).not.toContain('user_identities')
    expect(scanned).not.toContain('acs_users')
  })

  test('what is counted in all is told without reading the people or the ACS users', async () => {
    const nodes = [
      ...(await nodesOf(() => summarizeAccessSystems(admin.workspaceId))),
      ...(await nodesOf(() => countQueue(admin.workspaceId))),
    ]
    const read = nodes.map((node) => node['Relation Name'])
    expect(read).not.toContain('acs_users')
    expect(indexesOf(nodes)).toContain('row_counts_by_kind')
  })

  test('a search by a rare part of a name is answered by the trigram index', async () => {
    const nodes = await nodesOf(list({ q: 'quizl' }))
    expect(indexesOf(nodes)).toContain('user_identities_search')
    expect(kindsOf(nodes)).not.toContain('Seq Scan')
  })

  test('a pasted id, which may be an identity’s, an ACS user’s or a key, is looked up by indexes', async () => {
    const nodes = await nodesOf(list({ q: uuidv7() }))
    expect(indexesOf(nodes)).toEqual(
      expect.arrayContaining([
        'user_identities_workspace_id_user_identity_id_pk',
        'user_identities_key_unique',
        'acs_users_workspace_id_acs_user_id_pk',
      ]),
    )
    expect(kindsOf(nodes)).not.toContain('Seq Scan')
  })

  test('whoever resembles a person is found by indexes', async () => {
    const person = { fullName: 'Xaver Quizl', emailAddress: 'person7@example.com', phoneNumber: '+15550000007' }
    const suggested = await nodesOf(() => suggestAcsUsers(admin.workspaceId, person))
    expect(indexesOf(suggested)).toEqual(
      expect.arrayContaining(['acs_users_by_email', 'acs_users_to_reconcile_by_name', 'acs_users_to_reconcile_search']),
    )
    // Of access systems there are a few.
    const large = suggested.filter((node) => node['Relation Name'] !== 'acs_systems')
    expect(kindsOf(large)).not.toContain('Seq Scan')
    const similar = await nodesOf(() => findSimilarIdentities(admin.workspaceId, { ...person, userIdentityKey: 'k' }))
    expect(indexesOf(similar)).toEqual(
      expect.arrayContaining(['user_identities_email_unique', 'user_identities_search']),
    )
    expect(kindsOf(similar)).not.toContain('Seq Scan')
  })

  test('what certainly belongs to chosen people, and what goes with them, is found by indexes', async () => {
    const chosen = ['0192f0c1-0000-7000-8000-00000000000a', '0192f0c1-0000-7000-8000-00000000000b']
    const nodes = [
      ...(await nodesOf(() => listCertainMatchesOf(admin.workspaceId, chosen))),
      ...(await nodesOf(() => countDependents(admin.workspaceId, chosen))),
    ]
    expect(indexesOf(nodes)).toEqual(
      expect.arrayContaining(['acs_users_by_email', 'acs_users_by_phone', 'acs_users_one_per_identity_and_system']),
    )
    const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])
    expect(scanned).not.toContain('acs_users')
    expect(scanned).not.toContain('user_identities')
  })

  test('likely duplicates are found by indexes', async () => {
    const nodes = await nodesOf(() => listDuplicates(admin.workspaceId, { cursor: null, limit: 20 }))
    expect(indexesOf(nodes)).toEqual(
      expect.arrayContaining([
        'user_identities_by_name_key',
        'user_identities_by_plain_email',
        'user_identities_by_phone_end',
        'user_identities_email_unique',
        'user_identities_phone_unique',
        'acs_users_by_email',
        'acs_users_by_phone',
        'acs_users_one_per_identity_and_system',
      ]),
    )
    const large = ['user_identities', 'acs_users']
    const whole = nodes.filter(
      (node) => node['Node Type'] === 'Seq Scan' && large.includes(node['Relation Name'] ?? ''),
    )
    expect(whole).toEqual([])
  })

  test('the queue is read in the order of an index, and who its rows may be is looked up by indexes', async () => {
    const nodes = await nodesOf(() => listQueue(admin.workspaceId, readQueueParameters(new URLSearchParams())))
    expect(indexesOf(nodes)).toEqual(
      expect.arrayContaining([
        'acs_users_to_reconcile',
        'user_identities_email_unique',
        'user_identities_by_plain_email',
        'user_identities_phone_unique',
        'user_identities_key_unique',
        'user_identities_by_name',
        'acs_users_one_per_identity_and_system',
      ]),
    )
    const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])
    expect(scanned).not.toContain('user_identities')
    expect(scanned).not.toContain('acs_users')
    const [count] = await nodesOf(() => countQueue(admin.workspaceId))
    expect(count?.['Plan Rows']).toBeLessThan(100)
  })

  test('whoever is called alike is found by the trigram index', async () => {
    const connection = await database()
    await connection.execute(sql`update acs_users set full_name = 'Xaver Quizll', email_address = null
      where acs_user_id = '0192f0c2-0000-7000-8000-000000000001'`)
    const nodes = await nodesOf(() => listQueue(admin.workspaceId, readQueueParameters(new URLSearchParams())))
    expect(indexesOf(nodes)).toContain('user_identities_search')
  })

  const history = (filter: Parameters<typeof listEvents>[1]) => () =>
    listEvents(admin.workspaceId, filter, () => true, { cursor: null, limit: 50 })

  test('the newest of a person’s history are found by indexes, without all of it being read or sorted', async () => {
    const nodes = await nodesOf(history({ userIdentityId: busy }))
    expect(indexesOf(nodes)).toEqual(expect.arrayContaining(['events_by_identity', 'events_by_acs_user']))
    // Of access systems there is one, and credentials none: those tables are not worth an index here.
    expect(kindsOf(nodes.filter((node) => node['Relation Name'] === 'events'))).not.toContain('Seq Scan')
    // What is sorted are the few that the scans were limited to.
    const sorted = nodes.filter((node) => node['Node Type'] === 'Sort').map((node) => node['Plan Rows'])
    expect(Math.max(0, ...sorted)).toBeLessThan(1000)
  })

  test.each([
    ['all events', {}],
    ['those of an actor', { actorName: 'Admin 3' }],
    ['those of a kind', { kind: 'acs_users' as const }],
    ['those of some days', { since: new Date('2024-11-03T00:00:00Z'), before: new Date('2024-11-04T00:00:00Z') }],
  ])('of the workspace’s history, %s are read newest first by an index', async (_what, filter) => {
    const [statement] = await nodesOf(history(filter))
    expect(statement?.['Node Type']).toBe('Limit')
    const nodes = await nodesOf(history(filter))
    expect(nodes.filter((node) => node['Relation Name'] === 'events' && node['Node Type'] === 'Seq Scan')).toEqual([])
  })

  test.each([
    ['all rows of an import are read', {}, 'import_rows_workspace_id_import_id_row_number_pk'],
    ['those of a plan are found', { plan: 'refused' as const }, 'import_rows_by_plan'],
  ])('%s by an index', async (_what, filter, index) => {
    const nodes = await nodesOf(() => listImportRows(admin.workspaceId, importId, filter, 1000))
    expect(indexesOf(nodes)).toEqual([index])
    expect(kindsOf(nodes)).not.toContain('Sort')
  })

  test('what the rows of a file of ACS users speak of is looked up by indexes', async () => {
    const headers = ['id', 'key', 'email', 'phone']
    const about = { kind: 'acs_users', acs_system_id: acsSystemId }
    const lines = Array.from(
      { length: 50 },
      (_, n) => `${uuidv7()},K${n},person${n}@example.com,+1 555 555 ${1000 + n}`,
    )
    const bytes = Buffer.from([headers.join(','), ...lines].join('\n'))
    const received = await receiveFile(admin, { name: 'acs-users.csv', chunks: [bytes] }, about)
    const connection = await database()
    const [file] = await connection.select().from(imports).where(eq(imports.importId, received.importId))
    if (!file) throw new Error('The file is gone')
    const mapping = { acs_user_id: 0, user_identity_key: 1, email_address: 2, phone_number: 3 }
    const rows = await connection.select().from(importRows).where(eq(importRows.importId, received.importId))
    const nodes = await nodesOf(() =>
      inTransaction((transaction) => planAcsUserRows(transaction, { ...file, mapping }, rows)),
    )
    expect(indexesOf(nodes)).toEqual(
      expect.arrayContaining(['user_identities_key_unique', 'acs_users_by_email', 'acs_users_by_phone']),
    )
    // What was found may be read together with the whole of so small a table; what is looked for may not.
    const looking = nodes.filter((node) => node['Parent Relationship'] === 'Member')
    expect(looking.map((node) => node['Node Type'])).not.toContain('Seq Scan')
  })

  test('who acts, and what somebody was called, is looked up by indexes', async () => {
    const actors = await nodesOf(() => listActorNames(admin.workspaceId))
    expect(indexesOf(actors)).toContain('events_by_actor')
    const name = await nodesOf(() => findPersonName(admin.workspaceId, busy))
    expect(indexesOf(name)).toContain('events_by_identity')
    expect(kindsOf([...actors, ...name])).not.toContain('Seq Scan')
  })

  test('a door, the groups that have it, and all doors of a person’s access systems are found by indexes', async () => {
    const door = '0192f0c3-0000-7000-8000-000000000001'
    const person = await addIdentity(admin, 'Jane Doe')
    await addAcsUser(admin, '0192f0c4-0000-7000-8000-000000000001', { userIdentityId: person })
    const asked = [
      () => getDoor(admin.workspaceId, door),
      () => listGroupsWithDoor(admin.workspaceId, door),
      () => listDoorsToCheck(admin.workspaceId, person),
    ]
    for (const query of asked) {
      const nodes = await nodesOf(query)
      const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])
      expect(scanned).not.toContain('acs_entrances')
      expect(scanned).not.toContain('acs_users')
    }
  })

  test('what is over of what sign-in waits for is found by an index', async () => {
    const nodes = await nodesOf(() => keepChallenge(uuidv7(), { userId: null, name: null }))
    expect(indexesOf(nodes)).toEqual(['verifications_by_expiry'])
    expect(kindsOf(nodes)).not.toContain('Seq Scan')
  })
})
