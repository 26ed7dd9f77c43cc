import { z } from 'zod'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import { Refusal } from '@/lib/platform/refusals'
import { attachAcsUsers, type LinkOutcome } from '../identities/commands'
import { mostAcceptedAtOnce } from './accept'
import { findCertain } from './queries'

const pairsSchema = z
  .array(z.object({ acsUserId: uuid('acsUserId'), userIdentityId: uuid('userIdentityId') }), {
    error: 'Send a list of matches.',
  })
  .min(1, { error: 'Send at least one match.' })
  .max(mostAcceptedAtOnce, { error: `Send at most ${mostAcceptedAtOnce} matches at once.` })

/**
 * Attaches ACS users whose match is certain, in one transaction and as one change. What has changed since
 * it was looked at, so that it is certain no more, is refused for that pair alone.
 *
 * @throws Refusal `invalid_input`
 */
export async function acceptCertainMatches(actor: Actor, input: unknown): Promise<LinkOutcome[]> {
  const pairs = parseInput(pairsSchema, input)
  const certain = await findCertain(
    actor.workspaceId,
    pairs.map(({ acsUserId }) => acsUserId),
  )
  const isCertain = (pair: (typeof pairs)[number]) => certain.get(pair.acsUserId) === pair.userIdentityId
  const attached = await attachAcsUsers(actor, pairs.filter(isCertain))
  const doubtful = pairs.filter((pair) => !isCertain(pair))
  return [...attached, ...doubtful.map((pair) => ({ ...pair, refusal: isCertainNoMore().toValue() }))]
}

function isCertainNoMore(): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'match_not_certain',
    message: 'This has changed since it was looked at, and is not certain any more.',
  })
}
