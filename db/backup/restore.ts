import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client'
import { rows } from '../rows'
import { dropEverything, type ForeignKey, readForeignKeys, readTables, setCounters, type Table } from './catalogue'
import { readTable, refuseStrangers } from './dump'
import { type Introduction, readBackup, sameSums, type TableHeading, type TableSum } from './format'
import { knownMigrations, type Migration, migrateWithin, newestMigration, tablesAsOf } from './history'

/** How much of a table travels in one statement, in characters. */
const mostCharacters = 500_000

/** A restore that is refused before it changes anything. */
export class RestoreRefused extends Error {}

/** What was restored, and the migration that the database is at now. */
export type Restored = { sums: TableSum[]; madeAt: string; from: Migration; migratedTo: Migration }

/**
 * Puts a backup in the place of all that a database holds, in one transaction: all of it or nothing. The
 * schema is made as it was when the backup was, the rows are brought in and read again to compare them,
 * and then it is migrated as an old database would be.
 *
 * @param options.replace whether a database that holds anything may lose it.
 * @param feed hands every line of the backup to `take`, which is to be waited for.
 * @throws RestoreRefused for a database that is not empty, or a backup of a newer Keyholder;
 * DamagedBackup for one that is not what was written.
 */
export async function restoreDatabase(
  connection: Database,
  { replace }: { replace: boolean },
  feed: (take: (line: string) => Promise<void>) => Promise<void>,
): Promise<Restored> {
  return connection.transaction(async (transaction) => {
    // Servers that start meanwhile wait for it, see migrateServer.
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtext('keyholder.migrations'))`)
    const loading = new Loading(transaction, replace)
    const { take, finish } = readBackup({
      onIntroduction: (introduction) => loading.begin(introduction),
      onTable: (heading) => loading.beginTable(heading),
      onRow: (line) => loading.addRow(line),
    })
    await feed(take)
    const end = finish()
    await loading.end()
    await setCounters(transaction, end.counters)
    const sums = await readEverything(transaction)
    if (!sameSums(sums, end.tables)) {
      throw new Error('What was brought in is not what the backup holds, so nothing was changed.')
    }
    await migrateWithin(transaction)
    return { ...loading.origin(), sums, migratedTo: knownMigrations().at(-1) as Migration }
  })
}

/** One backup on its way into a database. */
class Loading {
  #origin: { madeAt: string; from: Migration } | undefined
  #tables: Map<string, Table> = new Map()
  #foreignKeys: ForeignKey[] = []
  #table: Table | undefined
  #lines: string[] = []
  #characters = 0

  constructor(
    readonly transaction: Database,
    readonly replace: boolean,
  ) {}

  /** Makes the schema as it was when the backup was made, and lifts what rows would trip over. */
  async begin({ made_at: madeAt, migration: { name, made_at } }: Introduction): Promise<void> {
    const from = { name, madeAt: made_at }
    refuseUnknown(from)
    this.#origin = { madeAt, from }
    await makeRoom(this.transaction, this.replace)
    await migrateWithin(this.transaction, from)
    this.#tables = new Map((await readTables(this.transaction)).map((table) => [table.name, table]))
    // Tables come in any order and point at each other: their foreign keys are made again, and thereby
    // checked, once all are in. Triggers have done their work when the rows were written first.
    this.#foreignKeys = await readForeignKeys(this.transaction)
    for (const { table, name } of this.#foreignKeys) {
      await this.transaction.execute(sql`alter table ${sql.identifier(table)} drop constraint ${sql.identifier(name)}`)
    }
    await this.#setTriggers(sql`disable`)
  }

  async beginTable({ table: name, columns }: TableHeading): Promise<void> {
    await this.#send()
    const table = this.#tables.get(name)
    const own = table?.columns.map((column) => column.name)
    if (!table || JSON.stringify(own) !== JSON.stringify(columns)) {
      throw new RestoreRefused(`The backup’s table ${name} is not one that this Keyholder knows.`)
    }
    this.#table = table
  }

  async addRow(line: string): Promise<void> {
    this.#lines.push(line)
    this.#characters += line.length
    if (this.#characters >= mostCharacters) await this.#send()
  }

  async end(): Promise<void> {
    await this.#send()
    for (const { table, name, definition } of this.#foreignKeys) {
      await this.transaction.execute(
        sql`alter table ${sql.identifier(table)} add constraint ${sql.identifier(name)} ${sql.raw(definition)}`,
      )
    }
    await this.#setTriggers(sql`enable`)
  }

  origin(): { madeAt: string; from: Migration } {
    if (!this.#origin) throw new Error('Nothing was restored.')
    return this.#origin
  }

  async #send(): Promise<void> {
    const lines = this.#lines
    this.#lines = []
    this.#characters = 0
    if (lines.length === 0 || !this.#table) return
    const { name, columns } = this.#table
    const names = columns.map((column) => sql.identifier(column.name))
    const values = columns.map(({ type }, place) => sql`(cells ->> ${sql.raw(String(place))})::${sql.raw(type)}`)
    await this.transaction.execute(
      sql`insert into ${sql.identifier(name)} (${sql.join(names, sql`, `)}) overriding system value
        select ${sql.join(values, sql`, `)} from jsonb_array_elements(${`[${lines.join(',')}]`}::jsonb) cells`,
    )
  }

  async #setTriggers(state: SQL): Promise<void> {
    for (const name of this.#tables.keys()) {
      await this.transaction.execute(sql`alter table ${sql.identifier(name)} ${state} trigger user`)
    }
  }
}

/** @throws RestoreRefused for a backup of a schema that this Keyholder has not heard of. */
function refuseUnknown(from: Migration): void {
  const known = knownMigrations()
  if (known.some(({ name, madeAt }) => name === from.name && madeAt === from.madeAt)) return
  const newest = known.at(-1)
  throw new RestoreRefused(
    newest && from.madeAt > newest.madeAt
      ? `A newer Keyholder made this backup: its database had migration ${from.name}, and this one knows migrations up to ${newest.name}. Update Keyholder, then restore it.`
      : `This backup’s database had migration ${from.name}, which this Keyholder does not know.`,
  )
}

/** Empties the database, if it may. */
async function makeRoom(transaction: Database, replace: boolean): Promise<void> {
  const tables = await readTables(transaction)
  const migration = await newestMigration(transaction)
  refuseStrangers(tables, migration ? tablesAsOf(migration) : new Set())
  const held: string[] = []
  for (const { name } of tables) {
    const [found] = await rows<{ hasAny: boolean }>(
      transaction,
      sql`select exists (select 1 from ${sql.identifier(name)}) as "hasAny"`,
    )
    if (found?.hasAny) held.push(name)
  }
  if (held.length > 0 && !replace) {
    throw new RestoreRefused(
      `The database is not empty: there are rows in ${held.slice(0, 3).join(', ')}${held.length > 3 ? ` and ${held.length - 3} more tables` : ''}. Restore into an empty one, or add --replace to lose all that it holds.`,
    )
  }
  await dropEverything(transaction)
}

/** What every table comes to, read from the database. */
async function readEverything(transaction: Database): Promise<TableSum[]> {
  const sums: TableSum[] = []
  for (const table of await readTables(transaction)) sums.push(await readTable(transaction, table))
  return sums
}
