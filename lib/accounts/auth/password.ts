import { z } from 'zod'
import { invalidInput } from '@/lib/platform/refusals'
import { runPasswordWork } from './password-work'

/** What comes to mind first at this product, beside what belongs to an account. */
const wordsOfKeyholder = [
  ...['keyholder', 'key holder', 'identity', 'identities', 'access', 'access system', 'door', 'entrance', 'credential'],
  ...['owner', 'manager', 'support', 'viewer', 'admin', 'harborview', 'seam'],
]

/** A score of 3: beyond what is guessed in a hundred million tries. */
const leastScore = 3

const [shortest, longest] = [10, 128]

/** A new password: 10 to 128 characters. Whether it can be guessed, `refuseWeakPassword` says. */
export const newPassword = () =>
  z
    .string({ error: 'Enter a password.' })
    .min(shortest, { error: `The password must be at least ${shortest} characters long.` })
    .max(longest, { error: `The password must be at most ${longest} characters long.` })

/**
 * Refuses a password that can be guessed: one known from breaches, or a usual variation. The lists come with a
 * library, so nobody is asked. It takes long: call it after everything cheaper has been checked.
 *
 * @param about what everybody knows of its owner, such as their email address.
 * @param field where it was typed.
 * @throws Refusal `invalid_input`, `server_busy`
 */
export async function refuseWeakPassword(password: string, about: string[], field = 'password'): Promise<void> {
  const words = [...about, ...wordsOfKeyholder]
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2)
  if ((await runPasswordWork('score', { password, words })) >= leastScore) return
  throw invalidInput('This password is too easy to guess. Use several words that do not belong together.', field)
}
