import { sql } from 'drizzle-orm'
import type { Transaction } from '@/lib/platform/transaction'

const mostTurns = 10

/**
 * Lists shares with a due mail, the one whose last mail was claimed longest ago first.
 * Goes from share to share in an index, however many mails each has.
 */
export async function sharesInTurn(transaction: Transaction): Promise<string[]> {
  const { rows } = (await transaction.execute(sql`
    with recursive waiting (share_id) as (
      (select share_id from mails where status = 'pending' order by share_id limit 1)
      union all
      select following.share_id from waiting, lateral (
        select share_id from mails where status = 'pending' and mails.share_id > waiting.share_id
        order by share_id limit 1) following
    )
    select waiting.share_id as "shareId" from waiting
    cross join lateral (
      select next_attempt_at from mails
      where mails.share_id = waiting.share_id and status = 'pending'
      order by next_attempt_at limit 1) earliest
    left join lateral (
      select claimed_at from mails
      where mails.share_id = waiting.share_id and claimed_at is not null
      order by claimed_at desc limit 1) last_claim on true
    where earliest.next_attempt_at <= now()
    order by last_claim.claimed_at nulls first, earliest.next_attempt_at
    limit ${mostTurns}`)) as unknown as { rows: { shareId: string }[] }
  return rows.map(({ shareId }) => shareId)
}
