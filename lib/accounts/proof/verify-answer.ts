import { type AuthenticatorTransportFuture, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { passkeys } from '@/db/schema/accounts'
import { parseInput } from '@/lib/platform/input'
import { Refusal } from '@/lib/platform/refusals'
import { type Purpose, takeChallenge } from './challenges'
import { relyingParty } from './relying-party'

const base64url = z.string().max(20_000)

/** What a browser answers; whether it's true, the library says. */
const authenticationSchema = z.object({
  ...{ id: base64url, rawId: base64url, type: z.literal('public-key') },
  clientExtensionResults: z.object({}).catch({}),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
})

/**
 * Whose passkey it is that answered, and which; that it was used is kept.
 *
 * @param response from the browser, so anything.
 * @param isExpected whether the challenge was given out for this.
 * @throws Refusal `invalid_input`, `passkey_unknown`, `passkey_not_verified`, `passkeys_unavailable`
 */
export async function verifyAnswer(
  response: unknown,
  isExpected: (purpose: Purpose | null) => boolean,
): Promise<{ userId: string; passkeyId: string }> {
  const { id: expectedRPID, origin: expectedOrigin } = getRelyingParty()
  const given = parseInput(authenticationSchema, response)
  const connection = await database()
  const [passkey] = await connection.select().from(passkeys).where(eq(passkeys.credentialId, given.id))
  if (!passkey) {
    const message = 'This passkey is not known here: it was removed. Sign in with your password.'
    throw new Refusal({ kind: 'unauthenticated', type: 'passkey_unknown', message })
  }
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    ...{ response: given, expectedRPID, expectedOrigin, requireUserVerification: true },
    expectedChallenge: async (challenge) => isExpected(await takeChallenge(challenge)),
    credential: {
      ...{ id: passkey.credentialId, counter: passkey.counter, transports: asGiven(passkey.transports) },
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
    },
  }).catch(notVerified)
  const handle = given.response.userHandle
  const isTheirs = !handle || Buffer.from(handle, 'base64url').toString() === passkey.userId
  if (!verified || !isTheirs) throw notVerified()
  const [used] = await connection
    .update(passkeys)
    .set({ counter: authenticationInfo.newCounter, lastUsedAt: sql`now()` })
    // A number that was used meanwhile does not count twice, and a passkey that was removed not at all.
    .where(and(eq(passkeys.id, passkey.id), eq(passkeys.counter, passkey.counter)))
    .returning({ userId: passkeys.userId, passkeyId: passkeys.id })
  if (!used) throw notVerified()
  return used
}

/**
 * Checks that a passkey of this very account answered, to a challenge that was given out for it.
 *
 * @param answer JSON, from a form, so anything.
 * @throws Refusal `invalid_input`, `passkey_unknown`, `passkey_not_verified`, `passkeys_unavailable`
 */
export async function verifyOwnPasskey(ownerId: string, answer: string): Promise<void> {
  const isOwn = (purpose: Purpose | null) => purpose?.userId === ownerId && purpose.name === null
  const { userId } = await verifyAnswer(asJson(answer), isOwn)
  if (userId !== ownerId) throw notVerified()
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The transports of a passkey, as the library names them. */
export const asGiven = (transports: string[]) => transports as AuthenticatorTransportFuture[]

/**
 * Whom passkeys are made for.
 *
 * @throws Refusal `passkeys_unavailable`
 */
export function getRelyingParty() {
  const party = relyingParty()
  if (party) return party
  const message = 'Passkeys need an address with a name, not a number: set BASE_URL, and visit Keyholder there.'
  throw new Refusal({ kind: 'conflict', type: 'passkeys_unavailable', message })
}

/** @throws Refusal `passkey_not_verified` */
export function notVerified(): never {
  const message = 'The passkey could not be checked: too much time has passed, or it is for another address. Try again.'
  throw new Refusal({ kind: 'unauthenticated', type: 'passkey_not_verified', message })
}
