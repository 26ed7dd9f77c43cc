/* What is written to the log of who signs in, fails to, and changes what they sign in with. */

import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { NextRequest } from 'next/server'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, users } from '@/db/schema/accounts'
import { workspaceMembers } from '@/db/schema/workspaces'
import { changePassword, changeProfile, endSession } from '@/lib/accounts/account/commands'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { getAuth } from '@/lib/accounts/auth/auth'
import { acceptInvitation, createInvitedAccount, inviteMember } from '@/lib/accounts/members/commands'
import { admitResetRequest, createPasswordReset, resetPassword } from '@/lib/accounts/password-resets/commands'
import { logger } from '@/lib/platform/logger'
import { codeOf } from '@/lib/platform/security-log'
import { addWorkspace, refusalOf } from '@/lib/testing/test-data'
import { signIn, signOut } from './(auth)/sign-in/actions'
import { removeIdentities } from './(dashboard)/identities/actions'
import { POST } from './data/imports/route'

let cookie = ''
let address = '192.0.2.1'
let visits = 0
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-forwarded-for': address, cookie }),
  cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }),
}))

type Line = Record<string, unknown>
let lines: Line[]
beforeEach(() => {
  lines = []
  const take = (line: unknown) => void lines.push(line as Line)
  vi.spyOn(logger(), 'info').mockImplementation(take)
  vi.spyOn(logger(), 'warn').mockImplementation(take)
})
afterEach(() => vi.restoreAllMocks())

const events = () => lines.flatMap((line) => ('security_event' in line ? [line] : []))
const password = 'trombone saddle 91'

async function addAccount() {
  const connection = await database()
  const [userId, email] = [uuidv7(), `${uuidv7()}@example.com`]
  await connection.insert(users).values({ id: userId, name: 'Robin Álvarez', email })
  await connection.insert(accounts).values({
    ...{ id: uuidv7(), userId, accountId: userId, providerId: 'credential' },
    password: await hashPassword(password),
  })
  return { userId, email, name: 'Robin Álvarez', sessionId: uuidv7() }
}

async function trySigningIn(email: string, given: string) {
  // The limit by client address is not what this is about.
  address = `192.0.2.${++visits}`
  const form = new FormData()
  form.set('email', email)
  form.set('password', given)
  await signIn(null, form).catch((error) => {
    if (!String(error?.digest).startsWith('NEXT_REDIRECT')) throw error
  })
}

test('signing in, failing to, and being held up', async () => {
  const { email, userId } = await addAccount()
  await trySigningIn(email, password)
  for (let n = 1; n <= 6; n++) await trySigningIn(email.toUpperCase(), 'wrong')
  expect(events()).toEqual([
    { security_event: 'sign_in.succeeded', method: 'password', user_id: userId },
    ...Array.from({ length: 5 }, () => ({
      ...{ security_event: 'sign_in.failed', method: 'password' },
      subject: codeOf(email),
    })),
    { security_event: 'attempts.held_up', subject: codeOf(email) },
  ])
})

test('changes of what somebody signs in with', async () => {
  const owner = await addAccount()
  const passwords = { hash: hashPassword, verify: verifyPassword }
  const wrong = { password: 'wrong', new_password: 'walnut harbour violin' }
  await refusalOf(changePassword(owner, wrong, passwords))
  await changePassword(owner, { ...wrong, password }, passwords)
  await changeProfile(owner, { name: 'Robin', email: owner.email }, passwords)
  const email = `${uuidv7()}@example.com`
  await changeProfile(owner, { name: 'Robin', email, password: 'walnut harbour violin' }, passwords)
  await admitResetRequest({ email }, '192.0.2.1')
  const { token } = await createPasswordReset({ email })
  await resetPassword(token, { password: 'marble lantern cactus' }, hashPassword)
  const { userId: user_id } = owner
  expect(events()).toEqual([
    { security_event: 'password.refused', user_id },
    { security_event: 'password.changed', user_id },
    { security_event: 'email.changed', user_id },
    { security_event: 'password_reset.requested', subject: codeOf(email) },
    { security_event: 'password_reset.used', user_id },
  ])
  expect(JSON.stringify(lines)).not.toMatch(/@|Robin|192\.0\.2\.1|violin|cactus/)
})

test('what a role does not permit, by an action and by a route', async () => {
  const { workspaceId } = await addWorkspace()
  const { userId, email } = await addAccount()
  const connection = await database()
  await connection.insert(workspaceMembers).values({ workspaceId, userId, role: 'viewer' })
  const auth = await getAuth()
  const response = await auth.api.signInEmail({ body: { email, password }, asResponse: true })
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(await removeIdentities([uuidv7()])).toMatchObject({ ok: false })
  const upload = new NextRequest('http://localhost/data/imports?name=people.csv', { method: 'POST' })
  expect((await POST(upload)).status).toBe(403)
  const who = { user_id: userId, workspace_id: workspaceId }
  expect(events()).toEqual([
    { security_event: 'permission.refused', ...who, permission: 'identity.delete' },
    { security_event: 'permission.refused', ...who, permission: 'identity.import' },
  ])
})

test('a session that its owner ends, here and elsewhere', async () => {
  const { userId, email } = await addAccount()
  const auth = await getAuth()
  const given = { body: { email, password }, asResponse: true as const }
  const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const [here, elsewhere] = [await auth.api.signInEmail(given), await auth.api.signInEmail(given)]
  cookie = cookieOf(here)
  const owner = await findSignedInUser()
  cookie = cookieOf(elsewhere)
  const other = await findSignedInUser()
  if (!owner || !other) throw new Error('Nobody is signed in')
  await endSession(owner, other.sessionId, { password }, { verify: verifyPassword })
  cookie = cookieOf(here)
  await signOut().catch(() => undefined)
  expect(events()).toEqual(Array.from({ length: 2 }, () => ({ security_event: 'session.ended', user_id: userId })))
  expect(await findSignedInUser()).toBeNull()
})

test('accepted invitations, by who has an account and by who makes one', async () => {
  const [{ workspaceId, ...actor }, owner, member] = [await addWorkspace(), await addAccount(), await addAccount()]
  await (await database()).insert(workspaceMembers).values({ workspaceId, userId: owner.userId, role: 'owner' })
  const acting = { ...actor, workspaceId, id: owner.userId }
  const [first, second] = [
    await inviteMember(acting, { role: 'viewer' }),
    await inviteMember(acting, { role: 'viewer' }),
  ]
  await acceptInvitation(first.token, member)
  const email = `${uuidv7()}@example.com`
  await createInvitedAccount(second.token, { name: 'Kim', email, password: 'marble lantern cactus' }, hashPassword)
  await refusalOf(acceptInvitation(second.token, owner))
  expect(events()).toEqual([
    { security_event: 'invitation.accepted', user_id: member.userId, workspace_id: workspaceId },
    { security_event: 'invitation.accepted', user_id: expect.any(String), workspace_id: workspaceId },
  ])
})
