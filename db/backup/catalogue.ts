import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client'
import { rows } from '../rows'

/** A table and what of it is kept in a backup: every column but those that the database works out by itself. */
export type Table = {
  name: string
  columns: { name: string; type: string }[]
  /** The columns of its primary key, in their order. */
  key: { name: string; isText: boolean }[]
}

/** Where an identity column has got to. */
export type Counter = { table: string; column: string; last: string; isUsed: boolean }

/** A foreign key, and the words that make it again. */
export type ForeignKey = { table: string; name: string; definition: string }

// What belongs to an extension is made by it.
const notOfAnExtension = (catalogue: string, id: SQL) =>
  sql`not exists (select 1 from pg_depend where classid = ${catalogue}::regclass and objid = ${id} and deptype = 'e')`

const isTable = sql`class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p')
  and ${notOfAnExtension('pg_class', sql`class.oid`)}`

/** The tables of the schema `public`, by name. */
export async function readTables(connection: Database): Promise<Table[]> {
  return rows<Table>(
    connection,
    sql`select class.relname as name,
        (select json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum)
          from pg_attribute
          where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
        (select coalesce(json_agg(json_build_object('name', attname, 'isText', attcollation <> 0) order by place), '[]')
          from pg_index
          cross join lateral unnest(indkey) with ordinality as part (number, place)
          join pg_attribute on attrelid = indrelid and attnum = part.number
          where indrelid = class.oid and indisprimary) as key
      from pg_class class
      where ${isTable}
      order by class.relname collate "C"`,
  )
}

/** Where every identity column stands. */
export async function readCounters(connection: Database): Promise<Counter[]> {
  const columns = await rows<{ table: string; column: string; sequence: string }>(
    connection,
    sql`select class.relname as table, attname as column,
        pg_get_serial_sequence(format('%I.%I', 'public', class.relname), attname) as sequence
      from pg_class class
      join pg_attribute on attrelid = class.oid and attidentity <> '' and not attisdropped
      where ${isTable}
      order by 1, 2`,
  )
  const counters: Counter[] = []
  for (const { table, column, sequence } of columns) {
    const [state] = await rows<{ last: string; isUsed: boolean }>(
      connection,
      sql`select last_value::text as last, is_called as "isUsed" from ${sql.raw(sequence)}`,
    )
    if (state) counters.push({ table, column, ...state })
  }
  return counters
}

/** Has identity columns go on where they stood. */
export async function setCounters(connection: Database, counters: Counter[]): Promise<void> {
  for (const { table, column, last, isUsed } of counters) {
    await connection.execute(
      sql`select setval(pg_get_serial_sequence(format('%I.%I', 'public', ${table}::text), ${column}), ${last}::bigint, ${isUsed})`,
    )
  }
}

/** Every foreign key of the schema `public`. */
export async function readForeignKeys(connection: Database): Promise<ForeignKey[]> {
  return rows<ForeignKey>(
    connection,
    sql`select class.relname as table, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
      from pg_constraint join pg_class class on class.oid = conrelid
      where contype = 'f' and conparentid = 0 and ${isTable}`,
  )
}

/** Drops every table and function of the schema `public` that no extension has made, and the record of migrations. */
export async function dropEverything(transaction: Database): Promise<void> {
  for (const { name } of await readTables(transaction)) {
    await transaction.execute(sql`drop table ${sql.identifier(name)} cascade`)
  }
  const functions = await rows<{ signature: string }>(
    transaction,
    sql`select oid::regprocedure::text as signature from pg_proc
      where pronamespace = 'public'::regnamespace and ${notOfAnExtension('pg_proc', sql`pg_proc.oid`)}`,
  )
  // All at once, since they use each other.
  if (functions.length > 0) {
    const signatures = functions.map(({ signature }) => signature).join(', ')
    await transaction.execute(sql.raw(`drop routine ${signatures} cascade`))
  }
  await transaction.execute(sql`drop table if exists drizzle.__drizzle_migrations`)
}
