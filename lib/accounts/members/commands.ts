import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { accounts, sessions, users } from '@/db/schema/accounts'
import { workspaceInvitations, workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces } from '@/db/scope'
import { cancelMails, queueMail } from '@/lib/background/mail/commands'
import { wasMailedWithin } from '@/lib/background/mail/queries'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { parseInput, uuid } from '@/lib/platform/input'
import type { Role } from '@/lib/platform/permissions'
import { invalidInput, notFound, Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { refuseWeakPassword } from '../auth/password'
import {
  generateInvitationToken,
  hashInvitationToken,
  invitedAccountSchema,
  newInvitationSchema,
  roleSchema,
} from './invitation'
import { invitationMail } from './invitation-mail'
import { invitationDays } from './member'
import { findOpenInvitation, isOpen } from './queries'

const mostOpenInvitations = 100
const leastSecondsBetweenMails = 60

/**
 * Invites somebody by a link that works once, for a week. The link's secret is given here and never
 * again: only its hash is kept. An invitation for an email address is sent there, if mails are configured.
 *
 * @returns `isMailed`: whether it will be sent.
 * @throws Refusal `invalid_input`, `workspace_not_found`, `forbidden`, `already_a_member`, `too_many_invitations`
 */
export async function inviteMember(
  actor: Actor,
  input: unknown,
): Promise<{ invitationId: string; token: string; isMailed: boolean }> {
  const { role, email } = parseInput(newInvitationSchema, input)
  const token = generateInvitationToken()
  const invitationId = uuidv7()
  return inTransaction(async (transaction) => {
    const { name: workspaceName } = await lockAsOwner(transaction, actor)
    if (email !== null && (await isMember(transaction, actor.workspaceId, email))) throw alreadyAMember()
    const open = and(eq(workspaceInvitations.workspaceId, actor.workspaceId), isOpen)
    if ((await transaction.$count(workspaceInvitations, open)) >= mostOpenInvitations) {
      throw new Refusal({
        kind: 'conflict',
        type: 'too_many_invitations',
        message: `A workspace has at most ${mostOpenInvitations} open invitations. Revoke one that is no longer needed, then invite again.`,
      })
    }
    await transaction.insert(workspaceInvitations).values({
      workspaceId: actor.workspaceId,
      invitationId,
      role,
      email,
      tokenHash: hashInvitationToken(token),
      createdBy: actor.name,
      expiresAt: sql`now() + make_interval(days => ${invitationDays})`,
    })
    await recordEvents(transaction, actor, [
      { eventType: 'workspace_member.invited', data: { member: { user_id: null, name: email ?? 'somebody', role } } },
    ])
    const invitation = { email, role, token, workspaceName, invitedBy: actor.name }
    const about = { workspaceId: actor.workspaceId, invitationId }
    return { invitationId, token, isMailed: await queueInvitation(transaction, about, invitation) }
  })
}

/**
 * Sends an open invitation once more, with a new link that works for a week from now: the one before
 * is not known any more, and works no longer.
 *
 * @throws Refusal `invalid_input`, also for one without an email address, `forbidden`, `invitation_not_found`,
 *   `mail_not_configured`, `sent_just_now`
 */
export async function sendInvitationAgain(actor: Actor, invitationId: string): Promise<{ email: string }> {
  const id = parseInput(uuid('invitation_id'), invitationId)
  const token = generateInvitationToken()
  return inTransaction(async (transaction) => {
    const { name: workspaceName } = await lockAsOwner(transaction, actor)
    const isIt = and(
      eq(workspaceInvitations.workspaceId, actor.workspaceId),
      eq(workspaceInvitations.invitationId, id),
      isOpen,
    )
    const [open] = await transaction.select().from(workspaceInvitations).where(isIt).for('update')
    if (!open) throw notFound('invitation')
    const { email, role } = open
    if (email === null) throw invalidInput('This invitation is for no email address. Invite anew with one.', 'email')
    if (await wasMailedWithin(transaction, id, leastSecondsBetweenMails)) {
      throw new Refusal({
        kind: 'too_many',
        type: 'sent_just_now',
        message: 'This invitation was sent less than a minute ago. Give it a moment to arrive.',
      })
    }
    await cancelMails(transaction, id)
    const invitation = { email, role, token, workspaceName, invitedBy: actor.name }
    if (!(await queueInvitation(transaction, { workspaceId: actor.workspaceId, invitationId: id }, invitation))) {
      throw new Refusal({
        kind: 'conflict',
        type: 'mail_not_configured',
        message: 'This server sends no email. Revoke the invitation, invite anew, and hand over the link yourself.',
      })
    }
    await transaction
      .update(workspaceInvitations)
      .set({
        tokenHash: hashInvitationToken(token),
        expiresAt: sql`now() + make_interval(days => ${invitationDays})`,
      })
      .where(isIt)
    await recordEvents(transaction, actor, [
      { eventType: 'workspace_member.invited', data: { member: { user_id: null, name: email, role } } },
    ])
    return { email }
  })
}

async function queueInvitation(
  transaction: Transaction,
  { workspaceId, invitationId }: { workspaceId: string; invitationId: string },
  { email, ...invitation }: Omit<Parameters<typeof invitationMail>[0], 'to'> & { email: string | null },
): Promise<boolean> {
  if (email === null) return false
  const about = { kind: 'invitation', subjectId: invitationId, workspaceId, usefulForHours: invitationDays * 24 }
  return queueMail(transaction, about, await invitationMail({ to: email, ...invitation }))
}

/**
 * Makes an invitation's link useless.
 *
 * @throws Refusal `invalid_input`, `forbidden`, `invitation_not_found`, also once it was accepted
 */
export async function revokeInvitation(actor: Actor, invitationId: string): Promise<void> {
  const id = parseInput(uuid('invitation_id'), invitationId)
  await inTransaction(async (transaction) => {
    await lockAsOwner(transaction, actor)
    const [revoked] = await transaction
      .update(workspaceInvitations)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(workspaceInvitations.workspaceId, actor.workspaceId),
          eq(workspaceInvitations.invitationId, id),
          isNull(workspaceInvitations.acceptedAt),
          isNull(workspaceInvitations.revokedAt),
        ),
      )
      .returning({ email: workspaceInvitations.email, role: workspaceInvitations.role })
    if (!revoked) throw notFound('invitation')
    await cancelMails(transaction, id)
    const { email, role } = revoked
    const member = { user_id: null, name: email ?? 'somebody', role }
    await recordEvents(transaction, actor, [{ eventType: 'workspace_member.invitation_revoked', data: { member } }])
  })
}

/**
 * Makes somebody who has an account a member, by an invitation's link.
 *
 * @throws Refusal `invitation_not_found`, `invitation_for_another`, `already_a_member`
 */
export async function acceptInvitation(
  token: string,
  user: { userId: string; name: string; email: string },
): Promise<{ workspaceId: string }> {
  const joined = await acrossWorkspaces(() => inTransaction((transaction) => join(transaction, token, user)))
  logAccepted(user, joined)
  return joined
}

/**
 * Makes an account for who has an invitation's link, and makes them a member.
 *
 * @param hashPassword gives the hash that sign-in checks against.
 * @throws Refusal `invalid_input`, `invitation_not_found`, `invitation_for_another`, `email_has_account`
 */
export async function createInvitedAccount(
  token: string,
  input: unknown,
  hashPassword: (password: string) => Promise<string>,
): Promise<void> {
  // Scoring and hashing take long, so nobody without an invitation makes the server do it.
  const invitation = await findOpenInvitation(token)
  if (!invitation) throw notFound('invitation')
  const given = parseInput(invitedAccountSchema, input)
  if (invitation.email !== null && invitation.email !== given.email) throw invitationForAnother(given.email)
  await refuseWeakPassword(given.password, [given.name, given.email])
  const password = await hashPassword(given.password)
  const userId = uuidv7()
  const create = async (transaction: Transaction) => {
    // First, so that nobody without an invitation learns which addresses have accounts.
    await lockOpenInvitation(transaction, token)
    const made = await transaction
      .insert(users)
      .values({ id: userId, name: given.name, email: given.email })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id })
    if (made.length === 0) {
      const message = 'There is an account with this email address. Sign in with it, then accept.'
      throw new Refusal({ kind: 'conflict', type: 'email_has_account', message, fields: { email: [message] } })
    }
    await transaction
      .insert(accounts)
      .values({ id: uuidv7(), userId, accountId: userId, providerId: 'credential', password })
    return join(transaction, token, { userId, name: given.name, email: given.email })
  }
  logAccepted({ userId }, await acrossWorkspaces(() => inTransaction(create)))
}

function logAccepted({ userId }: { userId: string }, { workspaceId }: { workspaceId: string }): void {
  logSecurityEvent('invitation.accepted', { user_id: userId, workspace_id: workspaceId })
}

/**
 * Gives a member another role.
 *
 * @throws Refusal `invalid_input`, `forbidden`, `member_not_found`, `last_owner`
 */
export async function changeMemberRole(actor: Actor, userId: string, role: unknown): Promise<void> {
  const id = parseInput(uuid('user_id'), userId)
  const next = parseInput(roleSchema, role)
  await inTransaction(async (transaction) => {
    await lockAsOwner(transaction, actor)
    const member = await getMember(transaction, actor.workspaceId, id)
    if (member.role === next) return
    if (member.role === 'owner') await refuseLastOwner(transaction, actor.workspaceId, id)
    await transaction.update(workspaceMembers).set({ role: next }).where(isMembership(actor.workspaceId, id))
    await recordEvents(transaction, actor, [
      {
        eventType: 'workspace_member.role_changed',
        data: {
          member: { user_id: id, name: member.name, role: next },
          changes: { role: { from: member.role, to: next } },
        },
      },
    ])
  })
}

/**
 * Removes a member: they are out with their next click.
 *
 * @throws Refusal `invalid_input`, `forbidden`, `member_not_found`, `last_owner`
 */
export async function removeMember(actor: Actor, userId: string): Promise<void> {
  const id = parseInput(uuid('user_id'), userId)
  await inTransaction(async (transaction) => {
    await lockAsOwner(transaction, actor)
    await takeOut(transaction, actor, id)
  })
}

/**
 * Takes the acting member out of their workspace.
 *
 * @throws Refusal `member_not_found`, `last_owner`, `forbidden` for the account of the demo
 */
export async function leaveWorkspace(actor: Actor & { id: string }): Promise<void> {
  await inTransaction(async (transaction) => {
    await hold(transaction, actor.workspaceId)
    const { email } = await getMember(transaction, actor.workspaceId, actor.id)
    if (email === demoManagerEmail) {
      const message = 'Everybody who explores the demo shares this account: it stays.'
      throw new Refusal({ kind: 'forbidden', type: 'forbidden', message })
    }
    await takeOut(transaction, actor, actor.id)
  })
}

async function takeOut(transaction: Transaction, actor: Actor, userId: string): Promise<void> {
  const { workspaceId } = actor
  const { name, role } = await getMember(transaction, workspaceId, userId)
  if (role === 'owner') await refuseLastOwner(transaction, workspaceId, userId)
  await transaction.delete(workspaceMembers).where(isMembership(workspaceId, userId))
  await transaction
    .update(sessions)
    .set({ activeWorkspaceId: null })
    .where(and(eq(sessions.userId, userId), eq(sessions.activeWorkspaceId, workspaceId)))
  const member = { user_id: userId, name, role, has_left: actor.id === userId }
  await recordEvents(transaction, actor, [{ eventType: 'workspace_member.removed', data: { member } }])
}

/** Who changes a workspace's members does so one after another: each is told what the one before left. */
async function hold(transaction: Transaction, workspaceId: string): Promise<{ name: string }> {
  const [workspace] = await transaction
    .select({ name: workspaces.name })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId))
    .for('no key update')
  if (!workspace) throw notFound('workspace')
  return workspace
}

/** The same, for who must still be an owner once it is their turn. */
async function lockAsOwner(transaction: Transaction, actor: Actor): Promise<{ name: string }> {
  const workspace = await hold(transaction, actor.workspaceId)
  const owner = and(isMembership(actor.workspaceId, actor.id ?? ''), eq(workspaceMembers.role, 'owner'))
  if (actor.id === null || (await transaction.$count(workspaceMembers, owner)) === 0) {
    throw new Refusal({
      kind: 'forbidden',
      type: 'forbidden',
      message: 'Only an owner of the workspace can change who its members are. Ask an owner.',
    })
  }
  return workspace
}

const isMembership = (workspaceId: string, userId: string) =>
  and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId))

async function getMember(
  transaction: Transaction,
  workspaceId: string,
  userId: string,
): Promise<{ name: string; email: string; role: Role }> {
  const [member] = await transaction
    .select({ name: users.name, email: users.email, role: workspaceMembers.role })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(isMembership(workspaceId, userId))
  if (!member) throw notFound('member')
  return member
}

/** The database refuses it too, whoever changes it (`workspace_members_keep_owner`). */
async function refuseLastOwner(transaction: Transaction, workspaceId: string, userId: string): Promise<void> {
  const others = await transaction.$count(
    workspaceMembers,
    and(
      eq(workspaceMembers.workspaceId, workspaceId),
      eq(workspaceMembers.role, 'owner'),
      ne(workspaceMembers.userId, userId),
    ),
  )
  if (others > 0) return
  throw new Refusal({
    kind: 'conflict',
    type: 'last_owner',
    message: 'A workspace needs an owner, and this is its only one. Make another member an owner first.',
  })
}

async function isMember(transaction: Transaction, workspaceId: string, email: string): Promise<boolean> {
  const found = await transaction
    .select({ userId: users.id })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(users.email, email)))
  return found.length > 0
}

function invitationForAnother(email: string): Refusal {
  const message = `This invitation is for another email address than ${email}.`
  return new Refusal({ kind: 'forbidden', type: 'invitation_for_another', message, fields: { email: [message] } })
}

function alreadyAMember(): Refusal {
  const message = 'A member of this workspace has this email address already.'
  return new Refusal({ kind: 'conflict', type: 'already_a_member', message, fields: { email: [message] } })
}

async function lockOpenInvitation(transaction: Transaction, token: string) {
  const [invitation] = await transaction
    .select()
    .from(workspaceInvitations)
    .where(and(eq(workspaceInvitations.tokenHash, hashInvitationToken(token)), isOpen))
    .for('update')
  if (!invitation) throw notFound('invitation')
  return invitation
}

async function join(
  transaction: Transaction,
  token: string,
  user: { userId: string; name: string; email: string },
): Promise<{ workspaceId: string }> {
  const { workspaceId, invitationId, email, role } = await lockOpenInvitation(transaction, token)
  // Everybody shares the demo's account.
  if (user.email === demoManagerEmail) throw invalidInput('The account of the demo cannot accept invitations.', 'email')
  if (email !== null && email !== user.email.toLowerCase()) throw invitationForAnother(user.email)
  const joined = await transaction
    .insert(workspaceMembers)
    .values({ workspaceId, userId: user.userId, role })
    .onConflictDoNothing()
    .returning({ userId: workspaceMembers.userId })
  if (joined.length === 0) throw alreadyAMember()
  await transaction
    .update(workspaceInvitations)
    .set({ acceptedAt: sql`now()` })
    .where(and(eq(workspaceInvitations.workspaceId, workspaceId), eq(workspaceInvitations.invitationId, invitationId)))
  const actor: Actor = { workspaceId, kind: 'member', id: user.userId, name: user.name }
  const member = { user_id: user.userId, name: user.name, role }
  await recordEvents(transaction, actor, [{ eventType: 'workspace_member.added', data: { member } }])
  return { workspaceId }
}
