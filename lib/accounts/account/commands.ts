import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { accounts, passwordResets, sessions, users } from '@/db/schema/accounts'
import { databaseError } from '@/lib/platform/database-error'
import { lineOfText, parseInput, uuid } from '@/lib/platform/input'
import { invalidInput, notFound, Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { inTransaction } from '@/lib/platform/transaction'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { newPassword, refuseWeakPassword } from '../auth/password'
import { signInAddress } from '../auth/sign-in-address'
import {
  asksToEndOthers,
  endOthers,
  isPasswordOf,
  type Owner,
  type Passwords,
  refuseShared,
} from '../proof/own-account'
import { proveOwner } from '../proof/prove-owner'
import { emailChangedMail } from './email-changed-mail'
import { queueNotice } from './notice'
import { passwordChangedMail } from './password-changed-mail'

const profileSchema = z.object({
  name: lineOfText('Your name', 100),
  email: signInAddress(),
})

/**
 * Changes an account's name and email address. For another address its owner proves who they are: who has it
 * could take the account over by it.
 *
 * @throws Refusal `invalid_input`, `email_has_account`, `forbidden`, and what `proveOwner` throws
 */
export async function changeProfile(owner: Owner, input: unknown, passwords: Passwords): Promise<void> {
  refuseShared(owner)
  const { name, email } = parseInput(profileSchema, input)
  if (email !== owner.email) await proveOwner(owner, input, passwords)
  if (email === demoManagerEmail) throw hasAccount()
  try {
    await inTransaction(async (transaction) => {
      await transaction.update(users).set({ name, email, updatedAt: new Date() }).where(eq(users.id, owner.userId))
      if (email === owner.email) return
      // A link that is on its way to the former address must not open the account.
      await transaction.delete(passwordResets).where(eq(passwordResets.userId, owner.userId))
      const mail = await emailChangedMail({ to: owner.email, newEmail: email })
      await queueNotice(transaction, owner.userId, 'email_changed', mail)
    })
  } catch (error) {
    if (databaseError(error)?.constraint === 'users_email_unique') throw hasAccount()
    throw error
  }
  if (email !== owner.email) logSecurityEvent('email.changed', { user_id: owner.userId })
}

function hasAccount(): Refusal {
  const message = 'There is another account with this email address.'
  return new Refusal({ kind: 'conflict', type: 'email_has_account', message, fields: { email: [message] } })
}

const passwordSchema = z.object({ new_password: newPassword() })

/**
 * Changes an account's password, and ends its other sessions where the form asks for it.
 *
 * @throws Refusal `invalid_input`, `forbidden`, and what `proveOwner` throws
 */
export async function changePassword(owner: Owner, input: unknown, passwords: Passwords): Promise<void> {
  refuseShared(owner)
  const given = parseInput(passwordSchema, input)
  await refuseWeakPassword(given.new_password, [owner.email], 'new_password')
  await proveOwner(owner, input, passwords)
  const password = await passwords.hash(given.new_password)
  await inTransaction(async (transaction) => {
    await transaction.update(accounts).set({ password, updatedAt: new Date() }).where(isPasswordOf(owner.userId))
    await transaction.delete(passwordResets).where(eq(passwordResets.userId, owner.userId))
    const endsOthers = asksToEndOthers(input)
    if (endsOthers) await endOthers(transaction, owner)
    const mail = await passwordChangedMail({ to: owner.email, endsOthers })
    await queueNotice(transaction, owner.userId, 'password_changed', mail)
  })
  logSecurityEvent('password.changed', { user_id: owner.userId })
}

const accountSchema = z.object({ email: signInAddress() })

/**
 * Ends all sessions of an account, for who runs the server: a device was stolen, or somebody has left.
 *
 * @returns how many there were.
 * @throws Refusal `invalid_input`, also where nobody signs in with this address
 */
export async function endAllSessions(input: unknown): Promise<number> {
  const { email } = parseInput(accountSchema, input)
  const connection = await database()
  const [user] = await connection.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (!user) throw invalidInput(`Nobody signs in with ${email}.`, 'email')
  const ended = await connection.delete(sessions).where(eq(sessions.userId, user.id)).returning({ id: sessions.id })
  if (ended.length > 0) logSecurityEvent('session.ended', { user_id: user.id })
  return ended.length
}

/**
 * Ends one of an account's sessions. One factor is enough for that: who has lost a device is in a hurry.
 *
 * @throws Refusal `invalid_input`, `session_not_found`, `forbidden`, and what `proveOwner` throws
 */
export async function endSession(
  owner: Owner,
  sessionId: unknown,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<void> {
  refuseShared(owner)
  const id = parseInput(uuid('session_id'), sessionId)
  await proveOwner(owner, input, passwords, { factors: 'one' })
  const connection = await database()
  const ended = await connection
    .delete(sessions)
    .where(and(eq(sessions.userId, owner.userId), eq(sessions.id, id)))
    .returning({ id: sessions.id })
  if (ended.length === 0) throw notFound('session')
  logSecurityEvent('session.ended', { user_id: owner.userId })
}

/**
 * Ends all of an account's sessions but the one that asks.
 *
 * @returns how many there were.
 * @throws Refusal `invalid_input`, `forbidden`, and what `proveOwner` throws
 */
export async function endOtherSessions(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<number> {
  refuseShared(owner)
  await proveOwner(owner, input, passwords, { factors: 'one' })
  return inTransaction((transaction) => endOthers(transaction, owner))
}
