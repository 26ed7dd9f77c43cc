import { randomBytes } from 'node:crypto'
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { encode } from 'uqr'
import type { AuthenticatorSetup } from './two-factor'

const stepMilliseconds = 30_000

/** A new key to share with an authenticator app: 160 random bits, as RFC 4226 recommends, in base32. */
export function generateKey(): string {
  return base32.encode(randomBytes(20), { padding: false })
}

/** The setup of an authenticator app for a key; the app shows whose account it is. */
export function setupOf(key: string, email: string): AuthenticatorSetup {
  return setupFor(createOTP(base32.decode(key)).url('Keyholder', email), key)
}

/**
 * A setup again, of its own address, which a form gives back where it was refused; null for what is none.
 *
 * @param address from a form, so anything.
 */
export function setupAgain(address: unknown): AuthenticatorSetup | null {
  const match = /^otpauth:\/\/totp\/Keyholder:[^?]{1,800}\?secret=([A-Z2-7]{16,128})&[\w=&]{1,80}$/.exec(
    String(address),
  )
  return match?.[1] ? setupFor(match[0], match[1]) : null
}

function setupFor(address: string, key: string): AuthenticatorSetup {
  const { data, size } = encode(address, { border: 2, ecc: 'M' })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
  return { address, key: key.replace(/.{4}(?=.)/g, '$& '), qr: { path: squares.join(''), size } }
}

/**
 * The step, counted in half minutes from 1970, whose code this is: the present one, the one before, for who
 * types slowly, or the one after, for clocks that are fast; null where it is none of theirs (RFC 6238, 5.2).
 */
export async function stepOfCode(key: string, code: string, now: number): Promise<number | null> {
  const present = Math.floor(now / stepMilliseconds)
  const otp = createOTP(base32.decode(key))
  for (const step of [present, present - 1, present + 1]) {
    if ((await otp.hotp(step)) === code) return step
  }
  return null
}
