/* Runs on a thread of its own: scoring and hashing take long, and requests must not wait for them. */
import { verifyPassword as verifyScrypt } from '@better-auth/utils/password'
import { hash as hashArgon2, verify as verifyArgon2 } from '@node-rs/argon2'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** Only tests run so: the server sets its own NODE_ENV as it starts. */
const isTest = process.env.NODE_ENV === 'test'
/** Argon2id with twice the work of OWASP's first recommendation (46 MiB, one pass). */
const cost = { algorithm: 2, memoryCost: isTest ? 1024 : 47_104, timeCost: isTest ? 1 : 2, parallelism: 1 }
const currentPrefix = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`

/** Scoring takes more than twice as long for twice the length, so a long password is looked at in parts. */
const longestScored = 48
const strongEnough = 3

/** @type {ZxcvbnFactory | undefined} */
let estimator

/**
 * How hard a password is to guess, from 0 to 4. A long one is at least as hard as its hardest part.
 *
 * @param {{ password: string, words: string[] }} given
 */
export function score({ password, words }) {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const start = estimator.check(password.slice(0, longestScored), words).score
  if (password.length <= longestScored || start >= strongEnough) return start
  return Math.max(start, estimator.check(password.slice(-longestScored), words).score)
}

/** @param {string} password */
export function hash(password) {
  return hashArgon2(asCompared(password), cost)
}

/**
 * The hash with the salt and the cost of another one: equal texts give equal hashes.
 *
 * @param {{ text: string, like: string }} given
 */
export function hashLike({ text, like }) {
  const [, , , costs = '', salt = ''] = like.split('$')
  const [memoryCost, timeCost, parallelism] = (costs.match(/\d+/g) ?? []).map(Number)
  return hashArgon2(text, { ...cost, memoryCost, timeCost, parallelism, salt: Buffer.from(salt, 'base64') })
}

/**
 * Compares a password with its hash, which is outdated where it was made at another cost than today's.
 *
 * @param {{ hash: string, password: string }} given
 * @returns {Promise<{ isRight: boolean, isOutdated: boolean }>}
 */
export async function verify({ hash: kept, password }) {
  const isRight = kept.startsWith('$argon2')
    ? await verifyArgon2(kept, asCompared(password))
    : await verifyScrypt(kept, password)
  return { isRight, isOutdated: !kept.startsWith(currentPrefix) }
}

/**
 * The form in which the older hashes were made, and that NIST SP 800-63B recommends: keyboards differ.
 *
 * @param {string} password
 */
function asCompared(password) {
  return password.normalize('NFKC')
}
