/* Guessing a password: held up by account, whatever addresses the guesses come from. */
import { hashPassword } from 'better-auth/crypto'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, sessions, users } from '@/db/schema/accounts'
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

beforeAll(async () => {
  const connection = await database()
  const userId = uuidv7()
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
async function tryFrom(address: string, given: string): Promise<string> {
  ipAddress = address
  cookiesSet = []
  const form = new FormData()
  form.set('email', email)
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

test('too many tries from one address do not make the wrong ones forgotten', async () => {
  expect(await tryFrom('192.0.2.1', password)).toBe('in')
  for (let n = 1; n <= 2; n++) expect(await tryFrom('192.0.2.2', 'wrong')).toMatch(/do not match/)
  const refusals: string[] = []
  for (let n = 1; n <= 3; n++) refusals.push(await tryFrom('192.0.2.2', 'wrong'))
  expect(refusals.at(-1)).toMatch(/Too many attempts/)
  // The account is held up by now, from everywhere.
  expect(await tryFrom('192.0.2.3', password)).toMatch(/Too many attempts with a wrong password/)
})
