import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '@/lib/platform/logger'
import type { MailSettings } from '@/lib/platform/mail-settings'
import { pruneMails } from './commands'
import { openMail } from './content'
import { claimMail, type MailClaim, recordSendOutcome } from './outbox'
import { type SendOutcome, sendMail } from './send'

const atOnce = 4
const idleMilliseconds = 1000
const afterErrorMilliseconds = 5000
const pruneEveryMilliseconds = 60 * 60 * 1000
const graceMilliseconds = 10_000

/**
 * Sends mails that are due, a few at once.
 *
 * @returns how many were tried.
 */
export async function sendDueMails(settings: MailSettings): Promise<number> {
  const claims: MailClaim[] = []
  while (claims.length < atOnce) {
    const claim = await claimMail()
    if (!claim) break
    claims.push(claim)
  }
  await Promise.all(claims.map((claim) => attempt(settings, claim)))
  return claims.length
}

async function attempt(settings: MailSettings, claim: MailClaim): Promise<void> {
  const outcome = await trySending(settings, claim)
  await recordSendOutcome(claim, outcome)
  const { mailId, kind, attempts } = claim
  if (outcome.kind === 'sent') logger().info({ mail_id: mailId, kind, attempts }, 'A mail was sent')
  else {
    const { code, responseCode } = outcome
    logger().warn(
      { mail_id: mailId, kind, attempts, outcome: outcome.kind, code, response_code: responseCode },
      'A mail could not be sent',
    )
  }
}

async function trySending(settings: MailSettings, claim: MailClaim): Promise<SendOutcome> {
  const { mailId, content, isOver } = claim
  if (isOver) return { kind: 'refused', code: 'too_late', responseCode: null }
  const mail = await openMail(content)
  // Written under a secret that isn't among ours; its links are still refused or accepted as before.
  if (!mail) return { kind: 'refused', code: 'unreadable', responseCode: null }
  return sendMail(settings, mailId, mail)
}

// Next's bundle and the server entry each load their own copy of this module; the loop is one.
const holder = globalThis as unknown as { [key: symbol]: { stop: () => Promise<void> } | undefined }
const key = Symbol.for('keyholder.mail-dispatcher')

/**
 * Sends mails from now on until it is stopped. There is one such loop in a process; several processes on
 * one database share the work.
 *
 * @returns `stop`: waits for what is under way, at most 10 s; the rest is for the next start.
 */
export function startMailDispatcher(settings: MailSettings): { stop: () => Promise<void> } {
  const running = holder[key]
  if (running) return running
  const stopping = new AbortController()
  const loop = run(settings, stopping.signal)
  const stop = async () => {
    stopping.abort()
    await Promise.race([loop, sleep(graceMilliseconds, undefined, { ref: false })])
    holder[key] = undefined
  }
  holder[key] = { stop }
  return { stop }
}

async function run(settings: MailSettings, stopping: AbortSignal): Promise<void> {
  let prunedAt = Number.NEGATIVE_INFINITY
  while (!stopping.aborted) {
    let wait = idleMilliseconds
    try {
      if ((await sendDueMails(settings)) > 0) wait = 0
      if (performance.now() - prunedAt >= pruneEveryMilliseconds) {
        await pruneMails()
        prunedAt = performance.now()
      }
    } catch (error) {
      logger().error({ error }, 'Sending mails went wrong and is tried again')
      wait = afterErrorMilliseconds
    }
    await sleep(wait, undefined, { signal: stopping }).catch(() => undefined)
  }
}
