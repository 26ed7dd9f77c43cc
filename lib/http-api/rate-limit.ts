import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { serverConfiguration } from '@/lib/platform/configuration'

const secondsCounted = 60

let limiter: RateLimiterMemory | null | undefined

/**
 * Counts a request of a key.
 *
 * @returns null, or in how many seconds to come again when the key has asked too often. Every server
 *   process counts for itself.
 */
export async function secondsToWait(apiKeyId: string): Promise<number | null> {
  if (limiter === undefined) {
    const { apiRateLimit } = serverConfiguration()
    limiter = apiRateLimit > 0 ? new RateLimiterMemory({ points: apiRateLimit, duration: secondsCounted }) : null
  }
  if (limiter === null) return null
  try {
    await limiter.consume(apiKeyId)
    return null
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
  }
}
