import { createHash } from 'node:crypto'
import { eq, lt, or, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { failedAttempts } from '@/db/schema/accounts'
import { Refusal } from '@/lib/platform/refusals'
import { codeOf, logSecurityEvent } from '@/lib/platform/security-log'
import type { Transaction } from '@/lib/platform/transaction'

const firstLockSeconds = 30
const longestLockSeconds = 900

/** Long ago, not now: of two at once, the one that waits for the other began before it. */
const notLocked = sql`to_timestamp(0)`

/** What is limited: passwords, unless it is told otherwise. */
type Limit = {
  /** How many failures in a row have no consequence. */
  freeFailures: number
  /** What there were too many of, for the refusal. */
  tooMany: string
}
const ofPasswords: Limit = { freeFailures: 5, tooMany: 'Too many attempts with a wrong password.' }
/** The limit of codes of two-factor authentication. */
export const ofCodes: Limit = { freeFailures: 5, tooMany: 'Too many attempts with a wrong code.' }

/**
 * Tries a password or a code, unless it was given wrongly too often: after five failures each further one closes it
 * for longer, from half a minute up to a quarter of an hour; a success, or a day without a failure, forgets
 * them. Who guesses is held up however many addresses they come from. The try is counted before it is made,
 * so that many at once do not pass.
 *
 * @param whose the account, or the email address that may be none: both are held up alike. Passwords and
 *   codes of one account are counted apart: the right password must not make wrong codes forgotten.
 * @param attempt gives null where it was wrong; what it throws leaves the try counted.
 * @param limit what is tried, and how often it may go wrong.
 * @param apart counts these tries apart from everybody else's: a known browser's, or a session's. Nobody else's
 *   guesses hold them up.
 * @throws Refusal `too_many_attempts`
 */
export async function limitAttempts<Value>(
  whose: string,
  attempt: () => Promise<Value | null>,
  { freeFailures, tooMany }: Limit = ofPasswords,
  apart?: string | null,
): Promise<Value | null> {
  const connection = await database()
  const key = keyOf(apart ? `${whose} in ${apart}` : whose)
  const failures = sql`case when ${failedAttempts.lastFailedAt} < now() - interval '1 day' then 1 else ${failedAttempts.failures} + 1 end`
  const lockSeconds = sql`least(${longestLockSeconds}, ${firstLockSeconds} * power(2, least(${failures} - ${freeFailures}, 10)))`
  const counted = await connection
    .insert(failedAttempts)
    .values({ key, failures: 1, lastFailedAt: sql`now()`, lockedUntil: notLocked })
    .onConflictDoUpdate({
      target: failedAttempts.key,
      set: {
        failures,
        lastFailedAt: sql`now()`,
        lockedUntil: sql`case when ${failures} < ${freeFailures} then ${notLocked} else now() + make_interval(secs => ${lockSeconds}) end`,
      },
      setWhere: sql`${failedAttempts.lockedUntil} <= now()`,
    })
    .returning({ key: failedAttempts.key })
  if (counted.length === 0) {
    logSecurityEvent('attempts.held_up', { subject: codeOf(whose) })
    throw await refusal(key, tooMany)
  }
  const value = await attempt()
  if (value !== null) {
    const isOver = lt(failedAttempts.lastFailedAt, sql`now() - interval '1 day'`)
    await connection.delete(failedAttempts).where(or(eq(failedAttempts.key, key), isOver))
  }
  return value
}

/** Forgets the failures, for who has shown in another way that they are who they say. */
export async function forgetFailures(transaction: Transaction, whose: string): Promise<void> {
  await transaction.delete(failedAttempts).where(eq(failedAttempts.key, keyOf(whose)))
}

const keyOf = (whose: string) => createHash('sha256').update(whose).digest('hex')

async function refusal(key: string, tooMany: string): Promise<Refusal> {
  const connection = await database()
  const [row] = await connection
    .select({ seconds: sql<number>`ceil(extract(epoch from ${failedAttempts.lockedUntil} - now()))::int` })
    .from(failedAttempts)
    .where(eq(failedAttempts.key, key))
  const seconds = Math.max(1, row?.seconds ?? 1)
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return new Refusal({
    kind: 'too_many',
    type: 'too_many_attempts',
    message: `${tooMany} Wait ${wait}, then try again.`,
  })
}
