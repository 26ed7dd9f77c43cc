import { type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { ConfigurationError, type databaseConfiguration } from './configuration'
import type { Database } from './database-type'
import { countPending, migrateServer } from './migrate'
import { refusePooler } from './pooler'
import { rows } from './rows'

/**
 * Tables whose searches use indexes of functions, such as `lower(email_address)` and trigrams. Beneath a policy
 * PostgreSQL does not, as a function might tell of rows that are not to be seen; beneath a plain view it does.
 */
const searched = ['user_identities', 'acs_users']

/** What the serving role may do with rows. */
const rights = 'select, insert, update, delete'

type Addresses = Pick<ReturnType<typeof databaseConfiguration>, 'directUrl' | 'ownerUrl' | 'replicaUrl'> & {
  url: string
}

/**
 * Brings a PostgreSQL server up to date, and finds out who serves: the role that owns the tables, or one that does
 * not and is walled in, which is then given what it needs.
 *
 * @returns whether it is walled in.
 * @throws ConfigurationError for what is neither.
 */
export async function prepareServer({
  url,
  directUrl,
  ownerUrl,
  replicaUrl,
}: Addresses): Promise<{ isWalled: boolean }> {
  return connected(directUrl ?? url, async (client, serving) => {
    if (!directUrl) await refusePooler(client, 'DATABASE_URL')
    const role = await readRole(serving)
    if (!ownerUrl && (role.owns || (!role.hasTables && role.mayCreate))) {
      await migrateServer(serving)
      return { isWalled: false }
    }
    refuseUnbound(role)
    if (ownerUrl) {
      await connected(ownerUrl, async (ownersClient, owner) => {
        await refusePooler(ownersClient, 'DATABASE_OWNER_URL')
        await migrateServer(owner)
        await admit(owner, role.name)
      })
    }
    await refuseHalf(serving, role.name)
    if (replicaUrl && new URL(replicaUrl).username !== new URL(url).username) {
      throw new ConfigurationError(['DATABASE_REPLICA_URL must connect as the same role as DATABASE_URL.'])
    }
    return { isWalled: true }
  })
}

async function connected<Result>(url: string, use: (client: pg.Client, database: Database) => Promise<Result>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client, drizzle({ client }) as unknown as Database)
  } finally {
    await client.end()
  }
}

type Role = { name: string; passesPolicies: boolean; owns: boolean; hasTables: boolean; mayCreate: boolean }

async function readRole(connection: Database): Promise<Role> {
  const [role] = await rows<Role>(
    connection,
    sql`select rolname as name, rolsuper or rolbypassrls as "passesPolicies",
        exists (select from pg_class where oid = to_regclass('public.workspaces') and pg_has_role(relowner, 'member')) as owns,
        to_regclass('public.workspaces') is not null as "hasTables",
        has_database_privilege(current_database(), 'create') as "mayCreate"
      from pg_roles where rolname = current_user`,
  )
  if (!role) throw new Error('PostgreSQL does not say who is connected.')
  return role
}

function refuseUnbound({ name, passesPolicies, owns }: Role): void {
  if (!passesPolicies && !owns) return
  throw new ConfigurationError([
    `DATABASE_URL connects as ${name}, ${passesPolicies ? 'which may pass row-level security' : 'which owns the tables or may become their owner'}. With two roles, it must be a role of its own without such rights. To serve with one role, connect as the owner and leave DATABASE_OWNER_URL out.`,
  ])
}

/** A server that has only the serving role's address: somebody else must have prepared all of it. */
async function refuseHalf(serving: Database, name: string): Promise<void> {
  const [missing] = await rows<{ tables: string | null }>(
    serving,
    sql`select string_agg(relname, ', ') as tables from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
        and not (select bool_and(has_table_privilege(oid, needed)) from unnest(string_to_array(${rights}, ', ')) needed)`,
  )
  const { hasTables } = await readRole(serving)
  if (hasTables && missing?.tables === null && (await countPending(serving)) === 0) return
  throw new ConfigurationError([
    `DATABASE_OWNER_URL is missing: DATABASE_URL connects as ${name}, which ${hasTables ? 'does not own the tables, and they are not ready for it' : 'may not make the tables, and there are none yet'}. Run \`npm run db:migrate\` with both set, or start with both, each of the same database.`,
  ])
}

/** Lets a role serve: it reads and writes rows, and changes no table. */
async function admit(owner: Database, role: string): Promise<void> {
  const name = sql.identifier(role)
  await owner.transaction(async (transaction) => {
    await transaction.execute(sql`create schema if not exists serving`)
    for (const table of searched) {
      if (!(await hasAllColumns(transaction, table))) await transaction.execute(viewOf(table))
    }
    await transaction.execute(sql`grant usage on schema public, serving, drizzle to ${name}`)
    await transaction.execute(sql`grant ${sql.raw(rights)} on all tables in schema public, serving to ${name}`)
    await transaction.execute(sql`grant select on drizzle.__drizzle_migrations to ${name}`)
  })
}

async function hasAllColumns(owner: Database, table: string): Promise<boolean> {
  const columnsOf = (schema: string) =>
    sql`(select array_agg(attname order by attnum) from pg_attribute
      where attrelid = to_regclass(${`${schema}.${table}`}) and attnum > 0 and not attisdropped)`
  const [found] = await rows<{ isSame: boolean | null }>(
    owner,
    sql`select ${columnsOf('serving')} = ${columnsOf('public')} as "isSame"`,
  )
  return found?.isSame === true
}

/** The owner's view: it is the owner who reads the table beneath, and so no policy stands before the indexes. */
function viewOf(table: string): SQL {
  const name = sql.identifier(table)
  return sql`create or replace view serving.${name} as
    select * from public.${name} where workspace_id = scoped_workspace() with cascaded check option`
}
