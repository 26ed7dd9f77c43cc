import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, passkeys, users, verifications } from '@/db/schema/accounts'
import { mails } from '@/db/schema/mails'
import { softwareAuthenticator } from '@/lib/testing/software-authenticator'
import { race, refusalOf } from '@/lib/testing/test-data'
import { changePassword } from '../account/commands'
import { demoManagerEmail } from '../auth/demo-sign-in'
import {
  addPasskey,
  beginPasskey,
  beginPasskeyProof,
  beginPasskeySignIn,
  checkPasskey,
  removePasskey,
  renamePasskey,
} from './commands'
import { listPasskeys } from './queries'

const passwords = { verify: async ({ hash, password }: { hash: string; password: string }) => hash === password }
const password = 'trombone saddle 91'
const input = { name: ' Work laptop ', password }

async function addAccount() {
  const connection = await database()
  const userId = uuidv7()
  const email = `${userId}@example.com`
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection
    .insert(accounts)
    .values({ id: uuidv7(), userId, accountId: userId, providerId: 'credential', password })
  return { userId, email, sessionId: uuidv7() }
}

type Owner = Awaited<ReturnType<typeof addAccount>>
let owner: Owner
let device: ReturnType<typeof softwareAuthenticator>
let client: string
beforeEach(async () => {
  client = uuidv7()
  vi.stubEnv('BASE_URL', 'https://keyholder.example')
  owner = await addAccount()
  device = softwareAuthenticator({ origin: 'https://keyholder.example', rpId: 'keyholder.example' })
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const begin = (who = owner) => beginPasskey(who, input, passwords)
async function add(who = owner, authenticator = device) {
  await addPasskey(who, authenticator.make(await begin(who)))
}
const endAllChallenges = async () => (await database()).update(verifications).set({ expiresAt: sql`now()` })
const notVerified = { kind: 'unauthenticated', type: 'passkey_not_verified' }

describe('adding a passkey', () => {
  test('names it, and a device that has one makes no second', async () => {
    await add()
    expect(await listPasskeys(owner.userId)).toMatchObject([{ name: 'Work laptop', lastUsedAt: null }])
    const options = await begin()
    expect(options.excludeCredentials).toMatchObject([{ transports: ['internal'] }])
    expect(options).toMatchObject({
      rp: { id: 'keyholder.example' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect(await refusalOf(addPasskey(owner, device.make(options)))).toMatchObject({ type: 'passkey_exists' })
  })

  test('asks for a name and the password, which is not guessed', async () => {
    const wrong = (given: object) => refusalOf(beginPasskey(owner, { ...input, ...given }, passwords))
    expect(await wrong({ name: ' ' })).toMatchObject({ fields: { name: expect.anything() } })
    for (let failure = 1; failure <= 5; failure++) {
      expect(await wrong({ password: 'guess' })).toMatchObject({ type: 'wrong_password' })
    }
    expect(await refusalOf(begin())).toMatchObject({ kind: 'too_many' })
  })

  test('happens once for each challenge, in five minutes, and for whom it was given to', async () => {
    const made = device.make(await begin())
    const stranger = await addAccount()
    const strangers = device.make(await begin())
    expect(await refusalOf(addPasskey(stranger, strangers))).toMatchObject(notVerified)
    const late = device.make(await begin())
    await endAllChallenges()
    for (const response of [made, late]) expect(await refusalOf(addPasskey(owner, response))).toMatchObject(notVerified)
    expect(await refusalOf(addPasskey(owner, device.make({ challenge: 'mine', user: { id: '' } })))).toMatchObject(
      notVerified,
    )
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1')
    vi.stubEnv('MAIL_FROM', 'keyholder@example.com')
    const again = device.make(await begin())
    const { winners } = await race([addPasskey(owner, again), addPasskey(owner, again), addPasskey(owner, again)])
    expect(winners).toBe(1)
    expect(await listPasskeys(owner.userId)).toHaveLength(1)
    // Of which its owner is told.
    expect(await (await database()).$count(mails, eq(mails.subjectId, owner.userId))).toBe(1)
  })

  test.each<[string, Parameters<typeof device.make>[1]]>([
    ['of another origin', { origin: 'https://keyholder.evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['of a device that does not know its owner', { isVerified: false }],
  ])('%s is refused', async (_what, wrong) => {
    expect(await refusalOf(addPasskey(owner, device.make(await begin(), wrong)))).toMatchObject(notVerified)
    expect(await listPasskeys(owner.userId)).toEqual([])
  })

  test.each([null, 'x', {}, { id: 7 }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }])(
    'by %j is refused',
    async (response) => {
      expect(await refusalOf(addPasskey(owner, response))).toMatchObject({ kind: 'invalid_input' })
      expect(await refusalOf(checkPasskey(response, client))).toMatchObject({ kind: 'invalid_input' })
    },
  )
})

describe('signing in', () => {
  beforeEach(() => add())

  test('tells whose passkey it is, and keeps that it was used', async () => {
    const options = await beginPasskeySignIn(client)
    expect(options).toMatchObject({ rpId: 'keyholder.example', userVerification: 'required' })
    expect(options.allowCredentials ?? []).toEqual([])
    const used = await checkPasskey(device.answer(options), client)
    const [passkey] = await listPasskeys(owner.userId)
    expect(passkey?.lastUsedAt).toEqual(expect.any(String))
    expect(used).toEqual({ userId: owner.userId, passkeyId: passkey?.passkeyId })
  })

  test('by the same answer several times at once happens once', async () => {
    const answer = device.answer(await beginPasskeySignIn(client))
    const { winners, refusals } = await race([1, 2, 3, 4].map(() => checkPasskey(answer, client)))
    expect(winners).toBe(1)
    for (const refusal of refusals) expect(refusal).toMatchObject(notVerified)
  })

  test.each<[string, Parameters<typeof device.answer>[1]]>([
    ['another origin', { origin: 'https://keyholder.evil.example' }],
    ['another host', { rpId: 'evil.example' }],
    ['a device that does not know its owner', { isVerified: false }],
    ['another account', { userHandle: Buffer.from(uuidv7()).toString('base64url') }],
  ])('by an answer of %s is refused', async (_what, wrong) => {
    expect(await refusalOf(checkPasskey(device.answer(await beginPasskeySignIn(client), wrong), client))).toMatchObject(
      notVerified,
    )
    expect(await listPasskeys(owner.userId)).toMatchObject([{ lastUsedAt: null }])
  })

  test('by a challenge that is out of date, made up, or was given out to add one, is refused', async () => {
    const late = device.answer(await beginPasskeySignIn(client))
    await endAllChallenges()
    const toAdd = await begin()
    for (const answer of [late, device.answer({ challenge: 'mine' }), device.answer(toAdd)]) {
      expect(await refusalOf(checkPasskey(answer, client))).toMatchObject(notVerified)
    }
  })

  test('by a copy, whose count does not grow, is refused', async () => {
    const count = async (counter: number) =>
      checkPasskey(device.answer(await beginPasskeySignIn(client), { counter }), client)
    await count(2)
    expect(await refusalOf(count(2))).toMatchObject(notVerified)
    expect(await refusalOf(count(1))).toMatchObject(notVerified)
    await count(3)
  })

  test('by another device that claims to have it is refused', async () => {
    const impostor = softwareAuthenticator({ origin: 'https://keyholder.example', rpId: 'keyholder.example' })
    const { id } = device.answer({ challenge: '' })
    const answer = { ...impostor.answer(await beginPasskeySignIn(client)), id, rawId: id }
    expect(await refusalOf(checkPasskey(answer, client))).toMatchObject(notVerified)
  })

  test('by one that was removed is refused', async () => {
    const [passkey] = await listPasskeys(owner.userId)
    await removePasskey(owner, passkey?.passkeyId, input, passwords)
    expect(await refusalOf(checkPasskey(device.answer(await beginPasskeySignIn(client)), client))).toMatchObject({
      kind: 'unauthenticated',
      type: 'passkey_unknown',
    })
  })
})

describe('proving who one is', () => {
  beforeEach(() => add())
  const all = { ...passwords, hash: async (given: string) => given }
  const changeBy = (response: unknown) =>
    changePassword(owner, { passkey: JSON.stringify(response), new_password: 'walnut harbour violin' }, all)

  test('by a passkey stands for password and code, once', async () => {
    const answer = device.answer(await beginPasskeyProof(owner))
    await changeBy(answer)
    expect(await refusalOf(changeBy(answer))).toMatchObject(notVerified)
  })

  test('by another account’s passkey, or by a challenge for something else, is refused', async () => {
    const stranger = await addAccount()
    const strangers = softwareAuthenticator({ origin: 'https://keyholder.example', rpId: 'keyholder.example' })
    await add(stranger, strangers)
    const answers = [
      strangers.answer(await beginPasskeyProof(owner)),
      strangers.answer(await beginPasskeyProof(stranger)),
      device.answer(await beginPasskeyProof(stranger)),
      device.answer(await beginPasskeySignIn(client)),
      device.answer(await begin()),
    ]
    for (const answer of answers) expect(await refusalOf(changeBy(answer))).toMatchObject(notVerified)
    const forProof = device.answer(await beginPasskeyProof(owner))
    expect(await refusalOf(checkPasskey(forProof, client))).toMatchObject(notVerified)
    expect(
      await refusalOf(addPasskey(owner, device.make({ ...(await beginPasskeyProof(owner)), user: { id: '' } }))),
    ).toMatchObject(notVerified)
  })
})

test('challenges are limited by who asks, until somebody there has signed in, and none that is over is kept', async () => {
  await add()
  for (let asked = 1; asked < 30; asked++) await beginPasskeySignIn(client)
  await checkPasskey(device.answer(await beginPasskeySignIn('elsewhere')), 'elsewhere')
  const last = await beginPasskeySignIn(client)
  expect(await refusalOf(beginPasskeySignIn(client))).toMatchObject({
    type: 'too_many_attempts',
    message: expect.stringContaining('Too many attempts to sign in with a passkey. Wait 30 seconds'),
  })
  await beginPasskeySignIn('elsewhere')
  await checkPasskey(device.answer(last), client)
  await endAllChallenges()
  await beginPasskeySignIn(client)
  expect(await (await database()).$count(verifications)).toBe(1)
})

test('is renamed and removed by its owner alone', async () => {
  await add()
  const stranger = await addAccount()
  const [passkey] = await listPasskeys(owner.userId)
  const id = passkey?.passkeyId
  for (const attempt of [
    () => renamePasskey(stranger, id, { name: 'X' }),
    () => removePasskey(stranger, id, input, passwords),
  ]) {
    expect(await refusalOf(attempt())).toMatchObject({ kind: 'not_found', type: 'passkey_not_found' })
  }
  expect(await refusalOf(renamePasskey(owner, id, { name: '\t' }))).toMatchObject({
    fields: { name: expect.anything() },
  })
  await renamePasskey(owner, id, { name: 'Phone' })
  expect(await listPasskeys(owner.userId)).toMatchObject([{ name: 'Phone' }])
  const { winners } = await race([
    removePasskey(owner, id, input, passwords),
    removePasskey(owner, id, input, passwords),
  ])
  expect(winners).toBe(1)
  expect(await (await database()).$count(passkeys, eq(passkeys.userId, owner.userId))).toBe(0)
})

test('there are none for the account that everybody shares, nor at an address without a name', async () => {
  const demo = { ...owner, email: demoManagerEmail }
  for (const attempt of [
    () => beginPasskey(demo, input, passwords),
    () => addPasskey(demo, {}),
    () => renamePasskey(demo, uuidv7(), input),
    () => removePasskey(demo, uuidv7(), input, passwords),
  ]) {
    expect(await refusalOf(attempt())).toMatchObject({ kind: 'forbidden' })
  }
  for (const baseUrl of ['http://192.0.2.1:3000', 'http://[::1]:3000']) {
    vi.stubEnv('BASE_URL', baseUrl)
    expect(await refusalOf(begin())).toMatchObject({ type: 'passkeys_unavailable' })
    expect(await refusalOf(beginPasskeySignIn(client))).toMatchObject({ type: 'passkeys_unavailable' })
  }
})
