import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/accounts'
import { parseInput } from '@/lib/platform/input'
import { Refusal } from '@/lib/platform/refusals'
import { checkPassword, type Owner, type Passwords } from './own-account'
import { hasTwoFactorOn, takeCode } from './take-code'
import { verifyOwnPasskey } from './verify-answer'

const text = z.string().max(20_000).default('')
const proofSchema = z.object({ password: text, code: text, passkey: text })

/**
 * Has an account's owner show anew who they are, before what whoever sits at their browser mustn't do: by their
 * password, and where two-factor authentication is on also by a code; or by a passkey, which stands for both.
 *
 * @param input the form, with `password` and `code`, or what a browser has answered by a `passkey`.
 * @param factors `one`: the password is enough, also where two-factor authentication is on.
 * @throws Refusal `invalid_input`, `wrong_password`, `wrong_code`, `code_used`, `passkey_not_verified`, `too_many_attempts`
 */
export async function proveOwner(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
  { factors = 'all' }: { factors?: 'all' | 'one' } = {},
): Promise<void> {
  const given = parseInput(proofSchema, input)
  if (given.passkey) return verifyOwnPasskey(owner.userId, given.passkey)
  const asksCode = factors === 'all' && (await hasTwoFactorOn(owner.userId))
  refuseMissing({
    password: given.password === '' && 'Enter your password.',
    code: asksCode && given.code.trim() === '' && 'Enter the code that your app shows, or a recovery code.',
  })
  await checkPassword(owner, given.password, 'password', passwords)
  if (!asksCode) return
  await takeCode(owner.userId, given.code, `session ${owner.sessionId}`)
  const connection = await database()
  await connection.update(sessions).set({ secondFactor: true }).where(eq(sessions.id, owner.sessionId))
}

function refuseMissing(missing: Record<string, string | false>): void {
  const found = Object.entries(missing).flatMap(([field, message]) => (message ? [[field, message] as const] : []))
  if (found.length === 0) return
  throw new Refusal({
    ...{ kind: 'invalid_input', type: 'invalid_input', message: found.map(([, message]) => message).join(' ') },
    fields: Object.fromEntries(found.map(([field, message]) => [field, [message]])),
  })
}
