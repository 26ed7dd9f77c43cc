import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findUnsafeStatements } from './testing/unsafe-statements'

const folder = join(import.meta.dirname, 'migrations')
/** How many statements of which migration break the rule all the same: they were released before there was one. */
const exceptions: Record<string, number> = {
  // Three indexes of tables that are there: nobody writes while they are built, some seconds for a million rows.
  '0014_indexes_for_a_million.sql': 3,
}
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))

test.each(files.filter((name) => name >= '0014'))('%s runs beside the version before it', (name) => {
  const found = findUnsafeStatements(readFileSync(join(folder, name), 'utf8'))
  expect(found, JSON.stringify(found)).toHaveLength(exceptions[name] ?? 0)
})

test.each([
  'DROP TABLE "people" CASCADE;',
  'ALTER TABLE "people" DROP COLUMN "name";',
  'ALTER TABLE "people" ALTER COLUMN "name" DROP DEFAULT;',
  'ALTER TABLE "people" RENAME COLUMN "name" TO "full_name";',
  'ALTER TABLE "people" RENAME TO "persons";',
  'ALTER TABLE "people" ALTER COLUMN "name" SET DATA TYPE text;',
  'ALTER TABLE "people" ALTER COLUMN "name" TYPE text;',
  'ALTER TABLE "people" ALTER COLUMN "name" SET NOT NULL;',
  'ALTER TABLE "people" ADD COLUMN "name" text NOT NULL;',
  'ALTER TABLE "people" ADD COLUMN "code" uuid DEFAULT gen_random_uuid() NOT NULL;',
  'ALTER TABLE "people" ADD COLUMN "sort_name" text GENERATED ALWAYS AS (lower(name)) STORED;',
  'ALTER TABLE "people" ADD COLUMN "name" text UNIQUE;',
  'ALTER TABLE "people" ADD CONSTRAINT "people_name" CHECK ("name" <> \'\');',
  'ALTER TABLE "people" ADD CONSTRAINT "people_name" UNIQUE("name");',
  'ALTER TABLE "people" ADD CONSTRAINT "people_of" FOREIGN KEY ("id") REFERENCES "public"."users"("id");',
  'CREATE UNIQUE INDEX "people_name" ON "people" USING btree ("name");',
  'CREATE INDEX CONCURRENTLY "people_name" ON "people" USING btree ("name");',
  "update people set name = 'x';",
  'drop function if exists search_normalize(text);',
  'ALTER TABLE people ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE people VALIDATE CONSTRAINT c;',
  'CREATE INDEX CONCURRENTLY IF NOT EXISTS "i" ON "people" ("a"); ALTER TABLE "people" ADD COLUMN "b" text;',
  'CREATE TABLE "others" ("id" uuid);--> statement-breakpoint\nCREATE INDEX "i" ON "people" ("id");',
])('%s does not', (migration) => {
  expect(findUnsafeStatements(migration)).toHaveLength(1)
  const [first, ...rest] = migration.split('; ')
  const marked = [first, ...rest].map((statement) => `-- safe because it is a test\n${statement}`).join('; ')
  if (!migration.includes('statement-breakpoint')) expect(findUnsafeStatements(marked)).toEqual([])
})

test.each([
  'ALTER TABLE "people" ADD COLUMN "name" text;',
  'ALTER TABLE "people" ADD COLUMN "two_factor" boolean DEFAULT false NOT NULL;',
  'ALTER TABLE "people" ADD COLUMN "at" timestamp with time zone DEFAULT now() NOT NULL, ADD COLUMN "b" text;',
  'ALTER TABLE "people" DROP CONSTRAINT "people_name";',
  'ALTER TABLE "people" ADD CONSTRAINT "people_name" CHECK ("name" <> \'\') NOT VALID;',
  'ALTER TABLE "people" VALIDATE CONSTRAINT "people_name";',
  'CREATE INDEX CONCURRENTLY IF NOT EXISTS "people_name" ON "people" USING btree ("name");',
  'CREATE TABLE "t" ("id" uuid NOT NULL);--> statement-breakpoint\nCREATE INDEX "i" ON "t" USING btree ("id");--> statement-breakpoint\nALTER TABLE "t" ADD CONSTRAINT "u" UNIQUE("id");',
  "create or replace function f() returns void as $$ begin update people set name = 'x'; drop table y; end $$ language plpgsql;",
  "COMMENT ON TABLE people IS 'was renamed; drop table people';",
])('%s does', (migration) => {
  expect(findUnsafeStatements(migration)).toEqual([])
})
