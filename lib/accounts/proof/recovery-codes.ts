import { randomInt, timingSafeEqual } from 'node:crypto'
import { hashPassword } from '../auth/password-hash'
import { runPasswordWork } from '../auth/password-work'

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

/** A recovery code as it was shown, however it was typed. */
export function asKept(typed: string): string {
  return written(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))
}

/**
 * The codes of one account as they're kept: hashed as passwords are, with one salt, so that a code is looked up by
 * one hash.
 *
 * @throws Refusal `server_busy`
 */
export async function hashRecoveryCodes([first, ...others]: string[]): Promise<string[]> {
  if (first === undefined) return []
  const like = await hashPassword(first)
  // One after the other: the worker threads are everybody's.
  const hashes = [like]
  for (const text of others) hashes.push(await runPasswordWork('hashLike', { text, like }))
  return hashes
}

/** Whether a kept code is hashed: older versions kept them as they were shown. */
export const isHashed = (kept: string) => kept.startsWith('$argon2')

/**
 * Which of the kept codes a code is; -1 where it's none of them.
 *
 * @throws Refusal `server_busy`
 */
export async function findRecoveryCode(kept: string[], code: string): Promise<number> {
  const salted = new Map(kept.filter(isHashed).map((one) => [one.slice(0, one.lastIndexOf('$')), one]))
  const hashes = [...salted.values()].map((like) => runPasswordWork('hashLike', { text: code, like }))
  const sought = [code, ...(await Promise.all(hashes))]
  return kept.findIndex((one) => sought.some((each) => isSame(one, each)))
}

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

const written = (characters: string) => `${characters.slice(0, half)}-${characters.slice(half)}`
