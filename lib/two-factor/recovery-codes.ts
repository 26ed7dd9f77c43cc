import { randomInt } from 'node:crypto'

/** How many recovery codes there are at first. */
const recoveryCodeCount = 10

/** Ten characters of 31, without those that are read for others: 49 random bits. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const half = 5

/** New recovery codes, such as `k7m2p-x4qhd`. */
export function generateRecoveryCodes(): string[] {
  const character = () => alphabet[randomInt(alphabet.length)]
  return Array.from({ length: recoveryCodeCount }, () => written(Array.from({ length: 2 * half }, character).join('')))
}

/** A recovery code as it is kept, however it was typed. */
export function asKept(typed: string): string {
  return written(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))
}

const written = (characters: string) => `${characters.slice(0, half)}-${characters.slice(half)}`
