import { and, eq, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { accounts, passwordResets, sessions, users } from '@/db/schema/accounts'
import { queueMail } from '@/lib/background/mail/commands'
import { parseInput } from '@/lib/platform/input'
import { invalidInput, Refusal } from '@/lib/platform/refusals'
import { codeOf, logSecurityEvent } from '@/lib/platform/security-log'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { queueNotice } from '../account/notice'
import { passwordChangedMail } from '../account/password-changed-mail'
import { forgetFailures, limitAttempts } from '../auth/limit-attempts'
import { newPassword, refuseWeakPassword } from '../auth/password'
import { signInAddress } from '../auth/sign-in-address'
import { isPasswordOf } from '../proof/own-account'
import { generateResetToken, hashResetToken, resetMinutes } from './password-reset'
import { passwordResetMail } from './password-reset-mail'
import { findPasswordReset, isUsable } from './queries'

const requestSchema = z.object({ email: signInAddress() })
const tooMany = 'Too many requests for a new password.'

/**
 * Looks at a request for a new password and counts it, without looking whether there is such an account:
 * by its address, and by where it comes from.
 *
 * @returns the address, for `sendPasswordReset`.
 * @throws Refusal `invalid_input`, `too_many_attempts`
 */
export async function admitResetRequest(input: unknown, client: string): Promise<string> {
  const { email } = parseInput(requestSchema, input)
  const count = async () => null
  await limitAttempts(`password resets from ${client}`, count, { freeFailures: 20, tooMany })
  await limitAttempts(`password resets of ${email}`, count, { freeFailures: 3, tooMany })
  logSecurityEvent('password_reset.requested', { subject: codeOf(email) })
  return email
}

/** Sends the link to who has an account with a password, and does nothing for anybody else. */
export async function sendPasswordReset(email: string): Promise<void> {
  await inTransaction(async (transaction) => {
    const made = await makeReset(transaction, email)
    if (!made) return
    const about = {
      kind: 'password_reset',
      subjectId: made.userId,
      workspaceId: null,
      usefulForHours: resetMinutes / 60,
    }
    await queueMail(transaction, about, await passwordResetMail({ to: email, token: made.token }))
  })
}

/**
 * Makes a link's secret, for who runs the server to hand over.
 *
 * @throws Refusal `invalid_input`, also where nobody signs in with this address
 */
export async function createPasswordReset(input: unknown): Promise<{ token: string }> {
  const { email } = parseInput(requestSchema, input)
  const made = await inTransaction((transaction) => makeReset(transaction, email))
  if (!made) throw invalidInput(`Nobody signs in with ${email} and a password.`, 'email')
  return { token: made.token }
}

/** The demo's account, which everybody shares, has no password, and so no link. */
async function makeReset(transaction: Transaction, email: string): Promise<{ userId: string; token: string } | null> {
  await transaction.delete(passwordResets).where(lt(passwordResets.expiresAt, sql`now()`))
  const [user] = await transaction
    .select({ userId: users.id })
    .from(users)
    .innerJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential')))
    .where(eq(users.email, email))
  if (!user) return null
  const token = generateResetToken()
  await transaction.insert(passwordResets).values({
    tokenHash: hashResetToken(token),
    userId: user.userId,
    expiresAt: sql`now() + make_interval(mins => ${resetMinutes})`,
  })
  return { userId: user.userId, token }
}

const resetSchema = z.object({ password: newPassword() })

/**
 * Replaces a forgotten password by a link. All sessions of the account end, its other links work no longer,
 * and wrong passwords that were tried before are forgotten.
 *
 * @param hashPassword gives the hash that sign-in checks against.
 * @throws Refusal `invalid_input`, `password_reset_not_found` once it was used or is out of date
 */
export async function resetPassword(
  token: string,
  input: unknown,
  hashPassword: (password: string) => Promise<string>,
): Promise<{ userId: string; email: string }> {
  // Scoring and hashing take long, so nobody without a link makes the server do it.
  const reset = await findPasswordReset(token)
  if (!reset) throw notUsable()
  const given = parseInput(resetSchema, input)
  await refuseWeakPassword(given.password, [reset.email])
  const password = await hashPassword(given.password)
  const owner = await inTransaction(async (transaction) => {
    const [used] = await transaction
      .delete(passwordResets)
      .where(and(eq(passwordResets.tokenHash, hashResetToken(token)), isUsable))
      .returning({ userId: passwordResets.userId })
    if (!used) throw notUsable()
    const { userId } = used
    await transaction.update(accounts).set({ password, updatedAt: new Date() }).where(isPasswordOf(userId))
    await transaction.delete(passwordResets).where(eq(passwordResets.userId, userId))
    await transaction.delete(sessions).where(eq(sessions.userId, userId))
    const [user] = await transaction.select({ email: users.email }).from(users).where(eq(users.id, userId))
    if (user) {
      await forgetFailures(transaction, user.email)
      await queueNotice(
        transaction,
        userId,
        'password_changed',
        await passwordChangedMail({ to: user.email, endsOthers: true }),
      )
    }
    return { userId }
  })
  logSecurityEvent('password_reset.used', { user_id: owner.userId })
  return { ...owner, email: reset.email }
}

function notUsable(): Refusal {
  return new Refusal({
    kind: 'not_found',
    type: 'password_reset_not_found',
    message: 'This link was used already, or is more than an hour old. Ask for a new one.',
  })
}
