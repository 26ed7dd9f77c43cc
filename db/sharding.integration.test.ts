/* What docs/scaling.md says of the schema's keys is true of the schema. */
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from './client'

type Rule = { table: string; name: string; columns: string }

/** Unique rules and foreign keys that do not contain `workspace_id`: those by which rows of two shards would have to be compared. */
async function rulesAcrossWorkspaces(): Promise<{ unique: Rule[]; foreign: Rule[] }> {
  const connection = await database()
  const rows = async (statement: ReturnType<typeof sql>) =>
    ((await connection.execute(statement)) as unknown as { rows: Rule[] }).rows
  return {
    unique: await rows(sql`
      select tables.relname as table, indexes.relname as name,
        (select string_agg(pg_get_indexdef(i.indexrelid, place, true), ', ' order by place)
           from generate_series(1, i.indnkeyatts) as place) as columns
      from pg_index i
      join pg_class indexes on indexes.oid = i.indexrelid
      join pg_class tables on tables.oid = i.indrelid
      where i.indisunique and tables.relnamespace = 'public'::regnamespace
        and not exists (select from pg_attribute where attrelid = i.indrelid and attnum = any(i.indkey)
          and attname = 'workspace_id')
      order by 1, 2`),
    foreign: await rows(sql`
      select tables.relname as table, keys.conname as name,
        (select string_agg(attname, ', ' order by place) from unnest(keys.conkey) with ordinality as k(attnum, place)
           join pg_attribute a on a.attrelid = keys.conrelid and a.attnum = k.attnum) as columns
      from pg_constraint keys join pg_class tables on tables.oid = keys.conrelid
      where keys.contype = 'f' and tables.relnamespace = 'public'::regnamespace
        and not exists (select from pg_attribute where attrelid = keys.conrelid and attnum = any(keys.conkey)
          and attname = 'workspace_id')
      order by 1, 2`),
  }
}

/** The first three cells of each row of the table below a heading. */
function tableBelow(heading: string): Rule[] {
  const text = readFileSync('docs/scaling.md', 'utf8')
  const section = text.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map(([, table = '', name = '', columns = '']) => ({ table, name, columns }))
}

test('the unique rules without workspace_id are those that the document names', async () => {
  expect(tableBelow('Unique rules without `workspace_id`')).toEqual((await rulesAcrossWorkspaces()).unique)
})

test('the foreign keys without workspace_id are those that the document names', async () => {
  expect(tableBelow('Foreign keys without `workspace_id`')).toEqual((await rulesAcrossWorkspaces()).foreign)
})

test('the extensions are those that the document names', async () => {
  const connection = await database()
  const result = await connection.execute(sql`select extname from pg_extension where extname <> 'plpgsql' order by 1`)
  const names = (result as unknown as { rows: { extname: string }[] }).rows.map(({ extname }) => extname)
  const text = readFileSync('docs/scaling.md', 'utf8')
  const [, listed = ''] = /^Extensions in use: (.*)\.$/m.exec(text) ?? []
  expect(listed.replaceAll('`', '').split(', ')).toEqual(names)
})

test('no sequence hands out numbers but those that the document names', async () => {
  const connection = await database()
  const result = await connection.execute(sql`
    select s.relname as name from pg_class s where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace order by 1`)
  const names = (result as unknown as { rows: { name: string }[] }).rows.map(({ name }) => name)
  const [, listed = ''] = /^Sequences in use: (.*)\.$/m.exec(readFileSync('docs/scaling.md', 'utf8')) ?? []
  expect(listed.replaceAll('`', '').split(', ')).toEqual(names)
})
