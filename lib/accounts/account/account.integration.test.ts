import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { accounts, sessions, users } from '@/db/schema/accounts'
import { race, refusalOf } from '@/lib/testing/test-data'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { changePassword, changeProfile, endOtherSessions, endSession } from './commands'
import { listSessions } from './queries'

const passwords = {
  hash: async (password: string) => `hash of ${password}`,
  verify: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}
const current = 'trombone saddle 91'
const right = { password: current }

async function addAccount(email = `${uuidv7()}@example.com`) {
  const connection = await database()
  const userId = uuidv7()
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection.insert(accounts).values({
    ...{ id: uuidv7(), userId, accountId: userId, providerId: 'credential' },
    password: `hash of ${current}`,
  })
  return { userId, email, sessionId: await addSession(userId) }
}

async function addSession(userId: string, expiresAt = new Date(4e12)) {
  const id = uuidv7()
  await (await database()).insert(sessions).values({ id, token: id, userId, expiresAt, userAgent: null })
  return id
}

type Owner = Awaited<ReturnType<typeof addAccount>>
let owner: Owner
beforeEach(async () => {
  owner = await addAccount()
})

const userOf = async ({ userId }: Owner) =>
  (await (await database()).select().from(users).where(eq(users.id, userId)))[0]
const hashOf = async ({ userId }: Owner) =>
  (await (await database()).select().from(accounts).where(eq(accounts.userId, userId)))[0]?.password

describe('a profile', () => {
  test('changes its name without the password, and its email address only with it', async () => {
    await changeProfile(owner, { name: ' Robin Álvarez ', email: owner.email }, passwords)
    expect(await userOf(owner)).toMatchObject({ name: 'Robin Álvarez', email: owner.email })
    const email = `${uuidv7()}@Example.com`
    for (const password of ['', 'not it', undefined]) {
      expect(await refusalOf(changeProfile(owner, { name: 'X', email, password }, passwords))).toMatchObject({
        kind: 'invalid_input',
        fields: { password: expect.anything() },
      })
    }
    expect(await userOf(owner)).toMatchObject({ name: 'Robin Álvarez', email: owner.email })
    await changeProfile(owner, { name: 'Robin', email, password: current }, passwords)
    expect(await userOf(owner)).toMatchObject({ name: 'Robin', email: email.toLowerCase() })
  })

  test('takes nobody’s email address, nor the demo’s', async () => {
    const other = await addAccount()
    for (const email of [other.email.toUpperCase(), demoManagerEmail]) {
      const change = changeProfile(owner, { name: 'X', email, password: current }, passwords)
      expect(await refusalOf(change)).toMatchObject({ type: 'email_has_account' })
    }
  })

  test('of two who take the same email address at once, one has it', async () => {
    const email = `${uuidv7()}@example.com`
    const change = async (who: Owner) => changeProfile(who, { name: 'X', email, password: current }, passwords)
    const { winners, refusals } = await race([change(owner), change(await addAccount())])
    expect(winners).toBe(1)
    expect(refusals).toMatchObject([{ type: 'email_has_account' }])
  })

  test.each([{ name: '' }, { email: 'no address' }, { email: 7 }, { name: null }])(
    'with %j is refused',
    async (wrong) => {
      const input = { name: 'X', email: owner.email, ...wrong }
      expect(await refusalOf(changeProfile(owner, input, passwords))).toMatchObject({ kind: 'invalid_input' })
    },
  )
})

describe('a password', () => {
  test('changes with the current one, and ends the account’s other sessions where that is asked for', async () => {
    await addSession(owner.userId)
    const stranger = await addAccount()
    const change = { password: current, new_password: 'walnut harbour violin' }
    await changePassword(owner, change, passwords)
    expect(await hashOf(owner)).toBe('hash of walnut harbour violin')
    expect(await listSessions(owner)).toHaveLength(2)
    const again = { password: change.new_password, new_password: 'velvet ladder 77 moss', end_others: 'on' }
    await changePassword(owner, again, passwords)
    expect(await hashOf(owner)).toBe('hash of velvet ladder 77 moss')
    expect(await listSessions(owner)).toMatchObject([{ sessionId: owner.sessionId, isCurrent: true }])
    expect(await listSessions(stranger)).toHaveLength(1)
  })

  test.each([
    ['password', { password: 'not it' }],
    ['new_password', { new_password: 'short' }],
    ['new_password', { new_password: 'password1234' }],
    ['password', { password: undefined }],
  ])('with a wrong %s stays: %j', async (field, wrong) => {
    const change = { password: current, new_password: 'walnut harbour violin', ...wrong }
    expect(await refusalOf(changePassword(owner, change, passwords))).toMatchObject({
      kind: 'invalid_input',
      fields: { [field]: expect.anything() },
    })
    expect(await hashOf(owner)).toBe(`hash of ${current}`)
  })

  test('is not guessed by who has a session', async () => {
    const guess = () =>
      refusalOf(changePassword(owner, { password: 'guess', new_password: 'walnut harbour violin' }, passwords))
    for (let failure = 1; failure <= 5; failure++) expect(await guess()).toMatchObject({ type: 'wrong_password' })
    expect(await guess()).toMatchObject({ kind: 'too_many' })
  })
})

describe('sessions', () => {
  test('are listed while they last, and ended one by one by their owner alone', async () => {
    const second = await addSession(owner.userId)
    await addSession(owner.userId, new Date(0))
    const stranger = await addAccount()
    expect((await listSessions(owner)).map(({ sessionId, isCurrent }) => [sessionId, isCurrent])).toEqual([
      [owner.sessionId, true],
      [second, false],
    ])
    expect(await refusalOf(endSession(stranger, second, right, passwords))).toMatchObject({ type: 'session_not_found' })
    expect(await refusalOf(endSession(owner, 'no id', right, passwords))).toMatchObject({ kind: 'invalid_input' })
    await endSession(owner, second, right, passwords)
    expect(await refusalOf(endSession(owner, second, right, passwords))).toMatchObject({ type: 'session_not_found' })
    expect(await listSessions(owner)).toHaveLength(1)
  })
})

test('sessions end only by who has the password', async () => {
  const second = await addSession(owner.userId)
  for (const given of [{}, { password: 'not it' }, { passkey: '{}' }, { passkey: 'x' }, null]) {
    for (const end of [
      () => endSession(owner, second, given, passwords),
      () => endOtherSessions(owner, given, passwords),
    ]) {
      expect(await refusalOf(end())).toMatchObject({ kind: expect.stringMatching(/invalid_input|conflict/) })
    }
  }
  expect(await listSessions(owner)).toHaveLength(2)
  const stranger = await addAccount()
  expect(await endOtherSessions(owner, right, passwords)).toBe(1)
  expect(await listSessions(owner)).toMatchObject([{ isCurrent: true }])
  expect(await listSessions(stranger)).toHaveLength(1)
})

test('the account of the demo stays as it is', async () => {
  const demo = { ...owner, email: demoManagerEmail }
  for (const change of [
    () => changeProfile(demo, { name: 'X', email: demoManagerEmail }, passwords),
    () => changePassword(demo, { password: current, new_password: 'walnut harbour violin' }, passwords),
    () => endSession(demo, owner.sessionId, right, passwords),
  ]) {
    expect(await refusalOf(change())).toMatchObject({ kind: 'forbidden' })
  }
})
