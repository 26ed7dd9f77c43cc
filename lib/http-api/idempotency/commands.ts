import { lt, sql } from 'drizzle-orm'
import { idempotentRequests } from '@/db/schema/api-keys'
import { acrossWorkspaces } from '@/db/scope'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { keptMilliseconds } from './answer-once'

/** Forgets the answers to requests with an `Idempotency-Key` that are older than a day. */
export async function pruneIdempotentRequests(): Promise<void> {
  const prune = (transaction: Transaction) =>
    transaction
      .delete(idempotentRequests)
      .where(lt(idempotentRequests.createdAt, sql`now() - ${keptMilliseconds} * interval '1 millisecond'`))
  await acrossWorkspaces(() => inTransaction(prune))
}
