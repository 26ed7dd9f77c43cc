import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { database } from '@/db/client'
import { passkeys, sessions, twoFactors, users } from '@/db/schema/accounts'
import { queueNotice } from '../account/notice'
import { checkPassword, type Owner, type Passwords, refuseShared } from '../account/own-account'
import { decrypt, encrypt, encryptAnew } from '../auth/encryption'
import { forgetFailures, limitAttempts, ofCodes } from '../auth/limit-attempts'
import { signInAddress } from '../auth/sign-in-address'
import { invalidInput, Refusal } from '../errors'
import { parseInput } from '../parse-input'
import { logSecurityEvent } from '../security-log'
import { inTransaction } from '../transaction'
import { generateKey, setupOf, stepOfCode } from './authenticator'
import { asKept, generateRecoveryCodes } from './recovery-codes'
import { secondFactorResetMail } from './second-factor-reset-mail'
import type { AuthenticatorSetup } from './two-factor'
import { twoFactorMail } from './two-factor-mail'

/** How better-auth's plugin marks a secret that is written in base32. */
const base32Mark = 'base32:'

const passwordSchema = z.object({ password: z.string({ error: 'Enter your password.' }) })
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
  const { password } = parseInput(passwordSchema, input)
  await checkPassword(owner, password, 'password', passwords)
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
 * which cannot be seen again.
 *
 * @throws Refusal `invalid_input`, `wrong_code`, `too_many_attempts`, `two_factor_is_on`, `two_factor_not_begun`, `forbidden`
 */
export async function confirmTwoFactor(owner: Owner, input: unknown): Promise<string[]> {
  refuseShared(owner)
  const { code } = parseInput(codeSchema, input)
  const begun = await find(owner.userId)
  if (!begun) throw notBegun()
  if (begun.verified) throw isOnAlready()
  const step = await limitAttempts(codesOf(owner.userId), () => stepOf(begun, code), ofCodes)
  if (step === null) throw wrongCode()
  const recoveryCodes = generateRecoveryCodes()
  const backupCodes = await encrypt(JSON.stringify(recoveryCodes))
  await inTransaction(async (transaction) => {
    const confirmed = await transaction
      .update(twoFactors)
      .set({ verified: true, lastStep: step, backupCodes })
      // By the very key that the code is of: another may have been begun with meanwhile.
      .where(and(eq(twoFactors.id, begun.id), eq(twoFactors.secret, begun.secret), eq(twoFactors.verified, false)))
      .returning({ id: twoFactors.id })
    if (confirmed.length === 0) throw notBegun()
    await transaction.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, owner.userId))
    await queueNotice(transaction, owner.userId, 'two_factor', await twoFactorMail({ to: owner.email, isOn: true }))
  })
  logSecurityEvent('two_factor.turned_on', { user_id: owner.userId })
  return recoveryCodes
}

/**
 * Makes new recovery codes; the old ones are of no use any more.
 *
 * @throws Refusal `invalid_input`, `wrong_password`, `too_many_attempts`, `two_factor_is_off`, `forbidden`
 */
export async function renewRecoveryCodes(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<string[]> {
  refuseShared(owner)
  const { password } = parseInput(passwordSchema, input)
  await checkPassword(owner, password, 'password', passwords)
  const recoveryCodes = generateRecoveryCodes()
  const backupCodes = await encrypt(JSON.stringify(recoveryCodes))
  const connection = await database()
  const renewed = await connection
    .update(twoFactors)
    .set({ backupCodes })
    .where(and(eq(twoFactors.userId, owner.userId), eq(twoFactors.verified, true)))
    .returning({ id: twoFactors.id })
  if (renewed.length === 0) throw isOff()
  logSecurityEvent('recovery_codes.renewed', { user_id: owner.userId })
  return recoveryCodes
}

/**
 * Turns two-factor authentication off: the key and the recovery codes are forgotten.
 *
 * @throws Refusal `invalid_input`, `wrong_password`, `too_many_attempts`, `two_factor_is_off`, `forbidden`
 */
export async function turnOffTwoFactor(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<void> {
  refuseShared(owner)
  const { password } = parseInput(passwordSchema, input)
  await checkPassword(owner, password, 'password', passwords)
  await inTransaction(async (transaction) => {
    const turnedOff = await transaction
      .delete(twoFactors)
      .where(and(eq(twoFactors.userId, owner.userId), eq(twoFactors.verified, true)))
      .returning({ id: twoFactors.id })
    if (turnedOff.length === 0) throw isOff()
    await transaction.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, owner.userId))
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
 * Takes a code of an account's app: each counts once, and after it none that is older (RFC 6238, 5.2).
 *
 * @param openSession signs in by the same code, once it was taken; what it throws is thrown on.
 * @param browser the id of a browser that the account knows: its tries are counted apart.
 * @throws Refusal `invalid_input`, `wrong_code`, `code_used`, `too_many_attempts`
 */
export async function signInByCode(
  userId: string,
  input: unknown,
  openSession: (code: string) => Promise<unknown>,
  browser?: string | null,
): Promise<void> {
  const { code } = parseInput(codeSchema, input)
  const done = await limitAttempts(
    codesOf(userId),
    async () => {
      const twoFactor = await find(userId)
      const step = twoFactor?.verified ? await stepOf(twoFactor, code) : null
      if (step === null) return null
      const connection = await database()
      const taken = await connection
        .update(twoFactors)
        .set({ lastStep: step })
        .where(and(eq(twoFactors.userId, userId), or(isNull(twoFactors.lastStep), lt(twoFactors.lastStep, step))))
        .returning({ id: twoFactors.id })
      if (taken.length === 0) {
        throw refusal('code_used', 'This code was used already. Wait for the next one that your app shows.')
      }
      await openSession(code)
      return true
    },
    ofCodes,
    browser,
  )
  if (!done) throw wrongCode()
}

/**
 * Signs in by a recovery code, which is of no use afterwards.
 *
 * @param openSession takes the code and signs in by it; gives null where it is none.
 * @param browser the id of a browser that the account knows: its tries are counted apart.
 * @throws Refusal `invalid_input`, `wrong_code`, `too_many_attempts`
 */
export async function signInByRecoveryCode(
  userId: string,
  input: unknown,
  openSession: (code: string) => Promise<true | null>,
  browser?: string | null,
): Promise<void> {
  const { code } = parseInput(recoveryCodeSchema, input)
  if (await limitAttempts(codesOf(userId), () => openSession(code), ofCodes, browser)) return
  throw refusal('wrong_code', 'This is none of your recovery codes, or it was used already.')
}

/** Whose codes are counted: apart from their password. */
const codesOf = (userId: string) => `codes of ${userId}`

type Kept = typeof twoFactors.$inferSelect

async function find(userId: string): Promise<Kept | undefined> {
  const connection = await database()
  const [row] = await connection.select().from(twoFactors).where(eq(twoFactors.userId, userId))
  const secret = row && (await encryptAnew(row.secret))
  if (!secret) return row
  // better-auth reads it too, and knows the current secret only.
  await connection
    .update(twoFactors)
    .set({ secret })
    .where(and(eq(twoFactors.id, row.id), eq(twoFactors.secret, row.secret)))
  return { ...row, secret }
}

async function stepOf({ secret }: Kept, code: string): Promise<number | null> {
  const decrypted = await decrypt(secret)
  return decrypted === null ? null : stepOfCode(decrypted.slice(base32Mark.length), code, Date.now())
}

function refusal(type: string, message: string): Refusal {
  return new Refusal({ kind: 'invalid_input', type, message, fields: { code: [message] } })
}

const wrongCode = () =>
  refusal('wrong_code', 'This is not the code that your app shows now. If it keeps being refused, set your clock.')

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
