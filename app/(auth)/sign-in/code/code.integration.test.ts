/* Signing in with two-factor authentication, as the forms do it: the password opens no session, a code does. */
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, sessions, users, verifications } from '@/db/schema/accounts'
import { knownBrowserCookie } from '@/lib/accounts/auth/known-browser'
import { beginTwoFactor, confirmTwoFactor, signInByRecoveryCode } from '@/lib/accounts/two-factor/commands'
import { twoFactorStatusOf } from '@/lib/accounts/two-factor/queries'
import { race } from '@/lib/testing/test-data'
import { signIn } from '../actions'
import { enterCode, enterRecoveryCode } from './actions'

type Browser = Map<string, string>
let browser: Browser
let addresses = 0
vi.mock('next/headers', () => ({
  headers: async () =>
    new Headers({
      // An address of its own for each request: what is held up by address is not looked at here.
      'x-forwarded-for': `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}`,
      cookie: [...browser].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '),
    }),
  cookies: async () => ({
    get: (name: string) => (browser.has(name) ? { name, value: browser.get(name) } : undefined),
    set: (name: string, value: string, { maxAge }: { maxAge?: number }) =>
      maxAge === 0 ? browser.delete(name) : browser.set(name, value),
  }),
}))

const password = 'trombone saddle 91'
let account: { userId: string; email: string; key: string; recoveryCodes: string[] }

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(() => {
  vi.useRealTimers()
})
beforeEach(async () => {
  browser = new Map()
  const connection = await database()
  const userId = uuidv7()
  const email = `${userId}@example.com`
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection.insert(accounts).values({
    ...{ id: uuidv7(), userId, accountId: userId, providerId: 'credential' },
    password: await hashPassword(password),
  })
  const owner = { userId, email, sessionId: uuidv7() }
  const { key } = await beginTwoFactor(owner, { password }, { verify: verifyPassword })
  const kept = key.replaceAll(' ', '')
  account = { userId, email, key: kept, recoveryCodes: await confirmTwoFactor(owner, { code: await codeOf(kept, 0) }) }
})

/** The code that an app shows; `steps`: how many half minutes from now. */
const codeOf = (key: string, steps: number) =>
  createOTP(base32.decode(key)).hotp(Math.floor(Date.now() / 30_000) + steps)

/** What a form leads to, or the sentence by which it refuses. */
async function outcomeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    const state = (await act()) as { error?: string; refusal?: { message: string } } | null
    return state?.error ?? state?.refusal?.message ?? ''
  } catch (error) {
    const digest = String((error as { digest?: string }).digest)
    if (digest.startsWith('NEXT_REDIRECT')) return digest.split(';')[2] ?? ''
    throw error
  }
}

const given = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ next: '/identities', ...fields })) form.set(name, value)
  return form
}
const enterPassword = () => outcomeOf(() => signIn(null, given({ email: account.email, password })))
const enter = (code: string) => outcomeOf(() => enterCode(null, given({ code })))
const enterRecovery = (code: string) => outcomeOf(() => enterRecoveryCode(null, given({ code })))
const sessionsNow = async () => (await database()).$count(sessions, eq(sessions.userId, account.userId))
const codePage = '/sign-in/code?next=%2Fidentities'

test('the password leads to the code and opens nothing; the code opens one session', async () => {
  expect(await enterPassword()).toBe(codePage)
  expect([...browser.keys()]).toEqual(['keyholder.two_factor'])
  expect(await sessionsNow()).toBe(0)
  const next = await codeOf(account.key, 1)
  expect(await enter(next === '000000' ? '000001' : '000000')).toMatch(/not the code/)
  expect(await enter(await codeOf(account.key, 0))).toMatch(/used already/)
  expect(await enter('')).toMatch(/six digits/)
  expect(await sessionsNow()).toBe(0)
  expect(await enter(next)).toBe('/identities')
  expect(await sessionsNow()).toBe(1)
  const [session] = await (await database()).select().from(sessions).where(eq(sessions.userId, account.userId))
  expect(session?.secondFactor).toBe(true)
})

test('a code without the password is looked at by nobody', async () => {
  expect(await enter(await codeOf(account.key, 1))).toMatch(/Start again/)
  expect(await enterRecovery(account.recoveryCodes[0] ?? '')).toMatch(/Start again/)
  expect(await twoFactorStatusOf(account.userId)).toMatchObject({ recoveryCodesLeft: 10 })
})

test('a recovery code signs in once, however it is typed', async () => {
  await enterPassword()
  const [first = ''] = account.recoveryCodes
  expect(await enterRecovery('k7m2p-x4qhd')).toMatch(/none of your recovery codes/)
  expect(await enterRecovery(` ${first.toUpperCase().replace('-', ' ')}`)).toBe(
    '/sign-in/recovery-code-used?next=%2Fidentities',
  )
  expect(await sessionsNow()).toBe(1)
  expect(await twoFactorStatusOf(account.userId)).toMatchObject({ recoveryCodesLeft: 9 })

  browser = new Map()
  await enterPassword()
  expect(await enterRecovery(first)).toMatch(/none of your recovery codes/)
  expect(await sessionsNow()).toBe(1)
})

test('the same recovery code in several browsers at once signs one of them in', async () => {
  const browsers: Browser[] = []
  for (let n = 1; n <= 4; n++) {
    browser = new Map()
    await enterPassword()
    browsers.push(browser)
  }
  const [first = ''] = account.recoveryCodes
  const { winners } = await race(browsers.map(() => signInByRecoveryCode(account.userId, { code: first })))
  expect(winners).toBe(1)
  expect(await twoFactorStatusOf(account.userId)).toMatchObject({ recoveryCodesLeft: 9 })
})

test('the same recovery code twice at once in one browser opens one session', async () => {
  await enterPassword()
  const [first = ''] = account.recoveryCodes
  const outcomes = await Promise.all([enterRecovery(first), enterRecovery(first), enterRecovery(first)])
  expect(outcomes.filter((outcome) => outcome.startsWith('/sign-in/recovery-code-used'))).toHaveLength(1)
  expect(await sessionsNow()).toBe(1)
})

test('what the password began ends after ten minutes', async () => {
  await enterPassword()
  await (await database())
    .update(verifications)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(verifications.value, account.userId))
  expect(await enter(await codeOf(account.key, 1))).toMatch(/Start again/)
  expect(await sessionsNow()).toBe(0)
})

test('wrong codes hold the account up, and the right password does not make them forgotten', async () => {
  await enterPassword()
  for (let failure = 1; failure <= 5; failure++) expect(await enterRecovery('k7m2p-x4qhd')).toMatch(/none of your/)
  expect(await enter(await codeOf(account.key, 1))).toMatch(/Too many attempts with a wrong code/)
  browser = new Map()
  expect(await enterPassword()).toBe(codePage)
  expect(await enter(await codeOf(account.key, 1))).toMatch(/Too many attempts with a wrong code/)
})

test('a browser that has signed in before is not held up by wrong codes from elsewhere', async () => {
  const { name, value } = knownBrowserCookie(account.email)
  const known: Browser = new Map([[name, value]])
  await enterPassword()
  for (let failure = 1; failure <= 6; failure++) await enterRecovery('k7m2p-x4qhd')
  browser = known
  expect(await enterPassword()).toBe(codePage)
  expect(await enter(await codeOf(account.key, 1))).toBe('/identities')
})
