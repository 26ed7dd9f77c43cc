import { and, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { accounts, sessions } from '@/db/schema/accounts'
import { parseInput } from '@/lib/platform/input'
import { Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import type { Transaction } from '@/lib/platform/transaction'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { limitAttempts } from '../auth/limit-attempts'

/** Whose account, and which of their sessions asks. */
export type Owner = { userId: string; sessionId: string; email: string }

/** How passwords are kept: as sign-in makes and checks their hashes. */
export type Passwords = {
  hash: (password: string) => Promise<string>
  verify: (given: { hash: string; password: string }) => Promise<boolean>
}

/** The row that holds an account's password. */
export const isPasswordOf = (userId: string) => and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential'))

/**
 * Asks an account's owner for their password, before what whoever sits at their browser must not do. Each session
 * has a counter of its own: strangers who guess at the sign-in hold nobody up here.
 *
 * @param field where it was typed.
 * @throws Refusal `wrong_password`, `too_many_attempts`
 */
export async function checkPassword(
  owner: Owner,
  password: string,
  field: string,
  { verify }: Pick<Passwords, 'verify'>,
): Promise<void> {
  const connection = await database()
  const [account] = await connection.select().from(accounts).where(isPasswordOf(owner.userId))
  const hash = account?.password
  const attempt = async () => (hash && (await verify({ hash, password })) ? true : null)
  const isRight = await limitAttempts(owner.email, attempt, undefined, `session ${owner.sessionId}`)
  if (isRight) return
  logSecurityEvent('password.refused', { user_id: owner.userId })
  const message = 'This is not your current password.'
  throw new Refusal({ kind: 'invalid_input', type: 'wrong_password', message, fields: { [field]: [message] } })
}

/**
 * The account that everybody shares who explores the demo cannot be changed.
 *
 * @throws Refusal `forbidden`
 */
export function refuseShared({ email }: Owner): void {
  if (email !== demoManagerEmail) return
  const message = 'Everybody who explores the demo shares this account: it cannot be changed.'
  throw new Refusal({ kind: 'forbidden', type: 'forbidden', message })
}

const othersSchema = z.object({ end_others: z.unknown().optional() })

/** Whether the form of a change also asks to end the account's other sessions: a checkbox, `end_others`. */
export function asksToEndOthers(input: unknown): boolean {
  return parseInput(othersSchema, input).end_others === 'on'
}

/**
 * Ends all sessions of an account but the one that asks, where the form of a change asks for it.
 *
 * @param input the form, with its checkbox `end_others`.
 */
export async function endOthersWhereAsked(transaction: Transaction, owner: Owner, input: unknown): Promise<void> {
  if (asksToEndOthers(input)) await endOthers(transaction, owner)
}

/** Ends all sessions of an account but the one that asks; gives how many there were. */
export async function endOthers(transaction: Transaction, owner: Owner): Promise<number> {
  const isOther = and(eq(sessions.userId, owner.userId), ne(sessions.id, owner.sessionId))
  const ended = await transaction.delete(sessions).where(isOther).returning({ id: sessions.id })
  if (ended.length > 0) logSecurityEvent('session.ended', { user_id: owner.userId })
  return ended.length
}
