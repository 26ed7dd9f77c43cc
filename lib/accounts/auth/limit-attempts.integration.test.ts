import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { failedAttempts } from '@/db/schema/accounts'
import { race, refusalOf } from '@/lib/testing/test-data'
import { limitAttempts } from './limit-attempts'

let whose: string
beforeEach(() => {
  whose = `${uuidv7()}@example.com`
})

const wrong = () => limitAttempts(whose, async () => null)
const right = () => limitAttempts(whose, async () => 'in')

async function letTimePass(interval: string) {
  const connection = await database()
  await connection.execute(sql`update ${failedAttempts} set
    last_failed_at = last_failed_at - ${interval}::interval, locked_until = locked_until - ${interval}::interval`)
}

test('after five failures even the right password has to wait, and each failure after that longer', async () => {
  for (let failure = 1; failure <= 5; failure++) expect(await wrong()).toBeNull()
  expect(await refusalOf(right())).toMatchObject({ kind: 'too_many', message: expect.stringContaining('30 seconds') })
  await letTimePass('31 seconds')
  expect(await wrong()).toBeNull()
  expect(await refusalOf(right())).toMatchObject({ message: expect.stringContaining('60 seconds') })
  await letTimePass('61 seconds')
  expect(await right()).toBe('in')
  expect(await wrong()).toBeNull()
  expect(await right()).toBe('in')
})

test('it is never closed for longer than a quarter of an hour, and forgotten after a day', async () => {
  for (let failure = 1; failure <= 20; failure++) {
    expect(await wrong()).toBeNull()
    await letTimePass('16 minutes')
  }
  expect(await right()).toBe('in')
  for (let failure = 1; failure <= 4; failure++) await wrong()
  await letTimePass('25 hours')
  for (let failure = 1; failure <= 4; failure++) expect(await wrong()).toBeNull()
})

test('of many tries at once, five are made', async () => {
  let made = 0
  const tries = Array.from({ length: 40 }, () =>
    limitAttempts(whose, async () => {
      made++
      return null
    }),
  )
  const { refusals } = await race(tries)
  expect(made).toBe(5)
  expect(refusals).toHaveLength(35)
})

test('a try that ends in an error stays counted, and what was counted before too', async () => {
  for (let failure = 1; failure <= 4; failure++) await wrong()
  await expect(limitAttempts(whose, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  expect(await refusalOf(right())).toMatchObject({ kind: 'too_many' })
})

test('who guesses one password holds up nobody else', async () => {
  for (let failure = 1; failure <= 6; failure++) await wrong().catch(() => undefined)
  expect(await limitAttempts(`${whose}.example`, async () => 'in')).toBe('in')
})

test('who waits for another try of the same is not held up by it: theirs began before it', async () => {
  for (const failures of [1, 2]) {
    await wrong()
    const [row] = await (await database())
      .select({
        failures: failedAttempts.failures,
        isPast: sql`${failedAttempts.lockedUntil} < now() - interval '1 hour'`,
      })
      .from(failedAttempts)
      .where(eq(failedAttempts.key, createHash('sha256').update(whose).digest('hex')))
    expect(row).toEqual({ failures, isPast: true })
  }
})
