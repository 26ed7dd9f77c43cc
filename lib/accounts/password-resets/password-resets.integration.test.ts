/* A forgotten password, from the request to signing in with another one, with a mail server on loopback. */
import { and, eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, failedAttempts, passwordResets, sessions, users } from '@/db/schema/accounts'
import { mails } from '@/db/schema/mails'
import { sendDueMails } from '@/lib/background/mail/dispatcher'
import { mailSettings } from '@/lib/platform/mail-settings'
import { startMailServer } from '@/lib/testing/mail-server'
import { race, refusalOf } from '@/lib/testing/test-data'
import { changePassword, changeProfile } from '../account/commands'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { limitAttempts } from '../auth/limit-attempts'
import { admitResetRequest, createPasswordReset, resetPassword, sendPasswordReset } from './commands'
import { findPasswordReset } from './queries'

const hash = async (password: string) => `hash of ${password}`
const verify = async (given: { hash: string; password: string }) => given.hash === `hash of ${given.password}`
const next = 'walnut harbour violin'

let server: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  server = await startMailServer()
  vi.stubEnv('SMTP_URL', server.url)
  vi.stubEnv('MAIL_FROM', 'keyholder@example.com')
  vi.stubEnv('BASE_URL', 'https://keys.example.com')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})

type Account = { userId: string; email: string; sessionId: string }
let account: Account
beforeEach(async () => {
  const connection = await database()
  await connection.delete(mails)
  await connection.delete(failedAttempts)
  server.received.splice(0)
  account = await addAccount()
})

async function addAccount(email = `${uuidv7()}@example.com`, providerId = 'credential'): Promise<Account> {
  const connection = await database()
  const [userId, sessionId] = [uuidv7(), uuidv7()]
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  const password = await hash('trombone saddle 91')
  await connection.insert(accounts).values({ id: uuidv7(), userId, accountId: userId, providerId, password })
  await connection.insert(sessions).values({ id: sessionId, token: sessionId, userId, expiresAt: new Date(4e12) })
  return { userId, email, sessionId }
}

async function sendAll() {
  const settings = mailSettings()
  if (!settings) throw new Error('Mails are configured here.')
  while ((await sendDueMails(settings)) > 0);
}

/** Asks for a link and gives the secret that arrives in the mail. */
async function ask(email = account.email): Promise<string> {
  await sendPasswordReset(email)
  await sendAll()
  // What is due together is sent together, in no order.
  const words = server.received.findLast(({ message }) => message.subject?.startsWith('Choose'))?.message.text ?? ''
  const [, token = ''] = /https:\/\/keys\.example\.com\/reset-password\/([\w-]+)/.exec(words) ?? []
  return token
}

const hashOf = async ({ userId }: Account) =>
  (await (await database()).select().from(accounts).where(eq(accounts.userId, userId)))[0]?.password
const sessionsOf = async ({ userId }: Account) => (await database()).$count(sessions, eq(sessions.userId, userId))
const subjects = () => server.received.map(({ to, message }) => [to[0], message.subject])

test('a link replaces the password once, ends all sessions, and says so to the owner', async () => {
  const token = await ask()
  expect(token).toHaveLength(43)
  expect(await findPasswordReset(token)).toEqual({ email: account.email })
  const bystander = await addAccount()
  expect(await resetPassword(token, { password: next }, hash)).toEqual({ userId: account.userId, email: account.email })
  expect(await hashOf(account)).toBe(`hash of ${next}`)
  expect(await sessionsOf(account)).toBe(0)
  expect(await hashOf(bystander)).toBe('hash of trombone saddle 91')
  expect(await sessionsOf(bystander)).toBe(1)
  expect(await findPasswordReset(token)).toBeNull()
  expect(await refusalOf(resetPassword(token, { password: next }, hash))).toMatchObject({
    type: 'password_reset_not_found',
  })
  await sendAll()
  expect(subjects()).toEqual([
    [account.email, 'Choose a new Keyholder password'],
    [account.email, 'Your Keyholder password was changed'],
  ])
})

test('its secret is kept nowhere', async () => {
  const token = await ask()
  for (const table of [passwordResets, mails]) {
    const kept = await (await database())
      .select({ one: sql`1` })
      .from(table)
      .where(sql`${table}::text like ${`%${token}%`}`)
    expect(kept).toEqual([])
  }
})

test('of many who use it at once, one does', async () => {
  const token = await ask()
  const passwords = Array.from({ length: 8 }, (_, index) => `walnut harbour violin ${index}`)
  const { winners, refusals } = await race(passwords.map((password) => resetPassword(token, { password }, hash)))
  expect(winners).toBe(1)
  for (const refusal of refusals) expect(refusal.type).toBe('password_reset_not_found')
})

test('one that is used makes the others useless, also at the same moment', async () => {
  const [first, second] = [await ask(), await ask()]
  const { winners } = await race([first, second].map((token) => resetPassword(token, { password: next }, hash)))
  expect(winners).toBe(1)
  expect([await findPasswordReset(first), await findPasswordReset(second)]).toEqual([null, null])
})

test('after an hour it leads nowhere, and is forgotten with the next request', async () => {
  const token = await ask()
  const connection = await database()
  const [row] = await connection.select().from(passwordResets).where(eq(passwordResets.userId, account.userId))
  const lifetime = (row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)
  expect(lifetime).toBe(60 * 60 * 1000)
  await connection.update(passwordResets).set({ expiresAt: sql`now()` })
  expect(await findPasswordReset(token)).toBeNull()
  expect(await refusalOf(resetPassword(token, { password: next }, hash))).toMatchObject({ kind: 'not_found' })
  await ask()
  expect(await connection.$count(passwordResets, eq(passwordResets.userId, account.userId))).toBe(1)
})

test('a password that is short, weak or the address is refused, and the link still works', async () => {
  const { email } = await addAccount('robin.alvarez@seaview-homes.example')
  const token = await ask(email)
  for (const password of ['short', 'password1234', 'robinalvarez', 'x'.repeat(129), 7, undefined]) {
    expect(await refusalOf(resetPassword(token, { password }, hash))).toMatchObject({
      kind: 'invalid_input',
      fields: { password: expect.anything() },
    })
  }
  await resetPassword(token, { password: next }, hash)
})

test.each(['', 'x', 'null', '../../etc', 'a'.repeat(10_000)])('nobody makes the server hash by %s', async (token) => {
  const hashed = vi.fn(hash)
  expect(await refusalOf(resetPassword(token, { password: next }, hashed))).toMatchObject({ kind: 'not_found' })
  expect(hashed).not.toHaveBeenCalled()
})

test('who has no account, or one without a password, is sent nothing', async () => {
  await addAccount(demoManagerEmail, 'demo')
  for (const email of [`${uuidv7()}@example.com`, demoManagerEmail]) {
    await sendPasswordReset(email)
    expect(await refusalOf(createPasswordReset({ email }))).toMatchObject({ kind: 'invalid_input' })
  }
  await sendAll()
  expect(server.received).toEqual([])
})

test('a request is admitted alike for any address, three times in a row, then held up', async () => {
  const unknown = `${uuidv7()}@example.com`
  for (const email of [account.email, unknown]) {
    for (let n = 1; n <= 3; n++)
      expect(await admitResetRequest({ email: email.toUpperCase() }, `from ${email}`)).toBe(email)
    expect(await refusalOf(admitResetRequest({ email }, 'elsewhere'))).toEqual({
      ...{ kind: 'too_many', type: 'too_many_attempts' },
      message: 'Too many requests for a new password. Wait 30 seconds, then try again.',
    })
  }
})

test('who asks for many addresses is held up, and nobody else', async () => {
  const askFrom = (client: string) => admitResetRequest({ email: `${uuidv7()}@example.com` }, client)
  for (let n = 1; n <= 20; n++) await askFrom('192.0.2.1')
  expect(await refusalOf(askFrom('192.0.2.1'))).toMatchObject({ kind: 'too_many' })
  await askFrom('192.0.2.2')
})

test('who was held up for wrong passwords signs in with the new one at once', async () => {
  const token = await ask()
  for (let n = 1; n <= 5; n++) await limitAttempts(account.email, async () => null)
  expect(await refusalOf(limitAttempts(account.email, async () => 'in'))).toMatchObject({ kind: 'too_many' })
  await resetPassword(token, { password: next }, hash)
  expect(await limitAttempts(account.email, async () => 'in')).toBe('in')
})

test('what an account’s owner changes makes links useless, and is told to the address that they had', async () => {
  const passwords = { hash, verify }
  const first = await ask()
  await changePassword(account, { password: 'trombone saddle 91', new_password: next }, passwords)
  expect(await findPasswordReset(first)).toBeNull()
  const second = await ask()
  const email = `${uuidv7()}@example.com`
  await changeProfile(account, { name: 'Robin', email: account.email }, passwords)
  expect(await findPasswordReset(second)).not.toBeNull()
  await changeProfile(account, { name: 'Robin', email, password: next }, passwords)
  expect(await findPasswordReset(second)).toBeNull()
  server.received.splice(0, server.received.length)
  await sendAll()
  expect(subjects()).toContainEqual([account.email, 'The email address of your Keyholder account was changed'])
  expect(server.received.at(-1)?.message.text).toContain(email)
  const connection = await database()
  expect(
    await connection.$count(mails, and(eq(mails.subjectId, account.userId), eq(mails.kind, 'password_changed'))),
  ).toBe(1)
})
