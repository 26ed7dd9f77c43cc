import { createHash } from 'node:crypto'
import { and, eq, lt, sql } from 'drizzle-orm'
import { seal, unseal } from '@/db/encryption/seal'
import { idempotentRequests } from '@/db/schema/api-keys'
import { Refusal } from '@/lib/platform/refusals'
import { inTransaction } from '@/lib/platform/transaction'

/** A request that names itself, so that its repetition is known. */
export type IdempotentRequest = {
  workspaceId: string
  apiKeyId: string
  idempotencyKey: string
  path: string
  parameters: Record<string, unknown>
  /** Whether the request or its answer holds a secret, such as a door code. */
  tellsSecret?: boolean
}

/** An answer as it is kept and sent again. */
export type KeptAnswer = { status: number; body: string }

const longestKey = 255
/** Stands for the hash of a request that tells a secret: a short code could be found by trying. */
const sealedHash = 'sealed'
/** How long an answer is kept: a day. */
export const keptMilliseconds = 24 * 60 * 60 * 1000

/** An answer that takes back what was done before it was known. */
class TakenBack extends Error {
  constructor(readonly answer: KeptAnswer) {
    super()
  }
}

/**
 * Answers a request once: its repetition within 24 hours gets the same answer and does nothing. The
 * answer is kept in the transaction of what it tells of; a repetition that comes while the first is
 * still at work waits for it.
 *
 * @param answer does what is asked for, in that transaction; a status of 500 or more is not kept.
 * @throws Refusal `idempotency_key_conflict` when the key came with another request,
 *   `invalid_input` for one that is none
 */
export async function answerOnce(request: IdempotentRequest, answer: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
  const { workspaceId, apiKeyId, idempotencyKey, path, parameters, tellsSecret } = request
  if (!/^[\x20-\x7e]+$/.test(idempotencyKey) || idempotencyKey.length > longestKey) {
    throw new Refusal({
      kind: 'invalid_input',
      type: 'invalid_input',
      message: `The Idempotency-Key header must be 1 to ${longestKey} printable ASCII characters, such as a UUID.`,
    })
  }
  const requestHash = createHash('sha256')
    .update(JSON.stringify([path, parameters]))
    .digest('hex')
  const ofKey = and(
    eq(idempotentRequests.workspaceId, workspaceId),
    eq(idempotentRequests.apiKeyId, apiKeyId),
    eq(idempotentRequests.idempotencyKey, idempotencyKey),
  )
  try {
    return await inTransaction(async (transaction) => {
      await transaction
        .delete(idempotentRequests)
        .where(
          and(ofKey, lt(idempotentRequests.createdAt, sql`now() - ${keptMilliseconds} * interval '1 millisecond'`)),
        )
      const first = await transaction
        .insert(idempotentRequests)
        .values({ workspaceId, apiKeyId, idempotencyKey, requestHash: tellsSecret ? sealedHash : requestHash })
        .onConflictDoNothing()
        .returning({ idempotencyKey: idempotentRequests.idempotencyKey })
      if (first.length === 0) {
        const [kept] = await transaction.select().from(idempotentRequests).where(ofKey)
        const known = kept && keptAnswerOf(kept)
        if (known?.requestHash !== requestHash) throw keyConflict()
        return { status: known.status, body: known.body }
      }
      const given = await answer()
      if (given.status >= 500) throw new TakenBack(given)
      await transaction
        .update(idempotentRequests)
        .set(
          tellsSecret
            ? { sealedAnswer: seal('kept answer', JSON.stringify({ ...given, requestHash })) }
            : { responseStatus: given.status, responseBody: given.body },
        )
        .where(ofKey)
      return given
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.answer
    throw error
  }
}

/** What was answered, and to which request; null where it is encrypted and can't be read. */
function keptAnswerOf(kept: typeof idempotentRequests.$inferSelect): (KeptAnswer & { requestHash: string }) | null {
  const { requestHash, responseStatus, responseBody, sealedAnswer } = kept
  if (sealedAnswer === null) return { requestHash, status: responseStatus ?? 500, body: responseBody ?? '' }
  const answer = unseal('kept answer', sealedAnswer)
  return answer === null ? null : JSON.parse(answer)
}

function keyConflict(): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'idempotency_key_conflict',
    message: 'This Idempotency-Key came with another request in the last 24 hours. Send a new key for a new request.',
  })
}
