/* `npm run end-sessions`: once as a process, else within this one. */
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { sessions, users } from '@/db/schema/accounts'
import { runDatabaseCommand } from './database-command'
import { endSessionsCommand } from './end-sessions'
import { runScript } from './testing/run-script'

beforeAll(async () => {
  const connection = await database()
  for (const [name, count] of [['robin', 2] as const, ['kim', 1] as const]) {
    const userId = uuidv7()
    await connection.insert(users).values({ id: userId, name, email: `${name}@example.com` })
    for (let n = 1; n <= count; n++) {
      const id = uuidv7()
      await connection.insert(sessions).values({ id, token: id, userId, expiresAt: new Date(4e12) })
    }
  }
})

test('ends all sessions of this account, and nobody else’s', async () => {
  await closeDatabase()
  expect(await runScript('end-sessions', ['--email', 'Robin@example.com'])).toEqual({
    code: 0,
    output: '2\n',
    problems: '',
  })
  const connection = await database()
  expect(await connection.$count(sessions)).toBe(1)
})

test.each([
  [['--email', 'sam@example.com'], 'Nobody signs in with sam@example.com'],
  [[], '--email is missing.'],
])('with %j it says what is wrong', async (options, problem) => {
  const { code, output, problems } = await runDatabaseCommand(endSessionsCommand, options)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(problems).toContain(problem)
})
