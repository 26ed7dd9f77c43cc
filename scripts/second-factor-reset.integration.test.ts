/* `npm run second-factor-reset`: once as a process, else within this one. */
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { passkeys, sessions, twoFactors, users } from '@/db/schema/accounts'
import { mails } from '@/db/schema/mails'
import { runDatabaseCommand } from './database-command'
import { secondFactorResetCommand } from './second-factor-reset'
import { whileInUse } from './testing/database-in-use'
import { runScript } from './testing/run-script'

const isEmbedded = !process.env.DATABASE_URL

/** An account with a second factor, a passkey and a session. */
async function addAccount(email: string): Promise<string> {
  const connection = await database()
  const userId = uuidv7()
  await connection.insert(users).values({ id: userId, name: 'Robin', email, twoFactorEnabled: true })
  await connection.insert(twoFactors).values({ id: uuidv7(), userId, secret: 'x', backupCodes: 'x', verified: true })
  const passkey = { credentialId: uuidv7(), publicKey: 'x', counter: 0, transports: [] }
  await connection.insert(passkeys).values({ id: uuidv7(), userId, name: 'Laptop', ...passkey })
  const expiresAt = sql`now() + interval '1 day'`
  await connection.insert(sessions).values({ id: uuidv7(), token: uuidv7(), userId, expiresAt })
  return userId
}

async function stateOf(userId: string) {
  const connection = await database()
  const [user] = await connection.select().from(users).where(eq(users.id, userId))
  return {
    isOn: user?.twoFactorEnabled,
    keys: await connection.$count(twoFactors, eq(twoFactors.userId, userId)),
    passkeys: await connection.$count(passkeys, eq(passkeys.userId, userId)),
    sessions: await connection.$count(sessions, eq(sessions.userId, userId)),
    mails: await connection.$count(mails, eq(mails.subjectId, userId)),
  }
}

const sendsMail = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'keyholder@example.com', LOG_LEVEL: 'info' }
beforeEach(() => {
  for (const [name, value] of Object.entries(sendsMail)) vi.stubEnv(name, value)
})
afterEach(() => vi.unstubAllEnvs())
const run = (...options: string[]) => runDatabaseCommand(secondFactorResetCommand, options)

test('turns it off for one, ends their sessions, tells them and the log; passkeys go only where that is said', async () => {
  const robin = await addAccount('robin@example.com')
  const other = await addAccount('other@example.com')
  const before = await stateOf(other)
  expect(before).toEqual({ isOn: true, keys: 1, passkeys: 1, sessions: 1, mails: 0 })
  await closeDatabase()
  const first = await runScript('second-factor-reset', ['Robin@example.com'], sendsMail)
  expect(first).toMatchObject({ code: 0, problems: '' })
  expect(first.output).toContain('two-factor authentication is off, signed out everywhere.')
  expect(first.output).toContain(`"security_event":"second_factor.reset","user_id":"${robin}"`)
  expect(await stateOf(robin)).toEqual({ isOn: false, keys: 0, passkeys: 1, sessions: 0, mails: 1 })
  expect((await run('robin@example.com', '--passkeys')).output).toBe(
    'robin@example.com: passkeys removed: 1, signed out everywhere.',
  )
  expect(await stateOf(robin)).toEqual({ isOn: false, keys: 0, passkeys: 0, sessions: 0, mails: 2 })
  expect(await stateOf(other)).toEqual(before)
})

test.each([
  [['robin@example.com'], 'robin@example.com has no two-factor authentication on.'],
  [[], 'The email address is missing.'],
  [['robin@example.com', 'sam@example.com'], 'One email address at a time.'],
  [['--emial', 'x'], 'Usage: npm run --silent second-factor-reset -- <address>'],
])('with %j it says what is wrong', async (options, problem) => {
  const { code, output, problems } = await run(...options)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(problems).toContain(problem)
})

test.runIf(isEmbedded)('says what to do while Keyholder runs on the embedded database', async () => {
  const { code, problems } = await whileInUse(() => run('robin@example.com'))
  expect(code).toBe(1)
  expect(problems).toContain('Stop Keyholder')
})
