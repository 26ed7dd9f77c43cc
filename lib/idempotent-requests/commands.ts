import { lt } from 'drizzle-orm'
import { idempotentRequests } from '@/db/schema/api-keys'
import { inTransaction } from '../transaction'
import { keptMilliseconds } from './answer-once'

/** Forgets the answers to requests with an `Idempotency-Key` that are older than a day. */
export async function pruneIdempotentRequests(now: Date): Promise<void> {
  const limit = new Date(now.getTime() - keptMilliseconds)
  await inTransaction((transaction) =>
    transaction.delete(idempotentRequests).where(lt(idempotentRequests.createdAt, limit)),
  )
}
