/* Guessing a password is held up for unknown browsers by account, whatever addresses the guesses come from. */
import { hashPassword as hashScrypt } from 'better-auth/crypto'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, sessions, users } from '@/db/schema/accounts'
import { changePassword } from '@/lib/accounts/account/commands'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { knownBrowserCookie } from '@/lib/accounts/auth/known-browser'
import { hashPassword, verifyPassword } from '@/lib/accounts/auth/password-hash'
import { createPasswordReset } from '@/lib/accounts/password-resets/commands'
import { beginTwoFactor } from '@/lib/accounts/two-factor/commands'
import { chooseNewPassword } from '../reset-password/[token]/actions'
import { signIn } from './actions'

let ipAddress = ''
let cookie = ''
let cookiesSet: string[] = []
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-forwarded-for': ipAddress, cookie }),
  cookies: async () => ({
    set: (name: string, value: string) => cookiesSet.push(`${name}=${encodeURIComponent(value)}`),
  }),
}))

const email = 'robin@example.com'
const password = 'trombone saddle 91'
const passwords = { hash: hashPassword, verify: verifyPassword }
const userId = uuidv7()

beforeAll(async () => {
  const connection = await database()
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection.insert(accounts).values({
    id: uuidv7(),
    userId,
    accountId: userId,
    providerId: 'credential',
    password: await hashPassword(password),
  })
})

/** What the form says of a try: why it was refused, or “in”. */
async function tryFrom(address: string, given: string, account = email): Promise<string> {
  ipAddress = address
  cookiesSet = []
  const form = new FormData()
  form.set('email', account)
  form.set('password', given)
  try {
    return (await signIn(null, form))?.error ?? ''
  } catch (error) {
    // Where it leads to, once the cookies are set.
    if (String((error as { digest?: string }).digest).startsWith('NEXT_REDIRECT') && cookiesSet.length > 0) return 'in'
    throw error
  }
}

test('who signs in again in the same browser has one session, the new one', async () => {
  const sessionsNow = async () => (await database()).$count(sessions)
  expect(await tryFrom('192.0.2.9', password)).toBe('in')
  cookie = cookiesSet.join('; ')
  expect(await sessionsNow()).toBe(1)
  expect(await tryFrom('192.0.2.9', password)).toBe('in')
  expect(cookiesSet.join('; ')).not.toBe(cookie)
  expect(await sessionsNow()).toBe(1)
  cookie = ''
})

test('a stranger who guesses keeps nobody out of a browser that they know', async () => {
  expect(await tryFrom('192.0.2.9', password)).toBe('in')
  const known = cookiesSet.join('; ')
  for (let n = 1; n <= 5; n++) expect(await tryFrom(`198.51.100.${n}`, 'wrong')).toMatch(/do not match/)
  for (let n = 6; n <= 7; n++) expect(await tryFrom(`198.51.100.${n}`, 'wrong')).toMatch(/wrong password/)
  // From a browser that is not known, the right password waits too.
  expect(await tryFrom('192.0.2.9', password)).toMatch(/Too many attempts with a wrong password/)

  cookie = known
  expect(await tryFrom('192.0.2.9', password)).toBe('in')
  cookie = cookiesSet.join('; ')
  // Signed in, what asks for the password is not held up either.
  const { sessionId } = (await findSignedInUser()) ?? { sessionId: '' }
  const owner = { userId, sessionId, email }
  await changePassword(owner, { password, new_password: 'walnut harbour violin' }, passwords)
  await changePassword(owner, { password: 'walnut harbour violin', new_password: password }, passwords)
  await beginTwoFactor(owner, { password }, passwords)

  // A known browser that guesses is held up by itself.
  for (let n = 1; n <= 5; n++) expect(await tryFrom('192.0.2.9', 'wrong')).toMatch(/do not match/)
  expect(await tryFrom('192.0.2.9', password)).toMatch(/Too many attempts with a wrong password/)
  cookie = ''
})

test('who has a link for a new password signs in with it at once, whatever was guessed', async () => {
  for (let n = 1; n <= 6; n++) await tryFrom(`198.51.100.${n + 20}`, 'wrong')
  const { token } = await createPasswordReset({ email })
  const form = new FormData()
  form.set('password', password)
  cookiesSet = []
  await chooseNewPassword(token, null, form).catch(({ digest }) => expect(digest).toMatch(/^NEXT_REDIRECT/))
  const known = cookiesSet.join('; ')
  for (let n = 1; n <= 6; n++) await tryFrom(`198.51.100.${n + 30}`, 'wrong')
  cookie = known
  expect(await tryFrom('192.0.2.10', password)).toBe('in')
  cookie = ''
})

test('a cookie of another account, or one that was made up, makes no browser known', async () => {
  for (let n = 1; n <= 6; n++) await tryFrom(`198.51.100.${n + 40}`, 'wrong')
  const { name, value } = knownBrowserCookie(email)
  const other = knownBrowserCookie('somebody.else@example.com')
  for (const wrong of [
    `${name}=${other.value}`,
    `${name}=${value.slice(0, -1)}`,
    `${name}=x`,
    `${other.name}=${value}`,
  ]) {
    cookie = wrong
    expect(await tryFrom('192.0.2.11', password)).toMatch(/Too many attempts with a wrong password/)
  }
  cookie = `${name}=${value}`
  expect(await tryFrom('192.0.2.11', password)).toBe('in')
  cookie = ''
})

test('an older hash is replaced when its owner signs in an hour after the start, and goes on being right', async () => {
  const connection = await database()
  const isOwn = eq(accounts.userId, userId)
  const hashNow = async () => (await connection.select().from(accounts).where(isOwn))[0]?.password
  await connection
    .update(accounts)
    .set({ password: await hashScrypt(password) })
    .where(isOwn)
  cookie = `${knownBrowserCookie(email).name}=${knownBrowserCookie(email).value}`
  expect(await tryFrom('192.0.2.12', 'wrong')).toMatch(/do not match/)
  expect(await hashNow()).not.toMatch(/^\$argon2/)
  expect(await tryFrom('192.0.2.12', password)).toBe('in')
  expect(await hashNow(), 'servers of the version before may still run').not.toMatch(/^\$argon2/)
  const uptime = vi.spyOn(process, 'uptime').mockReturnValue(3601)
  expect(await tryFrom('192.0.2.12', password)).toBe('in')
  const raised = await hashNow()
  expect(raised).toMatch(/^\$argon2id\$/)
  expect(await tryFrom('192.0.2.12', password)).toBe('in')
  expect(await hashNow()).toBe(raised)
  uptime.mockRestore()
  cookie = ''
})
