/* `npm run password-link`: once as a process, else within this one. */
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { accounts, users } from '@/db/schema/accounts'
import { findPasswordReset } from '@/lib/accounts/password-resets/queries'
import { runDatabaseCommand } from './database-command'
import { passwordLinkCommand } from './password-link'
import { whileInUse } from './testing/database-in-use'
import { runScript } from './testing/run-script'

const isEmbedded = !process.env.DATABASE_URL

beforeAll(async () => {
  const connection = await database()
  const userId = uuidv7()
  await connection.insert(users).values({ id: userId, name: 'Robin', email: 'robin@example.com' })
  await connection
    .insert(accounts)
    .values({ id: uuidv7(), userId, accountId: userId, providerId: 'credential', password: 'x' })
})

const run = (...options: string[]) => runDatabaseCommand(passwordLinkCommand, options)

test('prints a link that works, and nothing else', async () => {
  await closeDatabase()
  const { code, output, problems } = await runScript('password-link', ['--email', 'Robin@example.com'], {
    BASE_URL: 'https://keys.example.com',
  })
  expect({ code, problems }).toEqual({ code: 0, problems: '' })
  const [, token = ''] = /^https:\/\/keys\.example\.com\/reset-password\/([\w-]{43})\n$/.exec(output) ?? []
  expect(await findPasswordReset(token)).toEqual({ email: 'robin@example.com' })
})

test.each([
  [['--email', 'sam@example.com'], 'Nobody signs in with sam@example.com'],
  [['--email', 'no address'], 'Enter an email address'],
  [[], '--email is missing.'],
  [['--emial', 'x'], 'Usage: npm run --silent password-link -- --email <address>'],
])('with %j it says what is wrong', async (options, problem) => {
  const { code, output, problems } = await run(...options)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(problems).toContain(problem)
})

test.runIf(isEmbedded)('says what to do while Keyholder runs on the embedded database', async () => {
  const { code, problems } = await whileInUse(() => run('--email', 'robin@example.com'))
  expect(code).toBe(1)
  expect(problems).toContain('Stop Keyholder')
})
