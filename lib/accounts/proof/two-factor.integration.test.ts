import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, sessions, twoFactors, users } from '@/db/schema/accounts'
import { mails } from '@/db/schema/mails'
import { encrypt } from '@/lib/platform/encryption/encrypt-text'
import { race, refusalOf } from '@/lib/testing/test-data'
import { changePassword, changeProfile } from '../account/commands'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { beginPasskey, removePasskey } from '../passkeys/commands'
import {
  beginTwoFactor,
  confirmTwoFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  signInByCode,
  signInByRecoveryCode,
  turnOffTwoFactor,
} from '../two-factor/commands'
import { hashKeptRecoveryCodes } from '../two-factor/hash-kept-codes'
import { twoFactorStatusOf } from '../two-factor/queries'
import { checkPassword } from './own-account'
import { recoveryCodesIn } from './take-code'

const passwords = { verify: async ({ hash, password }: { hash: string; password: string }) => hash === password }
const right = { password: 'trombone saddle 91' }

async function addAccount(email = `${uuidv7()}@example.com`) {
  const connection = await database()
  const userId = uuidv7()
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection
    .insert(accounts)
    .values({ id: uuidv7(), userId, accountId: userId, providerId: 'credential', ...right })
  const sessionId = uuidv7()
  await connection.insert(sessions).values({ id: sessionId, token: sessionId, userId, expiresAt: new Date(4e12) })
  return { userId, email, sessionId }
}

// The half minute shall not end in the middle of a test.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(() => {
  vi.useRealTimers()
})

let owner: Awaited<ReturnType<typeof addAccount>>
beforeEach(async () => {
  owner = await addAccount()
})

/** The code that an app shows; `steps`: how many half minutes from now. */
const codeOf = (key: string, steps = 0) =>
  createOTP(base32.decode(key.replaceAll(' ', ''))).hotp(Math.floor(Date.now() / 30_000) + steps)

const begin = () => beginTwoFactor(owner, right, passwords)
async function turnOn() {
  const { key } = await begin()
  const recoveryCodes = await confirmTwoFactor(owner, { code: await codeOf(key) })
  return { key, recoveryCodes }
}
const rowOf = async () =>
  (await (await database()).select().from(twoFactors).where(eq(twoFactors.userId, owner.userId)))[0]
const userOf = async () => (await (await database()).select().from(users).where(eq(users.id, owner.userId)))[0]
const off = { isOn: false, recoveryCodesLeft: 0 }

test('turning it on and off is told by mail, once each', async () => {
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:2525')
  vi.stubEnv('MAIL_FROM', 'keyholder@example.com')
  const queued = async () => (await database()).$count(mails, eq(mails.subjectId, owner.userId))
  await begin()
  expect(await queued()).toBe(0)
  const { recoveryCodes } = await turnOn()
  expect(await queued()).toBe(1)
  await turnOffTwoFactor(owner, { ...right, code: recoveryCodes[0] }, passwords)
  await refusalOf(turnOffTwoFactor(owner, right, passwords))
  expect(await queued()).toBe(2)
  vi.unstubAllEnvs()
})

test('who runs the server turns it off for who is locked out, who is signed out and told', async () => {
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:2525')
  vi.stubEnv('MAIL_FROM', 'keyholder@example.com')
  const stranger = await addAccount()
  const { key } = await turnOn()
  const guess = () => refusalOf(signInByCode(owner.userId, { code: '000000' }))
  for (let failure = 1; failure <= 5; failure++) await guess()
  expect(await guess()).toMatchObject({ kind: 'too_many' })
  const reset = { email: owner.email.toUpperCase(), passkeys: false }
  expect(await resetSecondFactor(reset)).toEqual({ wasOn: true, passkeysRemoved: 0 })
  expect(await userOf()).toMatchObject({ twoFactorEnabled: false })
  expect(await rowOf()).toBeUndefined()
  const connection = await database()
  expect(await connection.$count(sessions, eq(sessions.userId, owner.userId))).toBe(0)
  expect(await connection.$count(sessions, eq(sessions.userId, stranger.userId))).toBe(1)
  // One of turning it on, one of this.
  expect(await connection.$count(mails, eq(mails.subjectId, owner.userId))).toBe(2)
  const code = await codeOf(key)
  expect(await refusalOf(signInByCode(owner.userId, { code }))).toMatchObject({ type: 'wrong_code' })
  for (const [input, why] of [
    [reset, 'has no two-factor authentication on'],
    [{ ...reset, passkeys: true }, 'neither two-factor authentication on nor a passkey'],
    [{ ...reset, email: 'nobody@example.com' }, 'Nobody signs in with'],
    [{ ...reset, email: 'no address' }, 'Enter an email address'],
    [null, ''],
  ] as const) {
    const refused = { kind: 'invalid_input', message: expect.stringContaining(why) }
    expect(await refusalOf(resetSecondFactor(input))).toMatchObject(refused)
  }
  vi.unstubAllEnvs()
})

describe('turning on', () => {
  test('counts once a code of the app is confirmed', async () => {
    const { key } = await begin()
    expect(await twoFactorStatusOf(owner.userId)).toEqual(off)
    expect(await userOf()).toMatchObject({ twoFactorEnabled: false })
    const present = await codeOf(key)
    const wrong = present === '000000' ? '000001' : '000000'
    for (const code of [wrong, '12345', '', 'abcdef', undefined]) {
      expect(await refusalOf(confirmTwoFactor(owner, { code }))).toMatchObject({
        kind: 'invalid_input',
        fields: { code: expect.anything() },
      })
    }
    expect(await twoFactorStatusOf(owner.userId)).toEqual(off)
    const codes = await confirmTwoFactor(owner, { code: ` ${present.slice(0, 3)} ${present.slice(3)} ` })
    expect(codes).toHaveLength(10)
    expect(await twoFactorStatusOf(owner.userId)).toEqual({ isOn: true, recoveryCodesLeft: 10 })
    expect(await userOf()).toMatchObject({ twoFactorEnabled: true })
    expect(await (await database()).$count(sessions, eq(sessions.userId, owner.userId))).toBe(1)
  })

  test('keeps neither the key nor a recovery code as it is', async () => {
    const { key, recoveryCodes } = await turnOn()
    const kept = JSON.stringify(await rowOf())
    for (const secret of [key.replaceAll(' ', ''), key, ...recoveryCodes]) expect(kept).not.toContain(secret)
  })

  test('begun again gives another key, and the first does not count any more', async () => {
    const [first, second] = [await begin(), await begin()]
    expect(first.key).not.toBe(second.key)
    expect(await refusalOf(confirmTwoFactor(owner, { code: await codeOf(first.key) }))).toMatchObject({
      type: 'wrong_code',
    })
    const [code] = await confirmTwoFactor(owner, { code: await codeOf(second.key) })
    const again = beginTwoFactor(owner, { ...right, code }, passwords)
    expect(await refusalOf(again)).toMatchObject({ kind: 'conflict', type: 'two_factor_is_on' })
    expect(await refusalOf(confirmTwoFactor(owner, { code: '123456' }))).toMatchObject({ type: 'two_factor_is_on' })
  })

  test('begun twice at once leaves one key, and confirmed twice at once gives recovery codes once', async () => {
    const [first, second] = await Promise.all([begin(), begin()])
    const keys = [first?.key ?? '', second?.key ?? '']
    const attempts = await Promise.all(keys.flatMap(async (key) => codeOf(key)))
    const { winners } = await race([...attempts, ...attempts].map((code) => confirmTwoFactor(owner, { code })))
    expect(winners).toBe(1)
    expect(await twoFactorStatusOf(owner.userId)).toEqual({ isOn: true, recoveryCodesLeft: 10 })
  })

  test('without having begun is refused', async () => {
    expect(await refusalOf(confirmTwoFactor(owner, { code: '123456' }))).toMatchObject({ type: 'two_factor_not_begun' })
  })
})

describe('the password', () => {
  test.each<[string, (input: unknown) => Promise<unknown>]>([
    ['begins', (input) => beginTwoFactor(owner, input, passwords)],
    ['makes new recovery codes', (input) => renewRecoveryCodes(owner, input, passwords)],
    ['turns off', (input) => turnOffTwoFactor(owner, input, passwords)],
  ])('is asked for before one %s, and not guessed', async (what, act) => {
    const code = what === 'begins' ? undefined : await codeOf((await turnOn()).key, 1)
    const before = [await rowOf(), await userOf()]
    expect(await refusalOf(act({}))).toMatchObject({ kind: 'invalid_input', fields: { password: expect.anything() } })
    const guess = () => refusalOf(act({ password: 'guess', code }))
    for (let failure = 1; failure <= 5; failure++) {
      expect(await guess()).toMatchObject({ type: 'wrong_password', fields: { password: expect.anything() } })
    }
    expect(await refusalOf(act({ ...right, code }))).toMatchObject({ kind: 'too_many' })
    expect([await rowOf(), await userOf()]).toEqual(before)
  })

  test('renews the recovery codes, of which the old ones are gone', async () => {
    const { key, recoveryCodes } = await turnOn()
    const renewed = await renewRecoveryCodes(owner, { ...right, code: await codeOf(key, 1) }, passwords)
    expect(renewed.filter((code) => recoveryCodes.includes(code))).toEqual([])
    expect(await twoFactorStatusOf(owner.userId)).toEqual({ isOn: true, recoveryCodesLeft: 10 })
  })

  test('turns off once, and all is forgotten', async () => {
    const { key, recoveryCodes } = await turnOn()
    const codes = [await codeOf(key, 1), recoveryCodes[0]]
    const { winners } = await race(codes.map((code) => turnOffTwoFactor(owner, { ...right, code }, passwords)))
    expect(winners).toBe(1)
    expect(await refusalOf(turnOffTwoFactor(owner, right, passwords))).toMatchObject({ type: 'two_factor_is_off' })
    expect(await rowOf()).toBeUndefined()
    expect(await userOf()).toMatchObject({ twoFactorEnabled: false })
    expect(await refusalOf(renewRecoveryCodes(owner, right, passwords))).toMatchObject({ type: 'two_factor_is_off' })
  })
})

describe('a second factor that is on', () => {
  const changes: [string, (input: object) => Promise<unknown>][] = [
    ['turns off', (input) => turnOffTwoFactor(owner, input, passwords)],
    ['makes new recovery codes', (input) => renewRecoveryCodes(owner, input, passwords)],
    [
      'changes the password',
      (input) => changePassword(owner, { new_password: 'walnut harbour violin', ...input }, all),
    ],
    [
      'changes the address',
      (input) => changeProfile(owner, { name: 'X', email: `${uuidv7()}@example.com`, ...input }, all),
    ],
    ['begins with a passkey', (input) => beginPasskey(owner, { name: 'Laptop', ...input }, passwords)],
    ['removes a passkey', (input) => removePasskey(owner, uuidv7(), input, passwords)],
  ]
  const all = { ...passwords, hash: async (password: string) => password }
  test.each(changes)('is asked for before one %s: the password alone is not enough', async (_what, change) => {
    const { recoveryCodes } = await turnOn()
    for (const [code, type] of [
      ['', 'invalid_input'],
      ['12345', 'invalid_input'],
      ['k7m2p-x4qhd', 'wrong_code'],
    ]) {
      const refused = { kind: 'invalid_input', type, fields: { code: expect.anything() } }
      expect(await refusalOf(change({ ...right, code }))).toMatchObject(refused)
    }
    expect(await twoFactorStatusOf(owner.userId)).toEqual({ isOn: true, recoveryCodesLeft: 10 })
    const outcome = await refusalOf(change({ ...right, code: recoveryCodes[0] })).catch(() => 'done')
    expect(outcome).not.toMatchObject({ fields: { code: expect.anything() } })
  })

  test('does not count for sessions that the password had opened before; they end where that is asked for', async () => {
    const connection = await database()
    const addSession = async () => {
      const id = uuidv7()
      await connection.insert(sessions).values({ id, token: id, userId: owner.userId, expiresAt: new Date(4e12) })
      return id
    }
    const other = await addSession()
    const { key } = await begin()
    const [, , third] = await confirmTwoFactor(owner, { code: await codeOf(key) })
    const countOf = async (id: string) =>
      (await connection.select().from(sessions).where(eq(sessions.id, id)))[0]?.secondFactor
    expect([await countOf(owner.sessionId), await countOf(other)]).toEqual([true, false])
    // Who shows a code later has shown it in that session too.
    await renewRecoveryCodes({ ...owner, sessionId: other }, { ...right, code: third }, passwords)
    expect(await countOf(other)).toBe(true)
    await turnOffTwoFactor(owner, { ...right, code: await codeOf(key, 1), end_others: 'on' }, passwords)
    expect([await countOf(owner.sessionId), await countOf(other)]).toEqual([true, undefined])
  })
})

describe('recovery codes', () => {
  const keptNow = async () => recoveryCodesIn((await rowOf()) ?? { backupCodes: '' })

  test('are kept as slow hashes, and each works once', async () => {
    const { recoveryCodes } = await turnOn()
    for (const kept of await keptNow()) expect(kept).toMatch(/^\$argon2id\$/)
    const [first = ''] = recoveryCodes
    const signIn = () => signInByRecoveryCode(owner.userId, { code: first })
    const { winners } = await race([signIn(), signIn()])
    expect(winners).toBe(1)
    expect(await refusalOf(signIn())).toMatchObject({ type: 'wrong_code' })
    expect(await twoFactorStatusOf(owner.userId)).toEqual({ isOn: true, recoveryCodesLeft: 9 })
  })

  test('that an older version has kept are hashed, and go on working', async () => {
    const { recoveryCodes } = await turnOn()
    const connection = await database()
    const backupCodes = await encrypt(JSON.stringify(recoveryCodes))
    await connection.update(twoFactors).set({ backupCodes }).where(eq(twoFactors.userId, owner.userId))
    const [first = '', second = ''] = recoveryCodes
    await signInByRecoveryCode(owner.userId, { code: first })
    expect(await keptNow()).toEqual(recoveryCodes.slice(1))
    expect(await hashKeptRecoveryCodes()).toBeGreaterThan(0)
    for (const kept of await keptNow()) expect(kept).toMatch(/^\$argon2id\$/)
    const before = await rowOf()
    expect(await hashKeptRecoveryCodes()).toBe(0)
    expect(await rowOf()).toEqual(before)
    expect(await refusalOf(signInByRecoveryCode(owner.userId, { code: first }))).toMatchObject({ type: 'wrong_code' })
    await signInByRecoveryCode(owner.userId, { code: second })
    expect(await twoFactorStatusOf(owner.userId)).toMatchObject({ recoveryCodesLeft: 8 })
  })
})

describe('a code', () => {
  test('that turned on does not also sign in; the next one does, once, and then no older one', async () => {
    const { key } = await turnOn()
    const signIn = async (steps: number) => signInByCode(owner.userId, { code: await codeOf(key, steps) })
    expect(await refusalOf(signIn(0))).toMatchObject({ type: 'code_used', fields: { code: expect.anything() } })
    const { winners, refusals } = await race([signIn(1), signIn(1), signIn(1)])
    expect(winners).toBe(1)
    for (const refusal of refusals) expect(refusal).toMatchObject({ type: 'code_used' })
    expect(await refusalOf(signIn(0))).toMatchObject({ type: 'code_used' })
  })

  test('is not guessed, and the right password does not make wrong ones forgotten', async () => {
    const { key } = await turnOn()
    const right = await codeOf(key, 1)
    const wrong = ['000000', '000001', '000002', '000003'].find((code) => code !== right) ?? ''
    const guess = (code: string) => refusalOf(signInByCode(owner.userId, { code }))
    for (let failure = 1; failure <= 4; failure++) expect(await guess(wrong)).toMatchObject({ type: 'wrong_code' })
    await checkPassword(owner, 'trombone saddle 91', 'password', passwords)
    expect(await guess(wrong)).toMatchObject({ type: 'wrong_code' })
    const held = await guess(right)
    expect(held).toMatchObject({ kind: 'too_many', message: expect.stringContaining('wrong code') })
    // Nor by the other kind of code.
    const recovery = signInByRecoveryCode(owner.userId, { code: 'k7m2p-x4qhd' })
    expect(await refusalOf(recovery)).toMatchObject({ kind: 'too_many' })
  })

  test('of a key that is not confirmed yet signs nobody in', async () => {
    const { key } = await begin()
    const signIn = signInByCode(owner.userId, { code: await codeOf(key) })
    expect(await refusalOf(signIn)).toMatchObject({ type: 'wrong_code' })
  })

  test('cannot be checked once the secret that encrypts keys is another', async () => {
    const { key } = await turnOn()
    await (await database()).update(twoFactors).set({ secret: sql`reverse(secret)`, backupCodes: 'x' })
    const signIn = signInByCode(owner.userId, { code: await codeOf(key, 1) })
    expect(await refusalOf(signIn)).toMatchObject({ type: 'wrong_code' })
    expect(await twoFactorStatusOf(owner.userId)).toEqual({ isOn: true, recoveryCodesLeft: 0 })
  })
})

test('the account that everybody shares has none', async () => {
  const demo = { ...owner, email: demoManagerEmail }
  for (const attempt of [
    () => beginTwoFactor(demo, right, passwords),
    () => confirmTwoFactor(demo, { code: '123456' }),
    () => renewRecoveryCodes(demo, right, passwords),
    () => turnOffTwoFactor(demo, right, passwords),
  ]) {
    expect(await refusalOf(attempt())).toMatchObject({ kind: 'forbidden' })
  }
})
