import { lt, sql } from 'drizzle-orm'
import { idempotentRequests } from '@/db/schema/api-keys'
import { inTransaction } from '../transaction'
import { keptMilliseconds } from './answer-once'

/** Forgets the answers to requests with an `Idempotency-Key` that are older than a day. */
export async function pruneIdempotentRequests(): Promise<void> {
  await inTransaction((transaction) =>
    transaction
      .delete(idempotentRequests)
      .where(lt(idempotentRequests.createdAt, sql`now() - ${keptMilliseconds} * interval '1 millisecond'`)),
  )
}
