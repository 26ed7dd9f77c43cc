import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client'
import { rows } from '../rows'
import { readCounters, readTables, type Table } from './catalogue'
import { type End, type Introduction, type TableHeading, type TableSum, TableTally } from './format'
import { newestMigration, tablesAsOf } from './history'

const rowsAtOnce = 500

/**
 * Writes all that a database holds as the lines of a backup, as it was at one moment: on PostgreSQL others
 * read and write meanwhile. No more than a few hundred rows are in memory at once.
 *
 * @param write is waited for before the next line.
 * @param madeAt the moment that the database is of, where it is a copy that was made before.
 * @returns what each table came to.
 * @throws Error when the database has never been migrated, was by a newer Keyholder, or is shared with
 * another program.
 */
export async function dumpDatabase(
  connection: Database,
  write: (line: string) => void | Promise<void>,
  madeAt: Date = new Date(),
): Promise<TableSum[]> {
  return connection.transaction(
    async (transaction) => {
      const migration = await newestMigration(transaction)
      if (!migration) throw new Error('There is no Keyholder in this database yet: start it, or check where it is.')
      const tables = await readTables(transaction)
      refuseStrangers(tables, tablesAsOf(migration))
      const introduction: Introduction = {
        keyholder_backup: 1,
        made_at: madeAt.toISOString(),
        migration: { name: migration.name, made_at: migration.madeAt },
      }
      await write(JSON.stringify(introduction))
      const sums: TableSum[] = []
      for (const table of tables) sums.push(await readTable(transaction, table, write))
      // Counters know no snapshot. Asked last, they are beyond every row above.
      const end: End = { tables: sums, counters: await readCounters(transaction) }
      await write(JSON.stringify(end))
      return sums
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/**
 * Reads a table in the order of its primary key, the same in every database.
 *
 * @param write is given a line for the table and one for each row.
 */
export async function readTable(
  transaction: Database,
  table: Table,
  write: (line: string) => void | Promise<void> = () => undefined,
): Promise<TableSum> {
  await writeValuesAlike(transaction)
  const heading: TableHeading = { table: table.name, columns: table.columns.map(({ name }) => name) }
  const tally = new TableTally(heading)
  await write(JSON.stringify(heading))
  await transaction.execute(sql`declare backup_rows no scroll cursor for ${everyRow(table)}`)
  for (;;) {
    const batch = await rows<{ line: string }>(transaction, sql.raw(`fetch ${rowsAtOnce} from backup_rows`))
    for (const { line } of batch) {
      tally.addRow(line)
      await write(line)
    }
    if (batch.length < rowsAtOnce) break
  }
  await transaction.execute(sql`close backup_rows`)
  return tally.sum()
}

/** Every value as text, as PostgreSQL reads it again; a JSON value's own null stays apart from no value. */
function everyRow(table: Table): SQL {
  const values = table.columns.map(({ name }) => sql`${sql.identifier(name)}::text`)
  const order = table.key.map(({ name, isText }) => sql`${sql.identifier(name)}${isText ? sql` collate "C"` : sql``}`)
  const ordered = order.length > 0 ? sql` order by ${sql.join(order, sql`, `)}` : sql``
  return sql`select to_json(array[${sql.join(values, sql`, `)}])::text as line from ${sql.identifier(table.name)}${ordered}`
}

/** Until the transaction ends, moments and numbers are written in one way, whatever the server is used to. */
async function writeValuesAlike(transaction: Database): Promise<void> {
  await transaction.execute(
    sql`select set_config(name, value, true) from (values
      ('timezone', 'UTC'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'),
      ('extra_float_digits', '1'), ('bytea_output', 'hex')) setting (name, value)`,
  )
}

/**
 * Nothing but Keyholder's own is kept, and restoring replaces all there is: a database is Keyholder's alone.
 *
 * @throws Error that names the others' tables.
 */
export function refuseStrangers(tables: Table[], own: Set<string>): void {
  const strangers = tables.filter(({ name }) => !own.has(name)).map(({ name }) => name)
  if (strangers.length === 0) return
  throw new Error(
    `The database holds tables that are not Keyholder’s: ${strangers.join(', ')}. Keyholder needs a database of its own; move them elsewhere first.`,
  )
}
