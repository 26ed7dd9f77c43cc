import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { users } from '@/db/schema/accounts'
import { mails } from '@/db/schema/mails'
import { workspaceInvitations, workspaceMembers } from '@/db/schema/workspaces'
import { sendDueMails } from '@/lib/background/mail/dispatcher'
import type { Actor } from '@/lib/platform/actor'
import { mailSettings } from '@/lib/platform/mail-settings'
import type { Role } from '@/lib/platform/permissions'
import { startMailServer } from '@/lib/testing/mail-server'
import { addWorkspace, everythingIn, race, refusalOf } from '@/lib/testing/test-data'
import { demoManagerEmail } from '../auth/demo-sign-in'
import {
  acceptInvitation,
  changeMemberRole,
  createInvitedAccount,
  inviteMember,
  leaveWorkspace,
  removeMember,
  revokeInvitation,
  sendInvitationAgain,
} from './commands'
import { findOpenInvitation, listInvitations, listMembers } from './queries'

type Member = Actor & { id: string; userId: string; email: string }

async function addUser(name: string, email = `${uuidv7()}@example.com`) {
  const userId = uuidv7()
  await (await database()).insert(users).values({ id: userId, name, email })
  return { userId, name, email }
}

async function addMember({ workspaceId }: Actor, role: Role, name = 'Sam Ortiz'): Promise<Member> {
  const user = await addUser(name)
  await (await database()).insert(workspaceMembers).values({ workspaceId, userId: user.userId, role })
  return { ...user, workspaceId, kind: 'member', id: user.userId }
}

let owner: Member
beforeEach(async () => {
  owner = await addMember(await addWorkspace(), 'owner', 'Dana Reyes')
})

const rolesOf = async () => (await listMembers(owner.workspaceId)).map(({ role }) => role)
const eventsOf = async () => (await everythingIn(owner)).events.map(({ eventType }) => eventType)
const hash = async (password: string) => `hash of ${password}`

describe('an invitation', () => {
  test('is listed while it is open, and its secret is kept nowhere', async () => {
    const { invitationId, token } = await inviteMember(owner, { role: 'support', email: ' Sam@Example.com ' })
    expect(await listInvitations(owner.workspaceId)).toMatchObject([
      { invitationId, role: 'support', email: 'sam@example.com', createdBy: 'Dana Reyes' },
    ])
    expect(await findOpenInvitation(token)).toMatchObject({ role: 'support', createdBy: 'Dana Reyes' })
    const kept = await (await database())
      .select({ one: sql`1` })
      .from(workspaceInvitations)
      .where(sql`${workspaceInvitations}::text like ${`%${token}%`}`)
    expect(kept).toEqual([])
    expect(JSON.stringify(await everythingIn(owner))).not.toContain(token)
  })

  test('makes who has the link a member once, whoever comes second', async () => {
    const { token } = await inviteMember(owner, { role: 'support' })
    const guests = await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => addUser(name)))
    const { winners, refusals } = await race(guests.map((guest) => acceptInvitation(token, guest)))
    expect(winners).toBe(1)
    for (const refusal of refusals) expect(refusal).toMatchObject({ type: 'invitation_not_found' })
    expect(await rolesOf()).toEqual(['owner', 'support'])
    expect(await listInvitations(owner.workspaceId)).toEqual([])
    expect(await eventsOf()).toEqual(['workspace_member.invited', 'workspace_member.added'])
  })

  test('makes an account together with the membership, or neither', async () => {
    const { token } = await inviteMember(owner, { role: 'viewer' })
    const email = `${uuidv7()}@example.com`
    const given = { name: 'Sam Ortiz', email, password: 'long enough to hold' }
    expect(await refusalOf(createInvitedAccount('no such token', given, hash))).toMatchObject({ kind: 'not_found' })
    expect(await refusalOf(createInvitedAccount(token, { ...given, password: 'short' }, hash))).toMatchObject({
      fields: { password: expect.anything() },
    })
    const taken = { ...given, email: owner.email }
    expect(await refusalOf(createInvitedAccount(token, taken, hash))).toMatchObject({ type: 'email_has_account' })
    expect(await (await database()).$count(users, eq(users.email, email))).toBe(0)
    await createInvitedAccount(token, given, hash)
    expect(await listMembers(owner.workspaceId)).toMatchObject([{ role: 'owner' }, { email, role: 'viewer' }])
  })

  test('for one address is for nobody else, and leaves no account behind', async () => {
    const sam = await addUser('Sam Ortiz')
    const { token } = await inviteMember(owner, { role: 'support', email: sam.email })
    const other = await addUser('Somebody')
    expect(await refusalOf(acceptInvitation(token, other))).toMatchObject({ type: 'invitation_for_another' })
    const email = `${uuidv7()}@example.com`
    const given = { name: 'X', email, password: 'long enough to hold' }
    expect(await refusalOf(createInvitedAccount(token, given, hash))).toMatchObject({ type: 'invitation_for_another' })
    expect(await (await database()).$count(users, eq(users.email, email))).toBe(0)
    expect(await acceptInvitation(token, sam)).toEqual({ workspaceId: owner.workspaceId })
  })

  test('that was revoked, or is a week old, leads nowhere', async () => {
    const { invitationId, token } = await inviteMember(owner, { role: 'support' })
    const sam = await addUser('Sam Ortiz')
    await revokeInvitation(owner, invitationId)
    expect(await findOpenInvitation(token)).toBeNull()
    expect(await refusalOf(acceptInvitation(token, sam))).toMatchObject({ type: 'invitation_not_found' })
    expect(await refusalOf(revokeInvitation(owner, invitationId))).toMatchObject({ type: 'invitation_not_found' })

    const old = await inviteMember(owner, { role: 'support' })
    await (await database())
      .update(workspaceInvitations)
      .set({ expiresAt: sql`now()` })
      .where(eq(workspaceInvitations.invitationId, old.invitationId))
    expect(await findOpenInvitation(old.token)).toBeNull()
    expect(await refusalOf(acceptInvitation(old.token, sam))).toMatchObject({ type: 'invitation_not_found' })
    expect(await listInvitations(owner.workspaceId)).toEqual([])
  })

  test('is of no use to a member, nor to the account that everybody shares', async () => {
    const { token } = await inviteMember(owner, { role: 'viewer' })
    expect(await refusalOf(acceptInvitation(token, owner))).toMatchObject({ type: 'already_a_member' })
    const demo = { userId: uuidv7(), name: 'Demo', email: demoManagerEmail }
    expect(await refusalOf(acceptInvitation(token, demo))).toMatchObject({ kind: 'invalid_input' })
    expect(await findOpenInvitation(token)).not.toBeNull()
    expect(await refusalOf(inviteMember(owner, { role: 'viewer', email: owner.email }))).toMatchObject({
      type: 'already_a_member',
    })
  })

  test.each([{ role: 'admin' }, {}, { role: 'viewer', email: 'no address' }, { role: 'viewer', email: 7 }])(
    'of %j is refused',
    async (input) => {
      expect(await refusalOf(inviteMember(owner, input))).toMatchObject({ kind: 'invalid_input' })
    },
  )
})

describe('an invitation by mail', () => {
  let server: Awaited<ReturnType<typeof startMailServer>>
  beforeAll(async () => {
    server = await startMailServer()
  })
  beforeEach(async () => {
    vi.stubEnv('SMTP_URL', server.url)
    vi.stubEnv('MAIL_FROM', 'keyholder@example.com')
    vi.stubEnv('BASE_URL', 'https://keys.example.com')
    server.received.splice(0)
    await (await database()).delete(mails)
  })
  afterEach(() => vi.unstubAllEnvs())
  afterAll(() => server.stop())

  async function sendAll() {
    const settings = mailSettings()
    if (!settings) throw new Error('Mails are configured here.')
    while ((await sendDueMails(settings)) > 0);
  }
  const tokenIn = (index: number) =>
    /https:\/\/keys\.example\.com\/invitations\/([\w-]+)/.exec(server.received[index]?.message.text ?? '')?.[1] ?? ''
  const letAMinutePass = async () =>
    (await database()).update(mails).set({ createdAt: sql`${mails.createdAt} - interval '61 seconds'` })
  const standing = async () => (await listInvitations(owner.workspaceId)).map(({ mail }) => mail?.status ?? null)

  test('for an address is sent there, with the very link; one for whoever has the link is not', async () => {
    const { isMailed, token } = await inviteMember(owner, { role: 'support', email: 'sam@example.com' })
    expect(isMailed).toBe(true)
    expect(await inviteMember(owner, { role: 'viewer' })).toMatchObject({ isMailed: false })
    expect(await standing()).toEqual([null, 'pending'])
    await sendAll()
    expect(await standing()).toEqual([null, 'sent'])
    expect(server.received).toMatchObject([
      { to: ['sam@example.com'], message: { subject: 'Dana Reyes invites you to Harborview on Keyholder' } },
    ])
    expect(tokenIn(0)).toBe(token)
    expect(server.received[0]?.message.text).toContain('as support')
  })

  test('is sent again with a new link, in place of the one before, and for a week from then', async () => {
    const { invitationId, token } = await inviteMember(owner, { role: 'support', email: 'sam@example.com' })
    await sendAll()
    expect(await refusalOf(sendInvitationAgain(owner, invitationId))).toMatchObject({
      ...{ kind: 'too_many', type: 'sent_just_now' },
    })
    await letAMinutePass()
    await (await database())
      .update(workspaceInvitations)
      .set({ expiresAt: sql`now() + interval '1 hour'` })
      .where(eq(workspaceInvitations.invitationId, invitationId))
    expect(await sendInvitationAgain(owner, invitationId)).toEqual({ email: 'sam@example.com' })
    await sendAll()
    expect(await findOpenInvitation(token)).toBeNull()
    expect(await findOpenInvitation(tokenIn(1))).toMatchObject({ role: 'support' })
    const [item] = await listInvitations(owner.workspaceId)
    expect(Date.parse(item?.expiresAt ?? '') - Date.now()).toBeGreaterThan(6.9 * 24 * 60 * 60 * 1000)
    expect(await eventsOf()).toEqual(['workspace_member.invited', 'workspace_member.invited'])
  })

  test('of many clicks on “Send again”, one sends', async () => {
    const { invitationId } = await inviteMember(owner, { role: 'support', email: 'sam@example.com' })
    await sendAll()
    await letAMinutePass()
    const { winners } = await race(Array.from({ length: 6 }, () => sendInvitationAgain(owner, invitationId)))
    expect(winners).toBe(1)
    await sendAll()
    expect(server.received).toHaveLength(2)
  })

  test('that is revoked before it left is not sent', async () => {
    const { invitationId } = await inviteMember(owner, { role: 'support', email: 'sam@example.com' })
    await revokeInvitation(owner, invitationId)
    await sendAll()
    expect(server.received).toEqual([])
    expect(await refusalOf(sendInvitationAgain(owner, invitationId))).toMatchObject({ type: 'invitation_not_found' })
  })

  test('is not sent where there is no address, or mails are not configured', async () => {
    const open = await inviteMember(owner, { role: 'viewer' })
    expect(await refusalOf(sendInvitationAgain(owner, open.invitationId))).toMatchObject({
      ...{ kind: 'invalid_input', fields: { email: expect.anything() } },
    })
    vi.stubEnv('SMTP_URL', '')
    vi.stubEnv('MAIL_FROM', '')
    const { invitationId, token, isMailed } = await inviteMember(owner, { role: 'viewer', email: 'sam@example.com' })
    expect(isMailed).toBe(false)
    expect(await refusalOf(sendInvitationAgain(owner, invitationId))).toMatchObject({ type: 'mail_not_configured' })
    expect(await findOpenInvitation(token)).not.toBeNull()
  })
})

describe('members', () => {
  test('change roles, are removed and leave; each is told', async () => {
    const sam = await addMember(owner, 'viewer')
    await changeMemberRole(owner, sam.id, 'owner')
    await changeMemberRole(owner, sam.id, 'owner')
    await leaveWorkspace(owner)
    expect(await listMembers(owner.workspaceId)).toMatchObject([{ userId: sam.id, role: 'owner' }])
    const third = await addMember(owner, 'support', 'Third')
    await removeMember(sam, third.id)
    expect(await rolesOf()).toEqual(['owner'])
    expect(await eventsOf()).toEqual([
      'workspace_member.role_changed',
      'workspace_member.removed',
      'workspace_member.removed',
    ])
  })

  test.each<[string, (id: string) => Promise<void>]>([
    ['made a viewer', (id) => changeMemberRole(owner, id, 'viewer')],
    ['removed', (id) => removeMember(owner, id)],
    ['let go', () => leaveWorkspace(owner)],
  ])('the only owner is not %s', async (_what, change) => {
    await addMember(owner, 'manager')
    expect(await refusalOf(change(owner.id))).toMatchObject({ kind: 'conflict', type: 'last_owner' })
    expect(await rolesOf()).toEqual(['owner', 'manager'])
  })

  test('of several owners who leave or demote each other at once, one stays', async () => {
    const second = await addMember(owner, 'owner')
    const third = await addMember(owner, 'owner')
    await race([
      leaveWorkspace(second),
      leaveWorkspace(owner),
      leaveWorkspace(third),
      changeMemberRole(owner, second.id, 'viewer'),
      changeMemberRole(second, owner.id, 'viewer'),
      removeMember(third, owner.id),
    ])
    expect((await rolesOf()).filter((role) => role === 'owner').length).toBeGreaterThanOrEqual(1)
  })

  test.each<Role>(['manager', 'support', 'viewer'])('a %s changes nothing about members', async (role) => {
    const member = await addMember(owner, role)
    const { invitationId } = await inviteMember(owner, { role: 'viewer' })
    const before = [await listMembers(owner.workspaceId), await everythingIn(owner)]
    for (const change of [
      () => inviteMember(member, { role: 'owner' }),
      () => revokeInvitation(member, invitationId),
      () => sendInvitationAgain(member, invitationId),
      () => changeMemberRole(member, member.id, 'owner'),
      () => removeMember(member, owner.id),
    ]) {
      expect(await refusalOf(change())).toMatchObject({ kind: 'forbidden' })
    }
    expect([await listMembers(owner.workspaceId), await everythingIn(owner)]).toEqual(before)
  })

  test('of another workspace read like nobody', async () => {
    const stranger = await addMember(await addWorkspace(), 'owner')
    const theirs = await inviteMember(stranger, { role: 'viewer' })
    expect(await refusalOf(removeMember(owner, stranger.id))).toEqual(await refusalOf(removeMember(owner, uuidv7())))
    expect(await refusalOf(changeMemberRole(owner, stranger.id, 'viewer'))).toMatchObject({ type: 'member_not_found' })
    for (const change of [revokeInvitation, sendInvitationAgain]) {
      expect(await refusalOf(change(owner, theirs.invitationId))).toMatchObject({ type: 'invitation_not_found' })
    }
  })
})
