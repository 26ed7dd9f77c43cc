import { expect, test } from 'vitest'
import { isPlainWrite } from './name-writes'

test.each([
  'insert into "events" ("workspace_id", "event_id") values ($1, $2)',
  'update "acs_users" set "user_identity_id" = $1, "linked_at" = now() where ("acs_users"."workspace_id" = $2 and "acs_users"."acs_user_id" = $3)',
  'delete from "idempotent_requests" where "idempotent_requests"."workspace_id" = $1',
  'select "user_identity_id" from "user_identities" where "user_identities"."workspace_id" = $1 for update',
  'select "a"."id", "b"."name" from "a" inner join "b" on "b"."id" = "a"."b_id" where "a"."id" = $1 order by "a"."id" for update of "a"',
  // Words within names are not meant.
  'update "jobs" set "joined_at" = $1, "instance" = $2 where "job_id" = $3',
])('is one: %s', (text) => expect(isPlainWrite(text)).toBe(true))

test.each([
  'select "user_identity_id" from "user_identities" where "user_identities"."workspace_id" = $1',
  'update "acs_users" set "full_name" = $1 where "acs_user_id" in ($2, $3)',
  'update "acs_users" set "full_name" = $1 where "acs_user_id" = any($2)',
  'insert into "events" ("event_id") (select "event_id" from "acs_users")',
  'delete from "acs_users" where exists (select 1 from "user_identities")',
  'with "gone" as (delete from "acs_users" returning *) select * from "gone"',
  'select "a"."id" from "a" inner join "b" on true for update',
  'select "a"."id" from "a" inner join "b" on "b"."id" = "a"."b_id" where "a"."id" in ($1, $2) for update of "a"',
  `insert into "events" ("event_id") values ${Array.from({ length: 1000 }, (_, row) => `($${row})`).join(', ')}`,
  'begin',
])('is none: %s', (text) => expect(isPlainWrite(text)).toBe(false))
