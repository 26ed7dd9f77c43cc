import { and, eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { database } from '@/db/client'
import { passkeys, sessions, twoFactors, users } from '@/db/schema/accounts'
import { encrypt } from '@/lib/platform/encryption/encrypt-text'
import { parseInput } from '@/lib/platform/input'
import { invalidInput, Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { inTransaction } from '@/lib/platform/transaction'
import { queueNotice } from '../account/notice'
import { forgetFailures, limitAttempts, ofCodes } from '../auth/limit-attempts'
import { signInAddress } from '../auth/sign-in-address'
import { generateKey, setupOf } from '../proof/authenticator'
import { endOthersWhereAsked, type Owner, type Passwords, refuseShared } from '../proof/own-account'
import { proveOwner } from '../proof/prove-owner'
import { asKept, generateRecoveryCodes, hashRecoveryCodes } from '../proof/recovery-codes'
import {
  base32Mark,
  codesOf,
  findTwoFactor,
  stepOf,
  takeAppCode,
  takeRecoveryCode,
  wrongCode,
} from '../proof/take-code'
import type { AuthenticatorSetup } from '../proof/two-factor'
import { secondFactorResetMail } from './second-factor-reset-mail'
import { twoFactorMail } from './two-factor-mail'

const codeSchema = z.object({
  code: z
    .string({ error: 'Enter the code.' })
    .transform((typed) => typed.replace(/\s/g, ''))
    .refine((code) => /^\d{6}$/.test(code), { error: 'Enter the six digits that your app shows.' }),
})

const recoveryCodeSchema = z.object({
  code: z
    .string({ error: 'Enter a recovery code.' })
    .max(100, { error: 'A recovery code is ten characters long.' })
    .transform(asKept)
    .refine((code) => code.length === 11, { error: 'A recovery code is ten characters long.' }),
})

/**
 * Begins with two-factor authentication: gives a key for an authenticator app. Nothing counts until a code of
 * that app is confirmed; who begins again gets another key.
 *
 * @throws Refusal `invalid_input`, `wrong_password`, `too_many_attempts`, `two_factor_is_on`, `forbidden`
 */
export async function beginTwoFactor(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<AuthenticatorSetup> {
  refuseShared(owner)
  await proveOwner(owner, input, passwords)
  const key = generateKey()
  const given = { secret: await encrypt(base32Mark + key), backupCodes: await encrypt('[]') }
  const connection = await database()
  const begun = await connection
    .insert(twoFactors)
    .values({ id: uuidv7(), userId: owner.userId, ...given })
    .onConflictDoUpdate({
      target: twoFactors.userId,
      set: { ...given, lastStep: null },
      setWhere: eq(twoFactors.verified, false),
    })
    .returning({ id: twoFactors.id })
  if (begun.length === 0) throw isOnAlready()
  return setupOf(key, owner.email)
}

/**
 * Turns two-factor authentication on, once a code shows that the app has the key; gives the recovery codes,
 * which cannot be seen again. Sessions that were opened without a code don't count as two-factor.
 *
 * @throws Refusal `invalid_input`, `wrong_code`, `too_many_attempts`, `two_factor_is_on`, `two_factor_not_begun`, `forbidden`
 */
export async function confirmTwoFactor(owner: Owner, input: unknown): Promise<string[]> {
  refuseShared(owner)
  const { code } = parseInput(codeSchema, input)
  const begun = await findTwoFactor(owner.userId)
  if (!begun) throw notBegun()
  if (begun.verified) throw isOnAlready()
  const step = await limitAttempts(codesOf(owner.userId), () => stepOf(begun, code), ofCodes)
  if (step === null) throw wrongCode()
  const recoveryCodes = generateRecoveryCodes()
  const backupCodes = await encrypt(JSON.stringify(await hashRecoveryCodes(recoveryCodes)))
  await inTransaction(async (transaction) => {
    const confirmed = await transaction
      .update(twoFactors)
      .set({ verified: true, lastStep: step, backupCodes })
      // By the very key that the code is of: another may have been begun with meanwhile.
      .where(and(eq(twoFactors.id, begun.id), eq(twoFactors.secret, begun.secret), eq(twoFactors.verified, false)))
      .returning({ id: twoFactors.id })
    if (confirmed.length === 0) throw notBegun()
    await transaction.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, owner.userId))
    // Those that the password alone has opened before don't count as two-factor.
    await transaction
      .update(sessions)
      .set({ secondFactor: sql`${sessions.id} = ${owner.sessionId}` })
      .where(eq(sessions.userId, owner.userId))
    await endOthersWhereAsked(transaction, owner, input)
    await queueNotice(transaction, owner.userId, 'two_factor', await twoFactorMail({ to: owner.email, isOn: true }))
  })
  logSecurityEvent('two_factor.turned_on', { user_id: owner.userId })
  return recoveryCodes
}

/**
 * Makes new recovery codes; the old ones are of no use any more.
 *
 * @throws Refusal `invalid_input`, `wrong_password`, `wrong_code`, `code_used`, `passkey_not_verified`,
 *   `too_many_attempts`, `two_factor_is_off`, `forbidden`
 */
export async function renewRecoveryCodes(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<string[]> {
  refuseShared(owner)
  await proveOwner(owner, input, passwords)
  const recoveryCodes = generateRecoveryCodes()
  const backupCodes = await encrypt(JSON.stringify(await hashRecoveryCodes(recoveryCodes)))
  await inTransaction(async (transaction) => {
    const renewed = await transaction
      .update(twoFactors)
      .set({ backupCodes })
      .where(and(eq(twoFactors.userId, owner.userId), eq(twoFactors.verified, true)))
      .returning({ id: twoFactors.id })
    if (renewed.length === 0) throw isOff()
    await endOthersWhereAsked(transaction, owner, input)
  })
  logSecurityEvent('recovery_codes.renewed', { user_id: owner.userId })
  return recoveryCodes
}

/**
 * Turns two-factor authentication off: the key and the recovery codes are forgotten.
 *
 * @throws Refusal `invalid_input`, `wrong_password`, `wrong_code`, `code_used`, `passkey_not_verified`,
 *   `too_many_attempts`, `two_factor_is_off`, `forbidden`
 */
export async function turnOffTwoFactor(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<void> {
  refuseShared(owner)
  await proveOwner(owner, input, passwords)
  await inTransaction(async (transaction) => {
    const turnedOff = await transaction
      .delete(twoFactors)
      .where(and(eq(twoFactors.userId, owner.userId), eq(twoFactors.verified, true)))
      .returning({ id: twoFactors.id })
    if (turnedOff.length === 0) throw isOff()
    await transaction.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, owner.userId))
    await endOthersWhereAsked(transaction, owner, input)
    await queueNotice(transaction, owner.userId, 'two_factor', await twoFactorMail({ to: owner.email, isOn: false }))
  })
  logSecurityEvent('two_factor.turned_off', { user_id: owner.userId })
}

const resetSchema = z.object({ email: signInAddress(), passkeys: z.boolean() })

/**
 * Turns somebody's two-factor authentication off without asking for anything, for who runs the server: they
 * have lost their phone and their recovery codes. All their sessions end, wrong codes are forgotten, and they
 * are told.
 *
 * @param input the address that they sign in with, and whether their passkeys go too.
 * @returns what there was.
 * @throws Refusal `invalid_input`, also where nobody signs in with this address, or there is nothing to reset
 */
export async function resetSecondFactor(input: unknown): Promise<{ wasOn: boolean; passkeysRemoved: number }> {
  const { email, passkeys: alsoPasskeys } = parseInput(resetSchema, input)
  const { userId, wasOn, passkeysRemoved } = await inTransaction(async (transaction) => {
    const [user] = await transaction.select({ userId: users.id }).from(users).where(eq(users.email, email))
    if (!user) throw invalidInput(`Nobody signs in with ${email}.`, 'email')
    const isTheirs = eq(twoFactors.userId, user.userId)
    const turnedOff = await transaction.delete(twoFactors).where(isTheirs).returning({ verified: twoFactors.verified })
    const removed = alsoPasskeys
      ? await transaction.delete(passkeys).where(eq(passkeys.userId, user.userId)).returning({ id: passkeys.id })
      : []
    const found = { ...user, wasOn: turnedOff.some(({ verified }) => verified), passkeysRemoved: removed.length }
    if (!found.wasOn && removed.length === 0) {
      const what = alsoPasskeys
        ? 'neither two-factor authentication on nor a passkey'
        : 'no two-factor authentication on'
      throw invalidInput(`${email} has ${what}.`, 'email')
    }
    await transaction.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, user.userId))
    await transaction.delete(sessions).where(eq(sessions.userId, user.userId))
    await forgetFailures(transaction, codesOf(user.userId))
    const mail = await secondFactorResetMail({ to: email, wasOn: found.wasOn, passkeysRemoved: found.passkeysRemoved })
    await queueNotice(transaction, user.userId, 'two_factor', mail)
    return found
  })
  logSecurityEvent('second_factor.reset', { user_id: userId })
  return { wasOn, passkeysRemoved }
}

/**
 * Takes the code of an app by which somebody signs in, after their password.
 *
 * @param browser the id of a browser that the account knows: its tries are counted apart.
 * @throws Refusal `invalid_input`, `wrong_code`, `code_used`, `too_many_attempts`
 */
export async function signInByCode(userId: string, input: unknown, browser?: string): Promise<void> {
  const { code } = parseInput(codeSchema, input)
  await takeAppCode(userId, code, browser)
}

/**
 * Takes the recovery code by which somebody signs in, after their password.
 *
 * @param browser the id of a browser that the account knows: its tries are counted apart.
 * @throws Refusal `invalid_input`, `wrong_code`, `server_busy`, `too_many_attempts`
 */
export async function signInByRecoveryCode(userId: string, input: unknown, browser?: string): Promise<void> {
  const { code } = parseInput(recoveryCodeSchema, input)
  await takeRecoveryCode(userId, code, browser)
}

function isOnAlready(): Refusal {
  const message = 'Two-factor authentication is on already. To use another app, turn it off first.'
  return new Refusal({ kind: 'conflict', type: 'two_factor_is_on', message })
}

function notBegun(): Refusal {
  const message = 'This key does not count any more: you began again elsewhere. Reload the page and begin again.'
  return new Refusal({ kind: 'conflict', type: 'two_factor_not_begun', message })
}

function isOff(): Refusal {
  const message = 'Two-factor authentication is off already. Reload the page.'
  return new Refusal({ kind: 'conflict', type: 'two_factor_is_off', message })
}
