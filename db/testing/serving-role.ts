import { randomBytes } from 'node:crypto'
import { closeDatabase, database } from '../client'
import { scopeUnscoped } from '../scope'
import { onServer } from './test-server'

/** Whether the tests' database is a server, on which one role can serve and another own the tables. */
export const hasRoles = Boolean(process.env.DATABASE_URL) && !process.env.TEST_SERVING_ROLE

/**
 * Has the test's database served by a role of its own from now on, while the one before owns the tables.
 *
 * @returns what puts everything back.
 */
export async function serveByOwnRole(): Promise<() => Promise<void>> {
  const ownerUrl = process.env.DATABASE_URL ?? ''
  const role = `kh_serving_${randomBytes(8).toString('hex')}`
  await onServer(ownerUrl, `create role ${role} login`)
  await closeDatabase()
  process.env.DATABASE_URL = urlOf(ownerUrl, role)
  process.env.DATABASE_OWNER_URL = ownerUrl
  return async () => {
    await closeDatabase()
    process.env.DATABASE_URL = ownerUrl
    delete process.env.DATABASE_OWNER_URL
    await onServer(ownerUrl, `drop owned by ${role}; drop role ${role}`)
  }
}

/** The same address for another role. */
export function urlOf(ownerUrl: string, role: string): string {
  const url = new URL(ownerUrl)
  url.username = role
  return url.href
}

/**
 * Has statements in no scope, which a test sends itself to prepare and to compare, see all rows of its database.
 * What runs in a scope, as requests and jobs do, meets the wall all the same.
 */
export async function letTestsSeeAll(ownerUrl: string): Promise<void> {
  await database()
  const isTest = `current_setting('keyholder.scope', true) = 'test'`
  await onServer(
    ownerUrl,
    `create or replace function scoped_workspace() returns uuid language sql stable return
      case when current_setting('keyholder.scope', true) ~ '^[0-9a-f-]{36}$' then current_setting('keyholder.scope', true)::uuid end;
    do $$ declare walled regclass; shown text; begin
      for walled in select polrelid from pg_policy loop
        execute format('create policy of_tests on %s using (${isTest.replaceAll("'", "''")})', walled);
      end loop;
      for shown in select viewname from pg_views where schemaname = 'serving' loop
        execute format('create or replace view serving.%1$I as select * from public.%1$I
          where workspace_id = scoped_workspace() or ${isTest.replaceAll("'", "''")} with cascaded check option', shown);
      end loop;
    end $$`,
  )
  scopeUnscoped('test')
}
