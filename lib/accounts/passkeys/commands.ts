import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { database } from '@/db/client'
import { passkeys } from '@/db/schema/accounts'
import { databaseError } from '@/lib/platform/database-error'
import { lineOfText, parseInput, uuid } from '@/lib/platform/input'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { inTransaction } from '@/lib/platform/transaction'
import { queueNotice } from '../account/notice'
import { forgetFailures, limitAttempts } from '../auth/limit-attempts'
import { keepChallenge, takeChallenge } from '../proof/challenges'
import { endOthersWhereAsked, type Owner, type Passwords, refuseShared } from '../proof/own-account'
import { proveOwner } from '../proof/prove-owner'
import { asGiven, getRelyingParty, notVerified, verifyAnswer } from '../proof/verify-answer'
import { passkeyAddedMail } from './passkey-added-mail'

const nameSchema = z.object({ name: lineOfText('The name', 60) })

const base64url = z.string().max(20_000)
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])
const credential = { id: base64url, rawId: base64url, type: z.literal('public-key') }

/** What a browser answers; whether it's true, the library says. */
const registrationSchema = z.object({
  ...credential,
  clientExtensionResults: z.object({}).catch({}),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    // Those that are not known yet are left out.
    transports: z
      .array(z.unknown())
      .catch([])
      .transform((given) => given.flatMap((one) => transport.safeParse(one).data ?? [])),
  }),
})
/**
 * Begins with adding a passkey: gives what the browser is to make one by, in five minutes. The owner proves who
 * they are: whoever sits at somebody's browser would have a key to their account for good.
 *
 * @throws Refusal `invalid_input`, `passkeys_unavailable`, `forbidden`, and what `proveOwner` throws
 */
export async function beginPasskey(
  owner: Owner,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  refuseShared(owner)
  const { id: rpID } = getRelyingParty()
  const { name } = parseInput(nameSchema, input)
  await proveOwner(owner, input, passwords)
  const connection = await database()
  const known = await connection.select().from(passkeys).where(eq(passkeys.userId, owner.userId))
  const options = await generateRegistrationOptions({
    ...{ rpName: 'Keyholder', rpID, attestationType: 'none' },
    ...{ userID: handleOf(owner.userId), userName: owner.email, userDisplayName: owner.email },
    // One device has one of an account.
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: asGiven(transports),
    })),
    // It stands for the password and the second factor: so the device must know who holds it.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(options.challenge, { userId: owner.userId, name })
  return options
}

/**
 * Adds the passkey that the browser has made.
 *
 * @param response from the browser, so anything.
 * @param input the form, with its checkbox `end_others`.
 * @throws Refusal `invalid_input`, `passkey_not_verified`, `passkey_exists`, `passkeys_unavailable`, `forbidden`
 */
export async function addPasskey(owner: Owner, response: unknown, input: unknown = {}): Promise<void> {
  refuseShared(owner)
  const { id: expectedRPID, origin: expectedOrigin } = getRelyingParty()
  const given = parseInput(registrationSchema, response)
  let name = ''
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    ...{ response: given, expectedRPID, expectedOrigin, requireUserVerification: true },
    expectedChallenge: async (challenge) => {
      const purpose = await takeChallenge(challenge)
      name = purpose?.name ?? ''
      return purpose?.userId === owner.userId && name !== ''
    },
  }).catch(notVerified)
  if (!verified) throw notVerified()
  const { id: credentialId, publicKey, counter } = registrationInfo.credential
  try {
    await inTransaction(async (transaction) => {
      await transaction.insert(passkeys).values({
        ...{ id: uuidv7(), userId: owner.userId, name, credentialId, counter },
        publicKey: Buffer.from(publicKey).toString('base64url'),
        transports: given.response.transports,
      })
      await endOthersWhereAsked(transaction, owner, input)
      await queueNotice(transaction, owner.userId, 'passkey_added', await passkeyAddedMail({ to: owner.email }))
    })
  } catch (error) {
    if (databaseError(error)?.constraint !== 'passkeys_credential_id_unique') throw error
    throw new Refusal({ kind: 'conflict', type: 'passkey_exists', message: 'This passkey was added already.' })
  }
  logSecurityEvent('passkey.added', { user_id: owner.userId })
}

/**
 * Calls a passkey something else.
 *
 * @throws Refusal `invalid_input`, `passkey_not_found`, `forbidden`
 */
export async function renamePasskey(owner: Owner, passkeyId: unknown, input: unknown): Promise<void> {
  refuseShared(owner)
  const id = parseInput(uuid('passkey_id'), passkeyId)
  const { name } = parseInput(nameSchema, input)
  const connection = await database()
  const renamed = await connection.update(passkeys).set({ name }).where(isOwn(owner, id)).returning({ id: passkeys.id })
  if (renamed.length === 0) throw notFound('passkey')
}

/**
 * Removes a passkey: it signs nobody in any more. Sessions that it opened stay, unless the form asks to end them.
 *
 * @throws Refusal `invalid_input`, `passkey_not_found`, `forbidden`, and what `proveOwner` throws
 */
export async function removePasskey(
  owner: Owner,
  passkeyId: unknown,
  input: unknown,
  passwords: Pick<Passwords, 'verify'>,
): Promise<void> {
  refuseShared(owner)
  const id = parseInput(uuid('passkey_id'), passkeyId)
  await proveOwner(owner, input, passwords)
  await inTransaction(async (transaction) => {
    const removed = await transaction.delete(passkeys).where(isOwn(owner, id)).returning({ id: passkeys.id })
    if (removed.length === 0) throw notFound('passkey')
    await endOthersWhereAsked(transaction, owner, input)
  })
  logSecurityEvent('passkey.removed', { user_id: owner.userId })
}

/**
 * Begins with proving by a passkey who one is, before a change: gives what the browser is to answer, in five minutes.
 *
 * @throws Refusal `passkeys_unavailable`, `forbidden`
 */
export async function beginPasskeyProof(owner: Owner): Promise<PublicKeyCredentialRequestOptionsJSON> {
  refuseShared(owner)
  const { id: rpID } = getRelyingParty()
  const connection = await database()
  const own = await connection.select().from(passkeys).where(eq(passkeys.userId, owner.userId))
  const options = await generateAuthenticationOptions({
    ...{ rpID, userVerification: 'required' },
    allowCredentials: own.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: asGiven(transports),
    })),
  })
  await keepChallenge(options.challenge, { userId: owner.userId, name: null })
  return options
}

/** Whoever signs in is forgotten here: an office behind one address has as many tries as it has people. */
const ofChallenges = { freeFailures: 30, tooMany: 'Too many attempts to sign in with a passkey.' }
const challengesFor = (client: string) => `passkey challenges for ${client}`

/**
 * Begins with signing in by a passkey: gives what the browser is to answer, in five minutes. Which passkey,
 * the browser asks its owner; nothing here tells which accounts there are. Each is counted by where it is
 * asked for from: anybody may ask, and it is kept.
 *
 * @param client the address that the request comes from.
 * @throws Refusal `passkeys_unavailable`, `too_many_attempts`
 */
export async function beginPasskeySignIn(client: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { id: rpID } = getRelyingParty()
  await limitAttempts(challengesFor(client), async () => null, ofChallenges)
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' })
  await keepChallenge(options.challenge, { userId: null, name: null })
  return options
}

/**
 * Whose passkey it is that answered, and which; that it was used is kept, and what the client asked for
 * before is forgotten.
 *
 * @param response from the browser, so anything.
 * @param client the address that the request comes from.
 * @throws Refusal `invalid_input`, `passkey_unknown`, `passkey_not_verified`, `passkeys_unavailable`
 */
export async function checkPasskey(response: unknown, client: string): Promise<{ userId: string; passkeyId: string }> {
  const used = await verifyAnswer(response, (purpose) => purpose?.userId === null)
  await inTransaction((transaction) => forgetFailures(transaction, challengesFor(client)))
  return used
}

const isOwn = (owner: Owner, id: string) => and(eq(passkeys.userId, owner.userId), eq(passkeys.id, id))

/** By this a passkey knows whose it is; it tells nothing about them. */
const handleOf = (userId: string) => new TextEncoder().encode(userId)
