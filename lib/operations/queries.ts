import { sql } from 'drizzle-orm'
import { database } from '@/db/client'

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
    /** How long the one that is most overdue has been due; 0 when none is. */
    delaySeconds: number
  }
  /** The same of mails. */
  mails: { pending: number; delaySeconds: number }
}

/** Measures the queues, in one statement. */
export async function measureQueues(): Promise<QueueLengths> {
  const connection = await database()
  const { rows } = (await connection.execute(sql`
    select 'jobs' as queue, kind, count(*)::int as length, extract(epoch from now() - min(due_at))::float8 as seconds
    from jobs where state in ('queued', 'running') group by kind
    union all
    select 'webhooks', null, count(*)::int, extract(epoch from now() - min(next_attempt_at))::float8
    from webhook_deliveries where status = 'pending'
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
    webhooks: pendingIn('webhooks'),
    mails: pendingIn('mails'),
  }
}

/** Asks the database for nothing but an answer. Throws whatever keeps it from giving one. */
export async function askDatabase(): Promise<void> {
  const connection = await database()
  await connection.execute(sql`select 1`)
}
