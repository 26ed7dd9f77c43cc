import { createHash, randomBytes } from 'node:crypto'

/** For how many minutes a link works. */
export const resetMinutes = 60

/** A new link's secret: 256 random bits, as they stand in its address. */
export function generateResetToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The hash by which a link is found: SHA-256, hexadecimal. The secret is random enough to need no salt.
 *
 * @param token from a link or an action's arguments, so anything.
 */
export function hashResetToken(token: unknown): string {
  return createHash('sha256').update(String(token)).digest('hex')
}
