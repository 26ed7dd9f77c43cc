import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { serverConfiguration } from '../configuration'
import { Refusal } from '../refusals'
import { type LimitKind, limits } from './limits'
import { waitInWords } from './wait'

/** Who asks: an account, or in the demo, whose account everybody shares, one of its sessions. */
type Asker = { account: string; workspaceId: string }

type Limiters = { perAccount: RateLimiterMemory; perWorkspace: RateLimiterMemory | null }

// Next may load this module more than once in a process; the counts must be the same ones.
const holder = globalThis as unknown as { [key: symbol]: Record<LimitKind, Limiters> | undefined }
const key = Symbol.for('keyholder.limits')

/** The counters of each kind, in this process. */
export function limiters(): Record<LimitKind, Limiters> {
  holder[key] ??= makeLimiters(serverConfiguration().accountLimits)
  return holder[key]
}

function makeLimiters(times: number): Record<LimitKind, Limiters> {
  const limiter = (points: number | undefined, duration: number) =>
    points === undefined ? null : new RateLimiterMemory({ points: points * times, duration })
  const each = Object.entries(limits).map(([kind, limit]: [string, (typeof limits)[LimitKind]]) => {
    const perWorkspace = 'perWorkspace' in limit ? limiter(limit.perWorkspace, limit.seconds) : null
    return [kind, { perAccount: limiter(limit.perAccount, limit.seconds), perWorkspace }]
  })
  return Object.fromEntries(each)
}

/**
 * Counts what somebody signed in asks for. Every server process counts for itself.
 *
 * @throws Refusal `too_many_requests`, with `retry_after_seconds`, where it was too often
 */
export async function countUse(kind: LimitKind, { account, workspaceId }: Asker): Promise<void> {
  if (serverConfiguration().accountLimits === 0) return
  const { perAccount, perWorkspace } = limiters()[kind]
  const { done } = limits[kind]
  await consume(perAccount, account, `You’ve ${done} in a short time.`)
  if (perWorkspace) await consume(perWorkspace, workspaceId, `Your workspace’s members have ${done} in a short time.`)
}

async function consume(limiter: RateLimiterMemory, whose: string, what: string): Promise<void> {
  try {
    await limiter.consume(whose)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new Refusal({
      kind: 'too_many',
      type: 'too_many_requests',
      message: `${what} Wait ${waitInWords(seconds)}, then try again.`,
      data: { retry_after_seconds: String(seconds) },
    })
  }
}
