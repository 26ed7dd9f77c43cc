/*
 * Every action and every route, tried as every role, and as nobody. What a new action asks for must be
 * written down here before the test passes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import { eq } from 'drizzle-orm'
import { NextRequest } from 'next/server'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, passkeys, sessions, users } from '@/db/schema/accounts'
import { memberRoles, workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getAuth } from '@/lib/accounts/auth/auth'
import { workspaceField } from '@/lib/accounts/workspaces/page-workspace'
import type { Actor } from '@/lib/platform/actor'
import { limiters } from '@/lib/platform/limits/count-use'
import type { LimitKind } from '@/lib/platform/limits/limits'
import { may, type Permission, type Role } from '@/lib/platform/permissions'
import type { RefusalValue } from '@/lib/platform/refusals'
import { addWorkspace, everythingIn } from '@/lib/testing/test-data'

let cookie = ''
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie }),
  cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

type Needs = Permission | 'a session'

const id = uuidv7()
const nothing = null
const form = () => new FormData()

/** What each action needs, and something to call it with that changes nothing even where it is permitted. */
const actions: Record<string, Record<string, [Needs, () => unknown[]]>> = {
  'access-systems/actions.ts': {
    addAccessSystem: ['access_system.manage', () => [nothing, form()]],
    saveAccessSystem: ['access_system.manage', () => [nothing, form()]],
    removeAccessSystem: ['access_system.manage', () => [id]],
    addDoors: ['access_system.manage', () => [{ acsSystemId: id, names: ['Lobby'], unlocksWith: [] }]],
    saveDoor: ['access_system.manage', () => [{ acsEntranceId: id, displayName: 'Lobby', unlocksWith: [] }]],
    removeDoor: ['access_system.manage', () => [id]],
    addAccessGroups: ['access_system.manage', () => [{ acsSystemId: id, names: ['Staff'] }]],
    saveAccessGroup: ['access_system.manage', () => [{ acsAccessGroupId: id, name: 'Staff', acsEntranceIds: [] }]],
    removeAccessGroup: ['access_system.manage', () => [id]],
    addAcsUser: ['acs_user.create', () => [{ acsSystemId: id, fullName: 'Ann', acsAccessGroupIds: [] }]],
  },
  'acs-users/actions.ts': {
    suspend: ['acs_user.suspend', () => [id]],
    unsuspend: ['acs_user.suspend', () => [id]],
    saveAccessSchedule: ['acs_user.write', () => [{ acsUserId: id, startsAt: null, endsAt: null }]],
    saveAccessGroups: ['acs_user.write', () => [{ acsUserId: id, acsAccessGroupIds: [] }]],
    issueCredential: ['credential.manage', () => [{ acsUserId: id, accessMethod: 'mobile_key' }]],
    extendCredential: ['credential.manage', () => [{ acsCredentialId: id, endsAt: null }]],
    revokeCredential: ['credential.manage', () => [id]],
    saveAlignedProfiles: ['identity.write', () => [{ userIdentityId: id, identity: { full_name: 'X' }, acsUsers: [] }]],
    addToAccessGroup: ['acs_user.write', () => [{ acsUserId: id, acsAccessGroupId: id }]],
    grantDoor: ['acs_user.write', () => [{ acsUserId: id, acsEntranceId: id }]],
  },
  'actions.ts': {
    chooseWorkspace: ['a session', () => [id]],
    undo: ['a session', () => [id, '/']],
    undoAll: ['a session', () => [[id]]],
  },
  'identities/actions.ts': {
    createIdentity: ['identity.write', () => [nothing, form()]],
    saveIdentity: ['identity.write', () => [nothing, form()]],
    removeIdentity: ['identity.delete', () => [id]],
    removeIdentities: ['identity.delete', () => [[id]]],
    attach: ['acs_user.link', () => [{ userIdentityId: id, acsUserId: id }]],
    detach: ['acs_user.link', () => [{ userIdentityId: id, acsUserId: id }]],
    createAndAttach: ['acs_user.create', () => [{ userIdentityId: id, acsSystemId: id }]],
  },
  'identities/merge-actions.ts': {
    mergeIdentities: ['identity.merge', () => [{}]],
    dismissPair: ['identity.merge', () => [{ one_id: id, other_id: uuidv7() }]],
  },
  'identities/move-actions.ts': {
    movePeopleOut: ['identity.move', () => [[id], {}]],
    movePeopleIn: ['identity.move', () => [[id], {}]],
    cancelPlannedMoveOut: ['identity.move', () => [id]],
  },
  'import/actions.ts': {
    chooseColumns: ['identity.import', () => [id, { mapping: {} }]],
    apply: ['identity.import', () => [id, {}]],
    stop: ['identity.import', () => [id]],
    resume: ['identity.import', () => [id]],
    undoWhole: ['identity.import', () => [id]],
    discard: ['identity.import', () => [id]],
  },
  'reconcile/actions.ts': {
    dismiss: ['acs_user.link', () => [id]],
    restore: ['acs_user.link', () => [id]],
    createFromAcsUser: ['identity.write', () => [id]],
    acceptCertain: ['acs_user.link', () => [[{ userIdentityId: id, acsUserId: id }]]],
  },
  'settings/account/actions.ts': {
    saveProfile: ['a session', () => [nothing, form()]],
    savePassword: ['a session', () => [nothing, form()]],
    signOutElsewhere: ['a session', () => [id, {}]],
    signOutEverywhereElse: ['a session', () => [{}]],
    beginProofByPasskey: ['a session', () => []],
    beginWithTwoFactor: ['a session', () => [nothing, form()]],
    confirmWithCode: ['a session', () => [nothing, form()]],
    makeRecoveryCodes: ['a session', () => [nothing, form()]],
    turnTwoFactorOff: ['a session', () => [nothing, form()]],
    beginWithPasskey: ['a session', () => [{}]],
    addMadePasskey: ['a session', () => [{}, {}]],
    renameOwnPasskey: ['a session', () => [id, 'Laptop']],
    removeOwnPasskey: ['a session', () => [id, {}]],
  },
  'settings/api-keys/actions.ts': {
    createKey: ['api_key.manage', () => [nothing, form()]],
    revokeKey: ['api_key.manage', () => [id]],
  },
  'settings/members/actions.ts': {
    invite: ['member.manage', () => [nothing, form()]],
    revoke: ['member.manage', () => [id]],
    sendAgain: ['member.manage', () => [id]],
    changeRole: ['member.manage', () => [id, 'viewer']],
    remove: ['member.manage', () => [id]],
    leave: ['a session', () => []],
  },
  'settings/webhooks/actions.ts': {
    addWebhook: ['webhook.manage', () => [nothing, form()]],
    saveWebhook: ['webhook.manage', () => [nothing, form()]],
    removeWebhook: ['webhook.manage', () => [id]],
    resend: ['webhook.manage', () => [id]],
    switchOn: ['webhook.manage', () => [id]],
    revealSecret: ['webhook.manage', () => [id]],
  },
  'settings/workspace/actions.ts': {
    saveSecondFactorDemand: ['workspace.write', () => [false, {}]],
    saveWorkspace: ['workspace.write', () => [nothing, form()]],
    resetWorkspace: ['workspace.reset', () => []],
  },
  'tasks/actions.ts': {
    complete: ['acs_user.write', () => [id]],
    reopen: ['acs_user.write', () => [id]],
  },
  'workspaces/new/actions.ts': { create: ['a session', () => [nothing, form()]] },
}

/** Those of signing in: whoever has no session must be able to call them. */
const openActions = [
  'forgot-password/actions.ts',
  'invitations/[token]/actions.ts',
  'reset-password/[token]/actions.ts',
  'setup/actions.ts',
  'sign-in/actions.ts',
  'sign-in/code/actions.ts',
  'sign-in/passkey-actions.ts',
]

/** What a route needs besides a session, by its method and path; what is not named here is for every member. */
const routeNeeds: Record<string, Permission> = { 'POST imports': 'identity.import' }

const root = join(process.cwd(), 'app')
const dashboard = join(root, '(dashboard)')
type Callable = (...given: unknown[]) => Promise<unknown>

/** The paths below a folder that end so. */
const filesIn = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort()

const isActions = (folder: string) => (file: string) =>
  readFileSync(join(folder, file), 'utf8').startsWith("'use server'")
const actionFiles = filesIn(dashboard, '.ts').filter(isActions(dashboard))
const routeFiles = filesIn(join(root, 'data'), 'route.ts')

let admin: Actor
let calls = 0
const cookies = new Map<Role | 'nobody', string>([['nobody', '']])

beforeAll(async () => {
  admin = await addWorkspace()
  const connection = await database()
  const auth = await getAuth()
  const password = await hashPassword('a long enough password')
  for (const role of memberRoles) {
    const [userId, email] = [uuidv7(), `${role}@example.com`]
    await connection.insert(users).values({ id: userId, name: role, email })
    await connection
      .insert(accounts)
      .values({ id: uuidv7(), userId, accountId: userId, providerId: 'credential', password })
    await connection.insert(workspaceMembers).values({ workspaceId: admin.workspaceId, userId, role })
    const response = await auth.api.signInEmail({
      body: { email, password: 'a long enough password' },
      asResponse: true,
    })
    cookies.set(
      role,
      response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
    )
  }
})
afterAll(() => {
  console.log(`${calls} calls: every action and route of the dashboard, as every role and as nobody`)
})

const refusalIn = (result: unknown) => (result as { refusal?: RefusalValue } | null)?.refusal
const everybody = [...memberRoles, 'nobody'] as const
const verdict = (refusal: RefusalValue | undefined) => {
  if (refusal?.kind === 'unauthenticated') return 'signed out'
  return refusal?.type === 'forbidden' && refusal.message.startsWith('Your role') ? 'not permitted' : 'permitted'
}
const expected = (who: Role | 'nobody', needs: Needs) => {
  if (who === 'nobody') return 'signed out'
  return needs === 'a session' || may(who, needs) ? 'permitted' : 'not permitted'
}

describe('actions', () => {
  test('all are known here, with what they need', async () => {
    const open = filesIn(join(root, '(auth)'), '.ts').filter(isActions(join(root, '(auth)')))
    expect(open).toEqual(openActions)
    expect(actionFiles).toEqual(Object.keys(actions).sort())
    for (const file of actionFiles) {
      const found = Object.keys(await import(join(dashboard, file))).sort()
      expect(found, file).toEqual(Object.keys(actions[file] ?? {}).sort())
    }
  })

  const each = Object.entries(actions).flatMap(([file, of]) =>
    Object.entries(of).map(([name, [needs, given]]) => ({ file, name, needs, given })),
  )
  test.each(each)('$file: $name is for who has $needs', async ({ file, name, needs, given }) => {
    // It does what it says for whoever may, and so they would be gone for what comes after.
    if (name === 'leave') return
    const action = (await import(join(dashboard, file)))[name] as Callable
    const before = await everythingIn(admin)
    const verdicts: Record<string, string> = {}
    for (const who of everybody) {
      cookie = cookies.get(who) ?? ''
      calls++
      verdicts[who] = verdict(refusalIn(await action(...given())))
    }
    expect(verdicts).toEqual(Object.fromEntries(everybody.map((who) => [who, expected(who, needs)])))
    expect(await everythingIn(admin)).toEqual(before)
  })
})

/** Those that do nothing to the workspace. */
const ofAnyPage = ['settings/account/actions.ts', 'workspaces/new/actions.ts']

describe('a workspace that requires a second factor', () => {
  const demand = async (requiresSecondFactor: boolean) => {
    const connection = await database()
    const isWorkspace = eq(workspaces.workspaceId, admin.workspaceId)
    await connection.update(workspaces).set({ requiresSecondFactor }).where(isWorkspace)
  }
  beforeAll(() => demand(true))
  afterAll(() => demand(false))

  const all = Object.entries(actions).flatMap(([file, of]) =>
    Object.entries(of).map(([name, [, given]]) => ({ file, name, given })),
  )
  test.each(all)('$file: $name, for who has none', async ({ file, name, given }) => {
    const isOpen = ofAnyPage.includes(file) || name === 'chooseWorkspace'
    const action = (await import(join(dashboard, file)))[name] as Callable
    for (const who of memberRoles) {
      cookie = cookies.get(who) ?? ''
      const refusal = refusalIn(await action(...given()))
      if (isOpen) expect(refusal?.type).not.toBe('second_factor_required')
      else expect(refusal).toMatchObject({ kind: 'forbidden', type: 'second_factor_required' })
    }
  })

  test.each(routeFiles)('%s, for who has none', async (file) => {
    const handlers = (await import(join(root, 'data', file))) as Record<string, Callable>
    for (const [method, handle] of Object.entries(handlers)) {
      cookie = cookies.get('owner') ?? ''
      const request = new NextRequest('http://localhost/', { method, ...(method === 'POST' && { body: '[]' }) })
      const response = (await handle(request, { params: Promise.resolve({ id }) })) as Response
      expect(response.status, method).toBe(403)
      expect(await response.json()).toMatchObject({ error: { type: 'second_factor_required' } })
    }
  })

  test('lets in who has two-factor authentication on, or signed in by a passkey that still is theirs', async () => {
    const connection = await database()
    const page = () => requireAdmin().catch(({ digest }) => String(digest))
    cookie = cookies.get('viewer') ?? ''
    expect(await page()).toContain(';/second-factor;')
    const held = await requireAdmin({ ofNoWorkspace: true })
    expect(held).toMatchObject({ isHeldUp: true })
    const isOwn = eq(users.id, held.userId)
    await connection.update(users).set({ twoFactorEnabled: true }).where(isOwn)
    // The password has opened this session before.
    expect(await page()).toContain(';/second-factor;')
    for (const secondFactor of [true, null]) {
      await connection.update(sessions).set({ secondFactor }).where(eq(sessions.id, held.sessionId))
      expect(await page()).toMatchObject({ isHeldUp: false })
    }
    await connection.update(users).set({ twoFactorEnabled: false }).where(isOwn)

    const passkeyId = uuidv7()
    const kept = { credentialId: passkeyId, publicKey: 'x', counter: 0, transports: [] }
    await connection.insert(passkeys).values({ id: passkeyId, userId: held.userId, name: 'Laptop', ...kept })
    expect(await page()).toContain(';/second-factor;')
    const auth = await getAuth()
    const signedIn = await auth.api.signInPasskey({
      ...{ body: { userId: held.userId, passkeyId }, headers: new Headers(), asResponse: true },
    })
    cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    expect(await page()).toMatchObject({ isHeldUp: false })
    await connection.delete(passkeys).where(eq(passkeys.id, passkeyId))
    expect(await page()).toContain(';/second-factor;')
  })

  test('holds nobody up in another one', async () => {
    const other = await addWorkspace()
    cookie = cookies.get('viewer') ?? ''
    const { userId } = await requireAdmin({ ofNoWorkspace: true })
    const membership = { workspaceId: other.workspaceId, userId, role: 'viewer' } as const
    await (await database()).insert(workspaceMembers).values(membership)
    const { chooseWorkspace } = await import('./(dashboard)/actions')
    expect(await chooseWorkspace(other.workspaceId)).toMatchObject({ ok: true })
    expect(await requireAdmin()).toMatchObject({ isHeldUp: false, workspace: { workspaceId: other.workspaceId } })
    expect(await chooseWorkspace(admin.workspaceId)).toMatchObject({ ok: true })
    expect(await requireAdmin().catch(({ digest }) => String(digest))).toContain(';/second-factor;')
    await (await database()).delete(workspaceMembers).where(eq(workspaceMembers.workspaceId, other.workspaceId))
  })
})

describe('forms', () => {
  const each = Object.entries(actions).flatMap(([file, of]) =>
    Object.entries(of)
      .filter(([, [, given]]) => !ofAnyPage.includes(file) && given().some((value) => value instanceof FormData))
      .map(([name]) => ({ file, name })),
  )
  test('there are some', () => expect(each.length).toBeGreaterThan(5))

  test.each(each)('$file: $name refuses that of a page of another workspace', async ({ file, name }) => {
    const action = (await import(join(dashboard, file)))[name] as Callable
    cookie = cookies.get('owner') ?? ''
    const given = form()
    given.set(workspaceField, uuidv7())
    expect(refusalIn(await action(nothing, given))).toMatchObject({ type: 'other_workspace' })
  })
})

describe('routes of the dashboard', () => {
  test('there are some', () => expect(routeFiles.length).toBeGreaterThan(20))

  test.each(routeFiles)('%s is for members', async (file) => {
    const path = file.replace(/\/?route\.ts$/, '')
    const handlers = (await import(join(root, 'data', file))) as Record<string, Callable>
    for (const [method, handle] of Object.entries(handlers)) {
      const address = `http://localhost/data/${path.replace('[id]', id)}?acs_user=${id}&system=${id}&identity=${id}&ids=${id}`
      const needs = routeNeeds[`${method} ${path}`] ?? 'a session'
      for (const who of everybody) {
        cookie = cookies.get(who) ?? ''
        calls++
        const request = new NextRequest(address, { method, ...(method === 'POST' && { body: JSON.stringify([id]) }) })
        const response = (await handle(request, { params: Promise.resolve({ id }) })) as Response
        const { status } = response
        await response.body?.cancel()
        const outcome = status === 401 ? 'signed out' : status === 403 ? 'not permitted' : 'permitted'
        expect(status, `${method} ${path} as ${who}`).toBeLessThan(500)
        expect(outcome, `${method} ${path} as ${who}`).toBe(expected(who, needs))
      }
    }
  })
})

describe('limits', () => {
  /** What actions and routes count as that are no mere changes and reads. */
  const kinds: Record<string, LimitKind> = {
    'settings/workspace/actions.ts: resetWorkspace': 'reset',
    'settings/members/actions.ts: invite': 'invitation',
    'settings/members/actions.ts: sendAgain': 'invitation',
    'workspaces/new/actions.ts: create': 'workspace',
    'POST imports': 'import',
    ...Object.fromEntries(
      [
        ...['GET search', 'GET identities', 'GET identities/options', 'GET identities/similar'],
        ...['GET identities/selectable', 'GET acs-users/options', 'GET entrances/options', 'GET reconcile'],
        ...['GET access-systems/[id]/acs-users', 'GET reconcile/certain', 'POST reconcile/certain'],
      ].map((route) => [route, 'search' as const]),
    ),
    ...Object.fromEntries(
      [
        ...['GET identities/export', 'POST identities/export', 'GET events/export', 'GET imports/template'],
        ...['GET access-systems/[id]/acs-users/export', 'GET imports/[id]/report', 'GET tasks/export'],
      ].map((route) => [route, 'export' as const]),
    ),
  }
  /** Runs as the manager, after they have used up what there is of a kind. */
  const usedUp = async <Value>(kind: LimitKind, run: () => Promise<Value>): Promise<Value> => {
    cookie = cookies.get('manager') ?? ''
    const { userId } = await requireAdmin({ ofNoWorkspace: true })
    const { perAccount } = limiters()[kind]
    await perAccount.block(userId, 45)
    return run().finally(() => perAccount.delete(userId))
  }
  const tooMany = { kind: 'too_many', type: 'too_many_requests', message: expect.stringMatching(/Wait \d+ seconds/) }

  const all = Object.entries(actions).flatMap(([file, of]) =>
    Object.entries(of).map(([name, [, given]]) => ({ file, name, given })),
  )
  test.each(all)('$file: $name has one', async ({ file, name, given }) => {
    const action = (await import(join(dashboard, file)))[name] as Callable
    const usual = file === 'settings/account/actions.ts' ? 'account' : 'change'
    const result = await usedUp(kinds[`${file}: ${name}`] ?? usual, () => action(...given()))
    expect(refusalIn(result)).toMatchObject(tooMany)
  })

  test.each(routeFiles)('%s has one', async (file) => {
    const path = file.replace(/\/?route\.ts$/, '')
    const handlers = (await import(join(root, 'data', file))) as Record<string, Callable>
    for (const [method, handle] of Object.entries(handlers)) {
      const request = new NextRequest('http://localhost/', { method, ...(method === 'POST' && { body: '[]' }) })
      const response = await usedUp(
        kinds[`${method} ${path}`] ?? 'read',
        async () => (await handle(request, { params: Promise.resolve({ id }) })) as Response,
      )
      expect([response.status, response.headers.get('retry-after')], `${method} ${path}`).toEqual([
        ...[429, expect.stringMatching(/^\d+$/)],
      ])
      expect(await response.json()).toMatchObject({ error: tooMany })
    }
  })

  test('pages have one', async () => {
    const led = await usedUp('page', () => requireAdmin().catch(({ digest }) => String(digest)))
    expect(led).toMatch(/;\/too-many-requests\?wait=\d+&next=/)
  })
})

test('who leaves is out of everything with the next call', async () => {
  const { leave } = await import('./(dashboard)/settings/members/actions')
  const { stop } = await import('./(dashboard)/import/actions')
  cookie = ''
  expect(verdict(refusalIn(await leave()))).toBe('signed out')
  for (const who of ['manager', 'support', 'viewer'] as const) {
    cookie = cookies.get(who) ?? ''
    expect(await leave()).toMatchObject({ ok: true })
    expect(refusalIn(await stop(id))).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('any more') })
  }
})
