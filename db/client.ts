import { AsyncLocalStorage } from 'node:async_hooks'
import { databaseConfiguration } from './configuration'
import type { Database } from './database-type'
import { type NotificationListener, type Subscription, subscribeEmbedded, subscribeOnPostgres } from './notifications'

export type { Database }

/** Connections to PostgreSQL that this process holds, those of them that nobody uses, and statements that wait for one. */
export type ConnectionCounts = { total: number; idle: number; waiting: number }

/** Who the tables belong to: the process itself, the role that serves, or a role that only prepares them. */
export type DatabaseSetUp = 'embedded' | 'one role' | 'two roles'

type OpenDatabase = {
  setUp: DatabaseSetUp
  database: Database
  /** A replica, where there is one that may be read from now. */
  replica: () => Database | undefined
  subscribe: (channel: string, listener: NotificationListener) => Subscription
  connections: () => ConnectionCounts | null
  close: () => Promise<void>
}

/** Told of every statement that is sent; for tests that count and explain them. */
export type QueryListener = (statement: string, parameters: unknown[]) => void

// Next's bundle and the server entry each load their own copy of this module, so what must be one
// per process lives on globalThis.
const holder = globalThis as unknown as {
  [key: symbol]:
    | {
        opening?: Promise<OpenDatabase>
        onQuery?: QueryListener
        transaction: AsyncLocalStorage<Database>
        replicaReads: AsyncLocalStorage<boolean>
      }
    | undefined
}
const key = Symbol.for('keyholder.database')
holder[key] ??= { transaction: new AsyncLocalStorage(), replicaReads: new AsyncLocalStorage() }
const shared = holder[key]

const logger = {
  logQuery: (statement: string, parameters: unknown[]) => shared.onQuery?.(statement, parameters),
}

/**
 * The process's database, opened and migrated on first use; inside `withinTransaction`, that transaction;
 * inside `allowingReplica`, a replica where there is one that is fresh enough.
 *
 * @throws Error when it cannot be opened: wrong configuration, folder in use, server out of reach.
 */
export async function database(): Promise<Database> {
  const transaction = shared.transaction.getStore()
  if (transaction) return transaction
  const open = await opened()
  return (shared.replicaReads.getStore() && open.replica()) || open.database
}

/** The process's database itself, never a replica: for what must not be a few seconds old, such as who may do what. */
export async function primaryDatabase(): Promise<Database> {
  return shared.transaction.getStore() ?? (await opened()).database
}

/** Runs what may read what was written some seconds ago. Transactions, and so all writes, go to the primary all the same. */
export function allowingReplica<Result>(run: () => Result): Result {
  return shared.replicaReads.run(true, run)
}

/** Within `allowingReplica`, runs what must not. */
export function onPrimary<Result>(run: () => Result): Result {
  return shared.replicaReads.run(false, run)
}

/**
 * The name by which a statement is prepared, for `.prepare()`: none where a pooler hands each transaction
 * another connection, which would not know it.
 */
export function preparedName(name: string): string {
  isPooled ??= databaseConfiguration().directUrl !== undefined
  return isPooled ? '' : name
}

/** The configuration does not change while the process lives, and reading it takes as long as a small statement. */
let isPooled: boolean | undefined

/**
 * Hears what `pg_notify` tells on a channel from now on, until the database is closed. The connection
 * for it may still be under way when this returns.
 */
export async function subscribe(channel: string, listener: NotificationListener): Promise<Subscription> {
  return (await opened()).subscribe(channel, listener)
}

/** What `withinTransaction` hands to those who need to know that they are in one. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Runs a function as one transaction: all of it or nothing. Every `database()` inside, however deep,
 * is that transaction; one within another is a savepoint of it.
 */
export async function withinTransaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  const connection = await primaryDatabase()
  return connection.transaction((transaction) => shared.transaction.run(transaction, () => run(transaction)))
}

/** Whether the caller runs inside `withinTransaction`. */
export function isWithinTransaction(): boolean {
  return shared.transaction.getStore() !== undefined
}

/** Which of the set-ups is in force: with two roles, whoever serves sees one workspace at a time. */
export async function databaseSetUp(): Promise<DatabaseSetUp> {
  return (await opened()).setUp
}

/** How many connections there are now, or null: the embedded database has none, nor has one that is not open. */
export async function connectionCounts(): Promise<ConnectionCounts | null> {
  return (await shared.opening?.catch(() => undefined))?.connections() ?? null
}

/** Closes the database, if it is open, after what is under way. */
export async function closeDatabase(): Promise<void> {
  const opening = shared.opening
  shared.opening = undefined
  await (await opening?.catch(() => undefined))?.close()
}

/** Has `listener` told of every statement from now on; `undefined` ends it. */
export function listenToQueries(listener: QueryListener | undefined): void {
  shared.onQuery = listener
}

function opened(): Promise<OpenDatabase> {
  shared.opening ??= open().catch((error) => {
    shared.opening = undefined
    throw error
  })
  return shared.opening
}

function open(): Promise<OpenDatabase> {
  const configuration = databaseConfiguration()
  const { url, folder } = configuration
  return url ? openPostgres({ ...configuration, url }) : openEmbedded(folder)
}

async function openEmbedded(folder: string): Promise<OpenDatabase> {
  const [{ drizzle }, { openEmbeddedFiles }, { migrateEmbedded }] = await Promise.all([
    import('drizzle-orm/pglite'),
    import('./embedded'),
    import('./migrate'),
  ])
  const { client, close } = await openEmbeddedFiles(folder)
  try {
    const database = drizzle({ client, logger }) as unknown as Database
    await migrateEmbedded(database)
    const subscriptions: Subscription[] = []
    return {
      setUp: 'embedded',
      database,
      replica: () => undefined,
      subscribe: (channel, listener) => {
        const subscription = subscribeEmbedded(client, channel, listener)
        subscriptions.push(subscription)
        return subscription
      },
      connections: () => null,
      close: async () => {
        await Promise.all(subscriptions.map((subscription) => subscription.end()))
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

type PostgresConfiguration = ReturnType<typeof databaseConfiguration> & { url: string }

async function openPostgres(configuration: PostgresConfiguration): Promise<OpenDatabase> {
  const { url, directUrl, replicaUrl, poolSize } = configuration
  const [{ default: pg }, { createPool }, { Replica }, { prepareServer }, { drizzle }] = await Promise.all([
    import('pg'),
    import('./pool'),
    import('./replica'),
    import('./serving-role'),
    import('drizzle-orm/node-postgres'),
  ])
  const { isWalled } = await prepareServer(configuration)
  const isPooled = directUrl !== undefined
  const pool = createPool(url, poolSize, { isPooled, isWalled })
  const replica = replicaUrl ? new Replica(pool, createPool(replicaUrl, poolSize, { isPooled, isWalled })) : undefined
  const replicaDatabase = replica && (drizzle({ client: replica.client, logger }) as unknown as Database)
  const subscriptions: Subscription[] = []
  return {
    setUp: isWalled ? 'two roles' : 'one role',
    database: drizzle({ client: pool, logger }) as unknown as Database,
    replica: () => (replica?.isFresh() ? replicaDatabase : undefined),
    subscribe: (channel, listener) => {
      const newClient = () => new pg.Client({ connectionString: directUrl ?? url, keepAlive: true })
      const subscription = subscribeOnPostgres(newClient, channel, listener)
      subscriptions.push(subscription)
      return subscription
    },
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      await Promise.all(subscriptions.map((subscription) => subscription.end()))
      await replica?.close()
      await pool.end()
    },
  }
}
