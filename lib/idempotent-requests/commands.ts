import { lt } from 'drizzle-orm'
import { idempotentRequests } from '@/db/schema/api-keys'
import { inTransaction } from '../transaction'

const day = 24 * 60 * 60 * 1000

/** Forgets the answers to requests with an `Idempotency-Key` that are older than a day. */
export async function pruneIdempotentRequests(now: Date): Promise<void> {
  const limit = new Date(now.getTime() - day)
  await inTransaction((transaction) =>
    transaction.delete(idempotentRequests).where(lt(idempotentRequests.createdAt, limit)),
  )
}
