import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { mails } from '@/db/schema/mails'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import type { SendOutcome } from './send'
import { sharesInTurn } from './turns'

/** A mail that is the caller's to send, until its lease runs out. */
export type MailClaim = {
  mailId: string
  kind: string
  content: string
  /** How often it was tried, this time included. */
  attempts: number
  /** Whether it would come too late. */
  isOver: boolean
}

// Longer than an attempt takes; after it, the claim of a process that was killed is taken up again.
const leaseSeconds = 60

/** How long after each failure a mail is tried again, in seconds: for more than a day, but not beyond its use. */
const retrySeconds = [10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200]

/**
 * Claims the next mail. Workspaces take turns, and so do the mails of accounts, so a workspace with many mails holds up
 * nobody else's. Passes over a mail that another process is claiming.
 */
export async function claimMail(): Promise<MailClaim | undefined> {
  return inTransaction(async (transaction) => {
    for (const shareId of await sharesInTurn(transaction)) {
      const claim = await claimMailOf(transaction, shareId)
      if (claim) return claim
    }
    return undefined
  })
}

async function claimMailOf(transaction: Transaction, shareId: string): Promise<MailClaim | undefined> {
  const [due] = await transaction
    .select({
      mailId: mails.mailId,
      kind: mails.kind,
      content: mails.content,
      attempts: mails.attempts,
      isOver: sql<boolean>`${mails.expiresAt} <= now()`,
    })
    .from(mails)
    .where(and(eq(mails.shareId, shareId), eq(mails.status, 'pending'), lte(mails.nextAttemptAt, sql`now()`)))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(1)
    .for('update', { skipLocked: true })
  // The database keeps the content of what is pending.
  if (!due || due.content === null) return undefined
  const attempts = due.attempts + 1
  await transaction
    .update(mails)
    .set({
      attempts,
      nextAttemptAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      claimedAt: sql`clock_timestamp()`,
    })
    .where(eq(mails.mailId, due.mailId))
  return { ...due, content: due.content, attempts }
}

/**
 * Writes what came of an attempt: sent, tried again later, or given up, which a mail is that was refused
 * or would come too late. When it was taken back meanwhile, or is somebody else's since the lease ran out,
 * there is nothing to write.
 */
export async function recordSendOutcome({ mailId, attempts }: MailClaim, outcome: SendOutcome): Promise<void> {
  const wait = outcome.kind === 'failed' ? retrySeconds[attempts - 1] : undefined
  const nextAttemptAt = sql`now() + make_interval(secs => ${wait ?? 0})`
  const finished = (status: 'sent' | 'failed') => ({ status, content: null, finishedAt: sql`now()` })
  const held = and(eq(mails.mailId, mailId), eq(mails.status, 'pending'), eq(mails.attempts, attempts))
  await inTransaction(async (transaction) => {
    if (wait !== undefined) {
      const again = await transaction
        .update(mails)
        .set({ nextAttemptAt })
        .where(and(held, sql`${mails.expiresAt} > ${nextAttemptAt}`))
        .returning({ mailId: mails.mailId })
      if (again.length > 0) return
    }
    await transaction
      .update(mails)
      .set(finished(outcome.kind === 'sent' ? 'sent' : 'failed'))
      .where(held)
  })
}
