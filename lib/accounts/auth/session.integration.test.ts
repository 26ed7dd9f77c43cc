/* How long a session lasts, what ends it, and in which cookie it is kept. */
import { hashPassword } from 'better-auth/crypto'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { accounts, sessions, users } from '@/db/schema/accounts'
import { mostSessions } from '@/lib/platform/limits/limits'
import { listSessions } from '../account/queries'
import { findSignedInUser } from '../acting-admin/acting-admin'
import { getAuth } from './auth'

let cookie = ''
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie }),
  cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }),
}))

const password = 'trombone saddle 91'
let userId: string
let email: string
beforeEach(async () => {
  cookie = ''
  userId = uuidv7()
  email = `${userId}@example.com`
  const connection = await database()
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection.insert(accounts).values({
    ...{ id: uuidv7(), userId, accountId: userId, providerId: 'credential' },
    password: await hashPassword(password),
  })
})
afterEach(() => vi.unstubAllEnvs())

/** Signs in as a browser that has `cookie`; gives the cookie that it has afterwards. */
async function signInAgain(): Promise<string> {
  const auth = await getAuth()
  const headers = new Headers({ cookie, origin: 'http://localhost:3000' })
  const response = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true })
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function letPass(interval: string) {
  const connection = await database()
  await connection
    .update(sessions)
    .set({
      createdAt: sql`created_at - ${interval}::interval`,
      updatedAt: sql`updated_at - ${interval}::interval`,
      expiresAt: sql`expires_at - ${interval}::interval`,
    })
    .where(eq(sessions.userId, userId))
}

test('one session more than an account may have ends the oldest, and nobody else’s', async () => {
  const connection = await database()
  const of = (owner: string, minutes: number) => {
    const id = uuidv7()
    const createdAt = new Date(Date.now() - minutes * 60_000)
    return { id, token: id, userId: owner, createdAt, expiresAt: new Date(4e12) }
  }
  const own = Array.from({ length: mostSessions }, (_, index) => of(userId, 1 + index))
  const strangerId = uuidv7()
  await connection.insert(users).values({ id: strangerId, name: 'Kim', email: `${strangerId}@example.com` })
  const others = Array.from({ length: mostSessions }, () => of(strangerId, 1000))
  await connection.insert(sessions).values([...own, ...others])
  await signInAgain()
  const left = await connection.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, userId))
  expect(left).toHaveLength(mostSessions)
  expect(left.map(({ id }) => id)).not.toContain(own.at(-1)?.id)
  expect(await connection.$count(sessions, eq(sessions.userId, strangerId))).toBe(mostSessions)
})

describe('a session', () => {
  beforeEach(async () => {
    cookie = await signInAgain()
    expect(await findSignedInUser()).toMatchObject({ userId })
  })

  test('goes on while it is used, and is over after twelve hours without', async () => {
    for (let n = 1; n <= 3; n++) {
      await letPass('11 hours 50 minutes')
      expect(await findSignedInUser(), `the ${n}th time`).toMatchObject({ userId })
    }
    await letPass('12 hours 1 minute')
    expect(await findSignedInUser()).toBeNull()
    expect(await listSessions({ userId, sessionId: uuidv7() })).toEqual([])
    expect(await findSignedInUser(), 'asking has not brought it back').toBeNull()
  })

  test('is over after a week, however much it was used', async () => {
    for (let n = 1; n <= 16; n++) {
      await letPass('10 hours')
      expect(await findSignedInUser(), `after ${n * 10} hours`).toMatchObject({ userId })
    }
    await letPass('8 hours 1 minute')
    expect(await findSignedInUser()).toBeNull()
  })

  test('ends when somebody signs in in the same browser, and others go on', async () => {
    const elsewhere = cookie
    cookie = ''
    const former = await signInAgain()
    cookie = former
    const present = await signInAgain()
    expect(present).not.toBe(former)
    expect(await findSignedInUser()).toBeNull()
    for (const other of [present, elsewhere]) {
      cookie = other
      expect(await findSignedInUser()).toMatchObject({ userId })
    }
  })

  test('does not end where signing in fails', async () => {
    const auth = await getAuth()
    const given = { body: { email, password: 'wrong' }, headers: new Headers({ cookie }), asResponse: true as const }
    expect((await auth.api.signInEmail(given)).status).toBe(401)
    expect(await findSignedInUser()).toMatchObject({ userId })
  })
})

test.each([
  ['http://localhost:3000', 'keyholder.', false],
  ['https://keyholder.example.com', '__Host-keyholder.', true],
])('at %s cookies begin with %s and are for this host alone', async (baseUrl, prefix, secure) => {
  vi.stubEnv('BASE_URL', baseUrl)
  // Made anew, by these variables.
  await closeDatabase()
  const { authCookies, createAuthCookie } = await (await getAuth()).$context
  for (const { name, attributes } of [authCookies.sessionToken, createAuthCookie('two_factor')]) {
    expect(name.startsWith(prefix), name).toBe(true)
    expect(attributes).toMatchObject({ secure, httpOnly: true, sameSite: 'lax', path: '/' })
    expect(attributes).not.toHaveProperty('domain')
  }
})
