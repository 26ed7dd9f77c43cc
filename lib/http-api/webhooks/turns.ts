import { sql } from 'drizzle-orm'
import type { Transaction } from '@/lib/platform/transaction'
import { mostAtOnce } from './pace'

/** What we know about a receiver: it answers quickly, it is slow, or it hasn't succeeded yet. */
export type Lane = 'quick' | 'slow' | 'new'

/** Workspaces and lanes that have all their places in the caller's process. */
export type Full = { workspaceIds: string[]; lanes: Lane[] }

/** A webhook that may get a delivery now. */
export type Turn = { workspaceId: string; webhookId: string; lane: Lane }

const mostTurns = 10

/**
 * Lists webhooks with a due delivery in the order of their turns: the workspace with the fewest deliveries under way
 * on all servers first, then the one served longest ago. Leaves out webhooks at their limit.
 * Goes from webhook to webhook in an index and reads one delivery of each, however many wait.
 */
export async function webhooksInTurn(transaction: Transaction, now: Date, full: Full): Promise<Turn[]> {
  const { rows } = (await transaction.execute(sql`
    with recursive waiting (workspace_id, webhook_id) as (
      (select workspace_id, webhook_id from webhook_deliveries
        where status = 'pending' and not waits_for_earlier
        order by workspace_id, webhook_id limit 1)
      union all
      select following.workspace_id, following.webhook_id from waiting, lateral (
        select workspace_id, webhook_id from webhook_deliveries delivery
        where status = 'pending' and not waits_for_earlier
          and (delivery.workspace_id, delivery.webhook_id) > (waiting.workspace_id, waiting.webhook_id)
        order by workspace_id, webhook_id limit 1) following
    ), under_way as (
      select workspace_id, webhook_id, count(*) as count from webhook_deliveries
      where leased_until is not null and leased_until > ${now} and status = 'pending'
      group by workspace_id, webhook_id
    ), under_way_of_workspace as (
      select workspace_id, sum(count) as count from under_way group by workspace_id
    ), candidates as (
      select webhook.workspace_id, webhook.webhook_id, webhook.last_turn_at,
        case when slow_since is not null then 'slow' when caution >= 2 then 'new' else 'quick' end as lane,
        coalesce(under_way.count, 0) as under_way,
        coalesce(under_way_of_workspace.count, 0) as under_way_of_workspace
      from waiting
      join webhooks webhook using (workspace_id, webhook_id)
      cross join lateral (
        select next_attempt_at from webhook_deliveries delivery
        where delivery.workspace_id = webhook.workspace_id and delivery.webhook_id = webhook.webhook_id
          and status = 'pending' and not waits_for_earlier
        order by next_attempt_at limit 1) earliest
      left join under_way using (workspace_id, webhook_id)
      left join under_way_of_workspace using (workspace_id)
      where switched_off_at is null and (rests_until is null or rests_until <= ${now})
        and earliest.next_attempt_at <= ${now}
        and coalesce(under_way.count, 0) < greatest(1, ${mostAtOnce}::int >> caution)
    )
    select workspace_id as "workspaceId", webhook_id as "webhookId", lane from candidates
    where not workspace_id = any (${list(full.workspaceIds)}::uuid[]) and not lane = any (${list(full.lanes)}::text[])
    order by under_way_of_workspace, max(last_turn_at) over (partition by workspace_id) nulls first,
      under_way, last_turn_at nulls first
    limit ${mostTurns}`)) as unknown as { rows: Turn[] }
  return rows
}

/** Writes an array as the database reads it. Ids and lanes need no quotes. */
function list(values: string[]): string {
  return `{${values.join(',')}}`
}
