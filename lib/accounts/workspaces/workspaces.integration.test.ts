import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { accounts, sessions, twoFactors, users } from '@/db/schema/accounts'
import { workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { createUserIdentity } from '@/lib/people/identities/commands'
import type { Actor } from '@/lib/platform/actor'
import type { Role } from '@/lib/platform/permissions'
import { inTransaction } from '@/lib/platform/transaction'
import {
  addAccessSystem,
  addAcsUser,
  addCredential,
  addIdentity,
  addWorkspace,
  everythingIn,
  race,
  refusalOf,
} from '@/lib/testing/test-data'
import { demoManagerEmail } from '../auth/demo-sign-in'
import {
  changeSecondFactorDemand,
  createFirstOwner,
  createWorkspace,
  emptySandboxWorkspace,
  switchWorkspace,
  updateWorkspace,
} from './commands'
import { getWorkspace, hasAccounts, listMemberships } from './queries'

const owner = {
  name: 'Ada Owner',
  email: 'Ada@Example.com',
  password: 'correct horse',
  workspace_name: 'Ångström & Söhne',
  default_country: 'DE',
}
const hash = async (password: string) => `hash of ${password}`

async function addUser(email = `${uuidv7()}@example.com`) {
  const userId = uuidv7()
  await (await database()).insert(users).values({ id: userId, name: 'Somebody', email })
  return userId
}

/** A session of somebody who has a role in a workspace. */
async function addSession(role: Role) {
  const connection = await database()
  const [userId, sessionId] = [await addUser(), uuidv7()]
  const { workspaceId } = await addWorkspace()
  await connection.insert(workspaceMembers).values({ workspaceId, userId, role })
  await connection.insert(sessions).values({ id: sessionId, token: sessionId, userId, expiresAt: new Date(4e12) })
  return { userId, sessionId }
}

async function activeWorkspaceOf({ sessionId }: { sessionId: string }) {
  const connection = await database()
  const [session] = await connection.select().from(sessions).where(eq(sessions.id, sessionId))
  return session?.activeWorkspaceId
}

describe('the first owner', () => {
  const forget = async () => {
    const connection = await database()
    await connection.delete(workspaces)
    await connection.delete(users)
  }
  beforeEach(forget)
  afterEach(forget)

  test('gets an account, a live workspace and the role of owner in it', async () => {
    expect(await hasAccounts()).toBe(false)
    await createFirstOwner(owner, hash)
    expect(await hasAccounts()).toBe(true)
    const [user] = await (await database()).select().from(users)
    expect(user).toMatchObject({ name: 'Ada Owner', email: 'ada@example.com' })
    expect(await listMemberships(user?.id ?? '')).toMatchObject([
      { name: 'Ångström & Söhne', slug: 'angstrom-sohne', isSandbox: false, defaultCountry: 'DE', role: 'owner' },
    ])
    expect(await (await database()).select().from(accounts)).toMatchObject([
      { userId: user?.id, providerId: 'credential', password: 'hash of correct horse' },
    ])
  })

  test('of several who set up at once is one, and the others are told', async () => {
    const { winners, refusals } = await race(
      ['a', 'b', 'c', 'd'].map((name) => createFirstOwner({ ...owner, email: `${name}@example.com` }, hash)),
    )
    expect(winners).toBe(1)
    expect(refusals.map(({ type }) => type)).toEqual(Array(3).fill('already_set_up'))
    expect(await (await database()).$count(workspaces)).toBe(1)
  })

  test('may come after the demo, whose account does not count, but cannot take its address', async () => {
    await addUser(demoManagerEmail)
    expect(await hasAccounts()).toBe(false)
    expect(await refusalOf(createFirstOwner({ ...owner, email: demoManagerEmail.toUpperCase() }, hash))).toMatchObject({
      kind: 'invalid_input',
      fields: { email: [expect.any(String)] },
    })
    await createFirstOwner(owner, hash)
    expect(await hasAccounts()).toBe(true)
  })

  test('who calls the workspace Demo leaves the demo its place', async () => {
    await createFirstOwner({ ...owner, workspace_name: 'Demo' }, hash)
    const [workspace] = await (await database()).select().from(workspaces)
    expect(workspace).toMatchObject({ name: 'Demo', slug: expect.stringMatching(/^demo-./) })
  })

  test.each([
    ['name', '\u200b'],
    ['email', 'ada'],
    ['email', null],
    ['password', 'short'],
    ['password', 'x'.repeat(129)],
    ['password', 7],
    ['workspace_name', 'a\u0000b'],
    ['workspace_name', 'x'.repeat(10_000)],
    ['default_country', 'ZZ'],
    ['default_country', ['DE']],
  ])('is refused with the %s %j, and nothing is made', async (field, value) => {
    expect(await refusalOf(createFirstOwner({ ...owner, [field]: value }, hash))).toMatchObject({
      kind: 'invalid_input',
      fields: { [field]: [expect.any(String)] },
    })
    expect(await hasAccounts()).toBe(false)
  })

  test.each(['漢字', '---', '🗝️', 'x'.repeat(100), 'Straße 7'])('may call the workspace %s', async (name) => {
    await createFirstOwner({ ...owner, workspace_name: name }, hash)
    expect(await (await database()).select().from(workspaces)).toMatchObject([{ name }])
  })
})

describe('switching to another workspace', () => {
  test('is for its members, and for their own sessions', async () => {
    const session = await addSession('viewer')
    const [mine] = await listMemberships(session.userId)
    if (!mine) throw new Error('The membership is gone')
    const others = await addWorkspace()
    for (const id of [others.workspaceId, uuidv7(), 'no id', '']) {
      expect(await refusalOf(switchWorkspace(session, id))).toMatchObject({ type: 'workspace_not_found' })
    }
    const asSomebodyElse = switchWorkspace({ ...session, userId: await addUser() }, mine.workspaceId)
    expect(await refusalOf(asSomebodyElse)).toMatchObject({ type: 'workspace_not_found' })
    expect(await activeWorkspaceOf(session)).toBeNull()

    await switchWorkspace(session, mine.workspaceId)
    expect(await activeWorkspaceOf(session)).toBe(mine.workspaceId)
  })
})

describe('emptying a workspace', () => {
  async function fill(isSandbox: boolean) {
    const admin = await addWorkspace({ isSandbox })
    const acsSystemId = await addAccessSystem(admin)
    const acsUserId = await addAcsUser(admin, acsSystemId, { userIdentityId: await addIdentity(admin) })
    await addCredential(admin, { acsSystemId, acsUserId })
    await createUserIdentity(admin, { full_name: 'In The History' })
    return admin
  }
  const empty = (workspaceId: string) => inTransaction((transaction) => emptySandboxWorkspace(transaction, workspaceId))

  test('takes everything out of a sandbox, its history too, and nothing out of another', async () => {
    const [sandbox, other] = [await fill(true), await fill(true)]
    const before = await everythingIn(other)
    await empty(sandbox.workspaceId)
    expect(Object.values(await everythingIn(sandbox)).flat()).toEqual([])
    expect(await everythingIn(other)).toEqual(before)
  })

  test('is refused for a live workspace', async () => {
    const live = await fill(false)
    const before = await everythingIn(live)
    expect(await refusalOf(empty(live.workspaceId))).toMatchObject({ kind: 'forbidden', type: 'not_a_sandbox' })
    expect(await everythingIn(live)).toEqual(before)
    expect(await refusalOf(empty(uuidv7()))).toMatchObject({ type: 'workspace_not_found' })
  })
})

describe('a second factor', () => {
  const demandOf = async ({ workspaceId }: Actor) => {
    const [row] = await (await database()).select().from(workspaces).where(eq(workspaces.workspaceId, workspaceId))
    return row?.requiresSecondFactor
  }
  const password = 'trombone saddle 91'
  const verify = async (given: { hash: string; password: string }) => given.hash === given.password
  let session: { userId: string; sessionId: string; email: string }
  beforeEach(async () => {
    const email = `${uuidv7()}@example.com`
    const userId = await addUser(email)
    const account = { id: uuidv7(), userId, accountId: userId, providerId: 'credential', password }
    await (await database()).insert(accounts).values(account)
    session = { userId, sessionId: uuidv7(), email }
  })
  const change = (actor: Actor, isRequired: boolean, hasSecondFactor = true, proof: object = {}) => {
    const given = { requires_second_factor: isRequired, ...proof }
    return changeSecondFactorDemand(actor, given, { ...session, hasSecondFactor }, { verify })
  }

  test('is required of one workspace’s members by who has one, and the history tells each change once', async () => {
    const [one, other] = [await addWorkspace(), await addWorkspace()]
    expect(await refusalOf(change(one, true, false))).toMatchObject({ kind: 'conflict', type: 'second_factor_missing' })
    expect(await demandOf(one)).toBe(false)
    await race([change(one, true), change(one, true)])
    expect([await demandOf(one), await demandOf(other)]).toEqual([true, false])
    await change(one, false, false, { password })
    expect(await demandOf(one)).toBe(false)
    const { events } = await everythingIn(one)
    expect(events.map(({ eventType, data }) => [eventType, data.changes])).toEqual([
      ['workspace.updated', { second_factor: { from: 'optional', to: 'required' } }],
      ['workspace.updated', { second_factor: { from: 'required', to: 'optional' } }],
    ])
    expect(await refusalOf(change({ ...one, workspaceId: uuidv7() }, true))).toMatchObject({
      type: 'workspace_not_found',
    })
  })

  test('is made optional only by an owner who proves who they are, by a code too where they have one', async () => {
    const admin = await addWorkspace({ requiresSecondFactor: true })
    const refused = (proof: object) => refusalOf(change(admin, false, true, proof))
    expect(await refused({})).toMatchObject({ kind: 'invalid_input', fields: { password: [expect.any(String)] } })
    expect(await refused({ password: 'a wrong one' })).toMatchObject({ type: 'wrong_password' })
    const connection = await database()
    const kept = { id: uuidv7(), userId: session.userId, secret: 'x', backupCodes: 'x', verified: true }
    await connection.insert(twoFactors).values(kept)
    expect(await refused({ password })).toMatchObject({ fields: { code: [expect.any(String)] } })
    expect(await demandOf(admin)).toBe(true)
    await connection.delete(twoFactors).where(eq(twoFactors.id, kept.id))
    await change(admin, false, true, { password })
    expect(await demandOf(admin)).toBe(false)
  })
})

describe('changing a workspace', () => {
  const detailsOf = async ({ workspaceId }: Actor) => {
    const { name, defaultCountry } = await getWorkspace(workspaceId)
    return `${name}, ${defaultCountry}`
  }

  test('changes what is given and nothing of another one, and is told where it changed anything', async () => {
    const [one, other] = [await addWorkspace(), await addWorkspace()]
    await updateWorkspace(one, { name: '  Seaview ' })
    await updateWorkspace(one, { default_country: 'DE' })
    await updateWorkspace(one, { name: 'Seaview', default_country: 'DE' })
    await updateWorkspace(one, {})
    expect(await detailsOf(one)).toBe('Seaview, DE')
    expect(await detailsOf(other)).toBe('Harborview, US')
    const { events } = await everythingIn(one)
    expect(events.map(({ eventType, data }) => [eventType, data.changes])).toEqual([
      ['workspace.updated', { name: { from: 'Harborview', to: 'Seaview' } }],
      ['workspace.updated', { default_country: { from: 'US', to: 'DE' } }],
    ])
  })

  test.each<[string, unknown]>([
    ...['', ' ', 'a\nb', 'x'.repeat(101), 7, null].map((name): [string, unknown] => ['name', name]),
    ...['', 'XX', 'Germany', 7, null].map((country): [string, unknown] => ['default_country', country]),
  ])('of its %s to %j is refused', async (field, value) => {
    const admin = await addWorkspace()
    expect(await refusalOf(updateWorkspace(admin, { [field]: value }))).toMatchObject({
      kind: 'invalid_input',
      fields: { [field]: [expect.any(String)] },
    })
    expect(await detailsOf(admin)).toBe('Harborview, US')
  })

  test('that is not there is refused', async () => {
    const nowhere = { ...(await addWorkspace()), workspaceId: uuidv7() }
    expect(await refusalOf(updateWorkspace(nowhere, { name: 'Seaview' }))).toMatchObject({
      type: 'workspace_not_found',
    })
  })
})

describe('a further workspace', () => {
  const details = { name: 'Sea View', default_country: 'FR', kind: 'sandbox' }

  test('is made by who owns one, who owns it too and looks at it from now on', async () => {
    const session = await addSession('owner')
    const { workspaceId } = await createWorkspace(session, details)
    const again = await createWorkspace(session, { ...details, kind: 'live' })
    const [, second, third] = await listMemberships(session.userId)
    expect(second).toMatchObject({
      workspaceId,
      name: 'Sea View',
      isSandbox: true,
      defaultCountry: 'FR',
      role: 'owner',
    })
    expect(third).toMatchObject({ ...again, isSandbox: false })
    expect(third?.slug).not.toBe(second?.slug)
    expect(await activeWorkspaceOf(session)).toBe(again.workspaceId)
  })

  test('is refused to who owns none', async () => {
    const session = await addSession('manager')
    expect(await refusalOf(createWorkspace(session, details))).toMatchObject({ kind: 'forbidden' })
    expect(await listMemberships(session.userId)).toHaveLength(1)
  })

  test.each([{ name: '' }, { default_country: 'XX' }, { kind: 'demo' }, { kind: undefined }])(
    'with %j is refused',
    async (wrong) => {
      const session = await addSession('owner')
      expect(await refusalOf(createWorkspace(session, { ...details, ...wrong }))).toMatchObject({
        kind: 'invalid_input',
        fields: { [Object.keys(wrong)[0] ?? '']: [expect.any(String)] },
      })
    },
  )
})
