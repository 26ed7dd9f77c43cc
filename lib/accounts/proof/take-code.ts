import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { database } from '@/db/client'
import { twoFactors } from '@/db/schema/accounts'
import { decrypt, encrypt, encryptAnew } from '@/lib/platform/encryption/encrypt-text'
import { invalidInput, Refusal } from '@/lib/platform/refusals'
import { limitAttempts, ofCodes } from '../auth/limit-attempts'
import { stepOfCode } from './authenticator'
import { asKept, findRecoveryCode } from './recovery-codes'

/** How better-auth's plugin marks a secret that is written in base32. */
export const base32Mark = 'base32:'

/** Whose codes are counted: apart from their password. */
export const codesOf = (userId: string) => `codes of ${userId}`

type Kept = typeof twoFactors.$inferSelect

/** An account's authenticator app, confirmed or not. */
export async function findTwoFactor(userId: string): Promise<Kept | undefined> {
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

/** The step that a code of an app is of; null where it's none of that app's. */
export async function stepOf({ secret }: Kept, code: string): Promise<number | null> {
  const key = await decrypt(secret)
  return key ? stepOfCode(key.slice(base32Mark.length), code, Date.now()) : null
}

/** Whether an account has two-factor authentication on. */
export async function hasTwoFactorOn(userId: string): Promise<boolean> {
  return (await findTwoFactor(userId))?.verified === true
}

/**
 * Takes a code of an account's app: each counts once, and after it none that is older (RFC 6238, 5.2).
 *
 * @param apart counts these tries apart: a known browser's, or a session's.
 * @throws Refusal `wrong_code`, `code_used`, `too_many_attempts`
 */
export async function takeAppCode(userId: string, code: string, apart?: string): Promise<void> {
  const isTaken = await limitAttempts(
    codesOf(userId),
    async () => {
      const twoFactor = await findTwoFactor(userId)
      const step = twoFactor?.verified ? await stepOf(twoFactor, code) : null
      if (step === null) return null
      const connection = await database()
      const taken = await connection
        .update(twoFactors)
        .set({ lastStep: step })
        .where(and(eq(twoFactors.userId, userId), or(isNull(twoFactors.lastStep), lt(twoFactors.lastStep, step))))
        .returning({ id: twoFactors.id })
      if (taken.length === 0) {
        throw codeRefusal('code_used', 'This code was used already. Wait for the next one that your app shows.')
      }
      return true
    },
    ofCodes,
    apart,
  )
  if (!isTaken) throw wrongCode()
}

/**
 * Takes a recovery code: it's of no use afterwards.
 *
 * @param code as `asKept` gives it.
 * @param apart counts these tries apart: a known browser's, or a session's.
 * @throws Refusal `wrong_code`, `server_busy`, `too_many_attempts`
 */
export async function takeRecoveryCode(userId: string, code: string, apart?: string): Promise<void> {
  const isTaken = await limitAttempts(
    codesOf(userId),
    async () => ((await removeRecoveryCode(userId, code)) ? true : null),
    ofCodes,
    apart,
  )
  if (!isTaken) throw codeRefusal('wrong_code', 'This is none of your recovery codes, or it was used already.')
}

async function removeRecoveryCode(userId: string, code: string): Promise<boolean> {
  const twoFactor = await findTwoFactor(userId)
  if (!twoFactor?.verified) return false
  const kept = await recoveryCodesIn(twoFactor)
  const index = await findRecoveryCode(kept, code)
  if (index === -1) return false
  const connection = await database()
  const taken = await connection
    .update(twoFactors)
    .set({ backupCodes: await encrypt(JSON.stringify(kept.toSpliced(index, 1))) })
    // Another one at the same time may have taken it, or its owner may have made new ones.
    .where(and(eq(twoFactors.id, twoFactor.id), eq(twoFactors.backupCodes, twoFactor.backupCodes)))
    .returning({ id: twoFactors.id })
  return taken.length > 0
}

/** The recovery codes that an account has left, as they're kept; none with another `AUTH_SECRET`. */
export async function recoveryCodesIn({ backupCodes }: Pick<Kept, 'backupCodes'>): Promise<string[]> {
  return JSON.parse((await decrypt(backupCodes)) ?? '[]')
}

/**
 * Takes a code of an account's app or a recovery code, whichever was typed.
 *
 * @param apart counts these tries apart: a session's.
 * @throws Refusal `invalid_input`, `wrong_code`, `code_used`, `server_busy`, `too_many_attempts`
 */
export async function takeCode(userId: string, typed: string, apart: string): Promise<void> {
  const digits = typed.replace(/\s/g, '')
  const recoveryCode = asKept(typed)
  if (/^\d{6}$/.test(digits)) return takeAppCode(userId, digits, apart)
  if (recoveryCode.length === 11) return takeRecoveryCode(userId, recoveryCode, apart)
  throw invalidInput('Enter the six digits that your app shows, or a recovery code.', 'code')
}

/** The refusal of a code, beside its field. */
function codeRefusal(type: string, message: string): Refusal {
  return new Refusal({ kind: 'invalid_input', type, message, fields: { code: [message] } })
}

/** The refusal of a code that isn't the app's. */
export function wrongCode(): Refusal {
  return codeRefusal(
    'wrong_code',
    'This is not the code that your app shows now. If it keeps being refused, set your clock.',
  )
}
