import { sql } from 'drizzle-orm'
import type { Transaction } from '@/lib/platform/transaction'

const mostTurns = 10

/**
 * Lists workspaces with a due job of these kinds, the one whose last step ended longest ago first.
 * Goes from workspace to workspace in an index, however many jobs each has.
 */
export async function workspacesInTurn(transaction: Transaction, kinds: string[]): Promise<string[]> {
  const { rows } = (await transaction.execute(sql`
    with recursive waiting (workspace_id) as (
      (select workspace_id from jobs where state in ('queued', 'running') order by workspace_id limit 1)
      union all
      select following.workspace_id from waiting, lateral (
        select workspace_id from jobs
        where state in ('queued', 'running') and jobs.workspace_id > waiting.workspace_id
        order by workspace_id limit 1) following
    )
    select waiting.workspace_id as "workspaceId" from waiting
    cross join lateral (
      select due_at from jobs
      where jobs.workspace_id = waiting.workspace_id and state in ('queued', 'running')
        and kind = any (${`{${kinds.map((kind) => JSON.stringify(kind)).join(',')}}`}::text[])
      order by due_at limit 1) earliest
    left join lateral (
      select stepped_at from jobs
      where jobs.workspace_id = waiting.workspace_id and stepped_at is not null
      order by stepped_at desc limit 1) last_step on true
    where earliest.due_at <= now()
    order by last_step.stepped_at nulls first, earliest.due_at
    limit ${mostTurns}`)) as unknown as { rows: { workspaceId: string }[] }
  return rows.map(({ workspaceId }) => workspaceId)
}
