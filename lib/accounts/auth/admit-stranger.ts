import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { waitInWords } from '@/lib/platform/limits/wait'
import { Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { findKnownBrowser } from './known-browser'
import { refuseStrangersWhenBusy } from './password-work'

/** How often each may be asked for in a minute from one client address, in each server process. */
const perMinute = {
  signIn: 20,
  code: 20,
  passkey: 25,
  passwordReset: 20,
  invitation: 20,
  setUp: 20,
  demo: 30,
} as const

// Next's bundles may each load their own copy of this module.
const holder = globalThis as unknown as { [key: symbol]: Map<string, RateLimiterMemory> | undefined }
const key = Symbol.for('keyholder.strangers')

/**
 * The first check of an action that needs no session: counts the request by where it comes from. It asks no
 * database and does no work that a stranger could pile up. A browser that is known is counted by its account
 * instead, so that nobody who shares its address keeps it out.
 *
 * @param email the account that is asked for, where there is one: only a browser known to it is counted apart.
 * @returns who was counted, for limits that last longer.
 * @throws Refusal `too_many_attempts`, `server_busy`
 */
export async function admitStranger(purpose: keyof typeof perMinute, given: Headers, email?: string): Promise<string> {
  const known = findKnownBrowser(given, email)
  const client = known ? `account ${known.account}` : networkOf(given.get('x-forwarded-for') ?? '')
  try {
    await limiterOf(purpose).consume(client)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    logSecurityEvent('attempts.held_up', {})
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    const message = `Too many attempts. Wait ${waitInWords(seconds)}, then try again.`
    throw new Refusal({ kind: 'too_many', type: 'too_many_attempts', message })
  }
  if (!known) refuseStrangersWhenBusy()
  return client
}

function limiterOf(purpose: keyof typeof perMinute): RateLimiterMemory {
  holder[key] ??= new Map()
  const limiter =
    holder[key].get(purpose) ?? new RateLimiterMemory({ points: perMinute[purpose], duration: 60, keyPrefix: purpose })
  holder[key].set(purpose, limiter)
  return limiter
}

/** Of IPv6, the network of 64 bits: one household or server has all of its addresses. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv6' ? parsed.toNormalizedString().split(':').slice(0, 4).join(':') : parsed.toString()
}
