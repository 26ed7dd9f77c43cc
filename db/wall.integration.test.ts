/* A role that serves and does not own the tables: it sees the rows of one workspace, whatever it is asked for. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, connectToServer } from './backup/connection'
import { closeDatabase, database, databaseSetUp, withinTransaction } from './client'
import { databaseConfiguration } from './configuration'
import { acrossWorkspaces, enterWorkspace, inWorkspace, withoutWorkspace } from './scope'
import { attempt, rowsOf, verdictOf } from './testing/attempt'
import { hasRoles, serveByOwnRole, urlOf } from './testing/serving-role'
import { databaseOnServer, onServer } from './testing/test-server'
import { createTwoWorkspaces, type TestWorkspace } from './testing/two-workspaces'

/** Whose rows belong to no workspace, but to an account or to the server. */
const ofNoWorkspace = [
  ...[
    'accounts',
    'encryption_keys',
    'failed_attempts',
    'mails',
    'passkeys',
    'password_resets',
    'rate_limits',
    'sessions',
  ],
  ...['two_factors', 'users', 'verifications'],
]
/** What is read or written across workspaces: who is a member of which, whose key it is, and what is to be done next. */
const openToServer = [
  ...['acs_systems', 'api_keys', 'events', 'idempotent_requests', 'jobs', 'webhook_deliveries', 'webhooks'],
  ...['workspace_invitations', 'workspace_members', 'workspaces'],
]

describe.skipIf(!hasRoles)('the wall between workspaces', () => {
  let live: TestWorkspace
  let sandbox: TestWorkspace
  let restore: () => Promise<void>
  let tables: string[] = []

  beforeAll(async () => {
    const both = await createTwoWorkspaces()
    live = both.live
    sandbox = both.sandbox
    restore = await serveByOwnRole()
    const found = await rowsOf<{ name: string }>(
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
    tables = found.map(({ name }) => name).filter((name) => !ofNoWorkspace.includes(name))
  })
  afterAll(() => restore())

  /** Each as the application names it, and as itself: searched tables are seen through a view. */
  const names = () => tables.flatMap((table) => [sql.identifier(table), sql.raw(`public."${table}"`)])
  const workspacesIn = async (name: ReturnType<typeof sql.raw> | ReturnType<typeof sql.identifier>) =>
    (await rowsOf<{ id: string }>(sql`select distinct workspace_id as id from ${name}`)).map(({ id }) => id)

  test('is in force, on every table but those of accounts', async () => {
    expect(await databaseSetUp()).toBe('two roles')
    const walled = await rowsOf<{ name: string }>(
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and row_security_active(oid) and exists (select from pg_policy where polrelid = pg_class.oid)`,
    )
    expect(walled.map(({ name }) => name).sort()).toEqual(tables.sort())
    expect(tables.length).toBeGreaterThan(25)
  })

  test('shows without any condition the rows of one workspace, and something of each table', async () => {
    for (const { workspaceId } of [live, sandbox]) {
      await inWorkspace(workspaceId, async () => {
        for (const name of names()) expect(await workspacesIn(name)).toEqual([workspaceId])
      })
    }
  })

  test('shows nothing without a workspace, and across all of them only what is named', async () => {
    for (const scoped of [withoutWorkspace, (run: () => Promise<void>) => inWorkspace(uuidv7(), run)]) {
      await scoped(async () => {
        for (const name of names()) expect(await workspacesIn(name)).toEqual([])
      })
    }
    await acrossWorkspaces(async () => {
      const seen: string[] = []
      for (const name of tables) {
        const found = await workspacesIn(sql.identifier(name))
        if (found.length > 0) seen.push(name)
        expect([0, 2]).toContain(found.length)
      }
      expect(seen.sort()).toEqual(openToServer)
    })
  })

  test('lets nothing of another workspace be changed, deleted, added or moved there', async () => {
    const [ours, theirs] = [live.workspaceId, sandbox.workspaceId]
    for (const table of tables) {
      const name = sql.identifier(table)
      const columns = await rowsOf<{ name: string }>(
        sql`select attname as name from pg_attribute where attrelid = ${`public.${table}`}::regclass
          and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' and attname <> 'workspace_id'`,
      )
      const list = columns.length > 0 ? sql.raw(`, ${columns.map((column) => `"${column.name}"`).join(', ')}`) : sql``
      await inWorkspace(ours, async () => {
        const ofTheirs = sql`where workspace_id = ${theirs} returning 1`
        expect(await rowsOf(sql`update ${name} set workspace_id = workspace_id ${ofTheirs}`), table).toEqual([])
        expect(await rowsOf(sql`delete from ${name} ${ofTheirs}`), table).toEqual([])
        const added = sql`insert into ${name} (workspace_id ${list}) select ${theirs}::uuid ${list} from ${name} limit 1`
        // A view's own check comes after the rows' unique keys.
        expect(await attempt(added), table).toMatchObject({ code: expect.stringMatching(/^(42501|44000|23505)$/) })
        expect(await attempt(sql`update ${name} set workspace_id = ${theirs}`), table).toMatchObject({
          // Events are refused to change by a trigger of their own.
          code: expect.stringMatching(/^(42501|44000|23505|23001)$/),
        })
      })
    }
  })

  test('leaves searches the indexes of functions', async () => {
    const search = sql`explain (costs off) select * from user_identities
      where workspace_id = ${live.workspaceId} and lower(email_address) = 'jane.doe@example.com'`
    const plan = await inWorkspace(live.workspaceId, () =>
      withinTransaction(async (transaction) => {
        await transaction.execute(sql`set local enable_seqscan = off`)
        return rowsOf(search, transaction)
      }),
    )
    expect(JSON.stringify(plan)).toMatch(/Index Cond:[^"]*lower\(email_address\) =/)
  })

  test('is no table’s owner: it cannot change what tables there are, or who may pass', async () => {
    await acrossWorkspaces(async () => {
      for (const statement of [
        'drop table user_identities',
        'alter table public.user_identities disable row level security',
        'truncate events',
        'create table public.other (id uuid)',
        'drop policy of_one_workspace on public.user_identities',
      ]) {
        expect(await attempt(sql.raw(statement)), statement).toMatchObject({ accepted: false })
      }
    })
  })

  test('stands where workspaces take turns on the same connections, and where transactions fail', async () => {
    const seen = async () => workspacesIn(sql.identifier('user_identities'))
    const failing = async () => {
      const connection = await database()
      await connection.execute(sql`select 1 / 0`)
    }
    await Promise.all(
      Array.from({ length: 105 }, async (_, place) => {
        const { workspaceId } = place % 2 ? live : sandbox
        await inWorkspace(workspaceId, async () => {
          if (place % 5 === 0) await withinTransaction(failing).catch(verdictOf)
          if (place % 7 === 0) await failing().catch(verdictOf)
          if (place % 3 === 0) expect(await withinTransaction(seen)).toEqual([workspaceId])
          expect(await seen()).toEqual([workspaceId])
        })
      }),
    )
  })

  test('moves within a transaction, and back where a part of it is undone', async () => {
    const seen = async () => workspacesIn(sql.identifier('user_identities'))
    await acrossWorkspaces(() =>
      withinTransaction(async () => {
        expect(await seen()).toEqual([])
        expect(await inWorkspace(live.workspaceId, seen)).toEqual([live.workspaceId])
        const undone = inWorkspace(sandbox.workspaceId, () =>
          withinTransaction(async () => {
            expect(await seen()).toEqual([sandbox.workspaceId])
            throw new Error('undone')
          }),
        )
        await expect(undone).rejects.toThrow('undone')
        expect(await seen()).toEqual([])
        const both = [live, sandbox].map(({ workspaceId }) => inWorkspace(workspaceId, seen))
        expect(await Promise.all(both)).toEqual([[live.workspaceId], [sandbox.workspaceId]])
      }),
    )
  })

  test('lets a request in once it is known whose it is', async () => {
    await withoutWorkspace(async () => {
      expect(await workspacesIn(sql.identifier('events'))).toEqual([])
      enterWorkspace(live.workspaceId)
      expect(await workspacesIn(sql.identifier('events'))).toEqual([live.workspaceId])
    })
  })

  describe('a set-up', () => {
    const ownerUrl = () => process.env.DATABASE_OWNER_URL ?? ''
    const openedWith = async (variables: Record<string, string | undefined>) => {
      const before = { DATABASE_URL: process.env.DATABASE_URL, DATABASE_OWNER_URL: process.env.DATABASE_OWNER_URL }
      const restoreVariables = () => {
        delete process.env.DATABASE_REPLICA_URL
        Object.assign(process.env, before)
      }
      await closeDatabase()
      for (const [name, value] of Object.entries(variables)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      try {
        return await databaseSetUp()
      } finally {
        await closeDatabase()
        restoreVariables()
      }
    }

    test('with the serving role alone is one of two roles, once all is prepared', async () => {
      expect(await openedWith({ DATABASE_OWNER_URL: undefined })).toBe('two roles')
      expect(await openedWith({ DATABASE_OWNER_URL: undefined, DATABASE_URL: ownerUrl() })).toBe('one role')
    })

    test('with a replica that another role reads is refused', async () => {
      await expect(openedWith({ DATABASE_REPLICA_URL: ownerUrl() })).rejects.toThrow('must connect as the same role')
    })

    test('backs nothing up as the role that serves, to which a full database looks empty', async () => {
      await expect(connectToServer(process.env.DATABASE_URL ?? '')).rejects.toThrow('DATABASE_OWNER_URL is missing')
      const connection = await connect(databaseConfiguration())
      expect(await rowsOf(sql`select 1 from user_identities`, connection.database)).not.toEqual([])
      await connection.close()
    })

    test('by halves is refused', async () => {
      await expect(openedWith({ DATABASE_URL: ownerUrl() })).rejects.toThrow('must be a role of its own')
      const stranger = `kh_stranger_${uuidv7().slice(-12)}`
      await onServer(ownerUrl(), `create role ${stranger} login`)
      const url = urlOf(ownerUrl(), stranger)
      const refusal = 'does not own the tables, and they are not ready for it'
      try {
        const opened = () => openedWith({ DATABASE_OWNER_URL: undefined, DATABASE_URL: url })
        await expect(opened()).rejects.toThrow(refusal)
        await onServer(
          ownerUrl(),
          `grant usage on schema public, drizzle to ${stranger};
            grant select on all tables in schema public, drizzle to ${stranger}`,
        )
        await expect(opened()).rejects.toThrow(refusal)
        await onServer(ownerUrl(), `alter role ${stranger} bypassrls`)
        await expect(opened()).rejects.toThrow('which may pass row-level security')
      } finally {
        await onServer(ownerUrl(), `drop owned by ${stranger}; drop role ${stranger}`)
      }
    })

    test('without tables is refused for a role that may not make them', async () => {
      const name = `kh_empty_${uuidv7().slice(-12)}`
      await onServer(ownerUrl(), `create database ${name}`)
      try {
        const DATABASE_URL = databaseOnServer(process.env.DATABASE_URL ?? '', name)
        const refused = openedWith({ DATABASE_OWNER_URL: undefined, DATABASE_URL })
        await expect(refused).rejects.toThrow('may not make the tables, and there are none yet')
      } finally {
        await onServer(ownerUrl(), `drop database ${name} with (force)`)
      }
    })
  })
})
