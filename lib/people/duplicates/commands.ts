import { z } from 'zod'
import { lockUserIdentities } from '@/lib/access/links/link'
import { identityNotFound } from '@/lib/access/links/merged'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { inTransaction } from '@/lib/platform/transaction'
import { writeDistinct } from '../identities/distinct-identities'

const pairSchema = z
  .object({ one_id: uuid('one_id'), other_id: uuid('other_id') })
  .refine(({ one_id, other_id }) => one_id !== other_id, {
    error: 'Choose two different people.',
    path: ['other_id'],
  })

/**
 * Remembers that two user identities are two people, so that they are not listed as duplicates again.
 *
 * @throws Refusal `invalid_input`, `user_identity_not_found`
 */
export async function dismissDuplicate(actor: Actor, input: unknown): Promise<void> {
  const ids = Object.values(parseInput(pairSchema, input))
  await inTransaction(async (transaction) => {
    const [one, other] = await lockUserIdentities(transaction, actor.workspaceId, ids)
    if (!one || !other) {
      const missing = ids.find((id) => id !== one?.userIdentityId && id !== other?.userIdentityId)
      throw await identityNotFound(actor.workspaceId, missing ?? '')
    }
    await writeDistinct(transaction, actor, [one, other], true)
  })
}
