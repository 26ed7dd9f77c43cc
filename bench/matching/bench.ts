/*
 * Prints how well matches are found, beside a plain baseline, and how long accepting all that is certain
 * takes, beside the same writes as one SQL script.
 *   npm run bench:matching
 *   npm run bench:matching -- --people 10000 --seed 7
 */
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { closeDatabase, database } from '@/db/client'
import { mostAcceptedAtOnce } from '@/lib/people/reconcile/accept'
import { acceptCertainMatches } from '@/lib/people/reconcile/commands'
import { type CertainMatch, listCertainMatches } from '@/lib/people/reconcile/queries'
import type { Actor } from '@/lib/platform/actor'
import { drawLabelledSet } from './labelled-set'
import { type Measured, measureMatching, storeLabelledSet } from './measure-matching'

const { values } = parseArgs({
  options: { people: { type: 'string', default: '4000' }, seed: { type: 'string', default: '1' } },
})
// Nothing is kept: without a PostgreSQL, the database is one in memory.
process.env.DATA_DIR ||= 'memory://'

const set = drawLabelledSet(Number(values.people), Number(values.seed))
const stored = await storeLabelledSet(set)
const connection = await database()
await connection.execute(sql`analyze`)
printQuality(await timed('Matching', () => measureMatching(set, stored)))

const everything = { search: '', acsSystemId: null }
const certain: CertainMatch[] = []
let cursor: string | null = null
do {
  const slice = await listCertainMatches(stored.workspaceId, everything, cursor)
  certain.push(...slice.certain)
  cursor = slice.nextCursor
} while (cursor)

const actor: Actor = { workspaceId: stored.workspaceId, kind: 'member', id: null, name: 'Bench' }
const accepting = await timing(async () => {
  for (let from = 0; from < certain.length; from += mostAcceptedAtOnce) {
    const batch = certain.slice(from, from + mostAcceptedAtOnce)
    await acceptCertainMatches(
      actor,
      batch.map(({ acsUserId, userIdentityId }) => ({ acsUserId, userIdentityId })),
    )
  }
})
const pairs = JSON.stringify(
  certain.map(({ acsUserId, userIdentityId }) => ({ id: acsUserId, holder: userIdentityId })),
)
const pair = sql`json_to_recordset(${pairs}::json) as pair(id uuid, holder uuid)`
await connection.execute(sql`update acs_users set user_identity_id = null, linked_at = null, linked_by = null
  from ${pair} where workspace_id = ${stored.workspaceId} and acs_user_id = pair.id`)
const script = await timing(() =>
  connection.transaction(async (transaction) => {
    await transaction.execute(sql`update acs_users set user_identity_id = pair.holder, linked_at = now(), linked_by = 'Bench'
      from ${pair} where workspace_id = ${stored.workspaceId} and acs_user_id = pair.id`)
    await transaction.execute(sql`
      insert into events (workspace_id, event_id, event_type, actor_kind, actor_name, user_identity_id, acs_system_id,
        acs_user_id, change_id, data)
      select acs_users.workspace_id, gen_random_uuid(), 'user_identity.acs_user_added', 'member', 'Bench', pair.holder,
        acs_users.acs_system_id, pair.id, gen_random_uuid(), jsonb_build_object('acs_user_name', acs_users.display_name,
          'acs_system_name', acs_systems.name, 'user_identity_name', user_identities.display_name)
      from ${pair}
      join acs_users on acs_users.workspace_id = ${stored.workspaceId} and acs_users.acs_user_id = pair.id
      join acs_systems on acs_systems.workspace_id = acs_users.workspace_id
        and acs_systems.acs_system_id = acs_users.acs_system_id
      join user_identities on user_identities.workspace_id = acs_users.workspace_id
        and user_identities.user_identity_id = pair.holder`)
  }),
)
console.log(
  `\nAccepting ${certain.length} certain matches: ${seconds(accepting)}; the same writes as one SQL script: ${seconds(script)}; ratio ${(accepting / script).toFixed(1)}`,
)
await closeDatabase()

async function timing(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

async function timed<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await run()
  console.log(`${what}: ${seconds(performance.now() - start)}`)
  return result
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

function printQuality({ upTo, baseline, toFind }: Measured): void {
  const rows = {
    certain: upTo.certain,
    'certain or likely': upTo.likely,
    'certain, likely or possible': upTo.possible,
    'baseline: exact email or phone': baseline,
  }
  console.log(`${toFind} unlinked ACS users are somebody's.`)
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([name, { of, right, precision, recall }]) => [
        name,
        { proposed: of, right, precision: precision.toFixed(4), recall: recall.toFixed(4) },
      ]),
    ),
  )
}
