import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { acrossWorkspaces } from '@/db/scope'

/** What waits to be done, over all workspaces: numbers only, for who runs the server. */
export type QueueLengths = {
  /** Jobs that are queued or running, by kind. */
  jobs: {
    kind: string
    unfinished: number
    /** How long the step that has been due for longest has waited; 0 when none is due. */
    delaySeconds: number
  }[]
  webhooks: {
    /** Deliveries that have not succeeded yet, and were not given up. */
    pending: number
    /** How long the one that is most overdue has been due, of receivers that are sent to as usual; 0 when none is. */
    delaySeconds: number
    /** Webhooks that are slow or switched off. */
    slow: number
    switchedOff: number
  }
  /** The same of mails. */
  mails: { pending: number; delaySeconds: number }
}

/** Measures the queues, in one statement. */
export function measureQueues(): Promise<QueueLengths> {
  return acrossWorkspaces(measure)
}

async function measure(): Promise<QueueLengths> {
  const connection = await database()
  const { rows } = (await connection.execute(sql`
    select 'jobs' as queue, kind, count(*)::int as length, extract(epoch from now() - min(due_at))::float8 as seconds
    from jobs where state in ('queued', 'running') group by kind
    union all
    select 'webhooks', null, (select count(*)::int from webhook_deliveries where status = 'pending'),
      extract(epoch from now() - min(earliest.next_attempt_at))::float8
    from webhooks
    cross join lateral (
      select next_attempt_at from webhook_deliveries delivery
      where delivery.workspace_id = webhooks.workspace_id and delivery.webhook_id = webhooks.webhook_id
        and status = 'pending' and not waits_for_earlier
      order by next_attempt_at limit 1) earliest
    where switched_off_at is null and slow_since is null and (rests_until is null or rests_until <= now())
    union all
    select 'webhooks_switched_off', null, count(*)::int, null from webhooks where switched_off_at is not null
    union all
    select 'webhooks_slow', null, count(*)::int, null from webhooks where switched_off_at is null and slow_since is not null
    union all
    select 'mails', null, count(*)::int, extract(epoch from now() - min(next_attempt_at))::float8
    from mails where status = 'pending'`)) as unknown as {
    rows: { queue: string; kind: string | null; length: number; seconds: number | null }[]
  }
  // What is due later gives less than nothing.
  const delay = (seconds: number | null | undefined) => Math.max(0, seconds ?? 0)
  const pendingIn = (name: string) => {
    const found = rows.find(({ queue }) => queue === name)
    return { pending: found?.length ?? 0, delaySeconds: delay(found?.seconds) }
  }
  return {
    jobs: rows.flatMap(({ kind, length, seconds }) =>
      kind === null ? [] : [{ kind, unfinished: length, delaySeconds: delay(seconds) }],
    ),
    webhooks: {
      ...pendingIn('webhooks'),
      slow: pendingIn('webhooks_slow').pending,
      switchedOff: pendingIn('webhooks_switched_off').pending,
    },
    mails: pendingIn('mails'),
  }
}

/** Asks the database for nothing but an answer. Throws whatever keeps it from giving one. */
export async function askDatabase(): Promise<void> {
  const connection = await database()
  await connection.execute(sql`select 1`)
}
