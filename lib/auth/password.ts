import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { z } from 'zod'

let estimator: ZxcvbnFactory | undefined

/** What comes to mind first at this product, beside what belongs to an account. */
const wordsOfKeyholder = [
  ...['keyholder', 'key holder', 'identity', 'identities', 'access', 'access system', 'door', 'entrance', 'credential'],
  ...['owner', 'manager', 'support', 'viewer', 'admin', 'harborview', 'seam'],
]

/** A score of 3: beyond what is guessed in a hundred million tries. */
const leastScore = 3

/**
 * Why a password is refused, or null. Looked up among those that are known from breaches, and their usual
 * variations, without asking anybody: the lists come with the library.
 *
 * @param about what everybody knows of its owner, such as their email address.
 */
export function whyWeak(password: string, about: string[]): string | null {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const words = [...about, ...wordsOfKeyholder]
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2)
  return estimator.check(password, words).score < leastScore
    ? 'This password is too easy to guess. Use several words that do not belong together.'
    : null
}

const [shortest, longest] = [10, 128]

/** A new password: 10 to 128 characters. Whether it is easy to guess, `refuseWeakPassword` says. */
export const newPassword = () =>
  z
    .string({ error: 'Enter a password.' })
    .min(shortest, { error: `The password must be at least ${shortest} characters long.` })
    .max(longest, { error: `The password must be at most ${longest} characters long.` })

/** For a form that has a new password: refuses it where it can be guessed, also from the form's other fields. */
export function refuseWeakPassword(
  given: { password: string } & Record<string, unknown>,
  context: z.RefinementCtx,
): void {
  const { password, ...others } = given
  // Why it is refused already, and it would take long to look at what is very long.
  if (password.length < shortest || password.length > longest) return
  const problem = whyWeak(
    password,
    Object.values(others).filter((value) => typeof value === 'string'),
  )
  if (problem) context.addIssue({ code: 'custom', path: ['password'], message: problem })
}
