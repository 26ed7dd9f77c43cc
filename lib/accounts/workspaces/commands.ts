import { and, eq, ne, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/db/client'
import { accessSystems } from '@/db/schema/access-systems'
import { accounts, sessions, users } from '@/db/schema/accounts'
import { events } from '@/db/schema/events'
import { imports } from '@/db/schema/imports'
import { jobs } from '@/db/schema/jobs'
import { userIdentities } from '@/db/schema/user-identities'
import { workspaceMembers, workspaces } from '@/db/schema/workspaces'
import { acrossWorkspaces } from '@/db/scope'
import { recordEvents } from '@/lib/history/events/commands'
import type { Actor } from '@/lib/platform/actor'
import { parseInput } from '@/lib/platform/input'
import { notFound, Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { refuseWeakPassword } from '../auth/password'
import type { Owner, Passwords } from '../proof/own-account'
import { proveOwner } from '../proof/prove-owner'
import { newWorkspaceSchema, secondFactorDemandSchema, workspaceChangesSchema } from './details'
import { newOwnerSchema } from './new-owner'
import { hasAccounts, listMemberships } from './queries'
import { demoSlug } from './workspace'

/**
 * The first run: creates the owner's account and their workspace. Once there is an account, it is
 * refused, also to whoever comes second in a race.
 *
 * @param hashPassword gives the hash that sign-in checks against.
 * @throws Refusal `invalid_input`, `already_set_up`
 */
export async function createFirstOwner(
  input: unknown,
  hashPassword: (password: string) => Promise<string>,
): Promise<void> {
  // Scoring and hashing take long, so nobody makes a server do it that is set up.
  if (await hasAccounts()) throw alreadySetUp()
  const given = parseInput(newOwnerSchema, input)
  if (given.email === demoManagerEmail) {
    const message = 'This email address belongs to the demo. Choose another.'
    throw new Refusal({ kind: 'invalid_input', type: 'invalid_input', message, fields: { email: [message] } })
  }
  await refuseWeakPassword(given.password, [given.name, given.email, given.workspace_name])
  const password = await hashPassword(given.password)
  const create = async (transaction: Transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtext('keyholder.first_owner'))`)
    const present = await transaction.$count(users, ne(users.email, demoManagerEmail))
    if (present > 0) {
      throw alreadySetUp()
    }
    const userId = uuidv7()
    const workspaceId = uuidv7()
    await transaction.insert(users).values({ id: userId, name: given.name, email: given.email })
    await transaction
      .insert(accounts)
      .values({ id: uuidv7(), userId, accountId: userId, providerId: 'credential', password })
    await transaction.insert(workspaces).values({
      workspaceId,
      slug: await freeSlug(transaction, given.workspace_name),
      name: given.workspace_name,
      defaultCountry: given.default_country,
    })
    await transaction.insert(workspaceMembers).values({ workspaceId, userId, role: 'owner' })
  }
  await acrossWorkspaces(() => inTransaction(create))
}

/**
 * Has a session look at another workspace of its user.
 *
 * @throws Refusal `workspace_not_found` when the user is not a member of it
 */
export async function switchWorkspace(session: { sessionId: string; userId: string }, workspaceId: string) {
  const memberships = await listMemberships(session.userId)
  if (!memberships.some((membership) => membership.workspaceId === workspaceId)) throw notFound('workspace')
  const connection = await database()
  await connection
    .update(sessions)
    .set({ activeWorkspaceId: workspaceId })
    .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
}

/**
 * Makes a further workspace, empty, whose owner is who makes it; their session looks at it from now on.
 *
 * @throws Refusal `invalid_input`, `forbidden` for who owns no workspace
 */
export async function createWorkspace(
  session: { sessionId: string; userId: string },
  input: unknown,
): Promise<{ workspaceId: string }> {
  const given = parseInput(newWorkspaceSchema, input)
  const workspaceId = uuidv7()
  const create = async (transaction: Transaction) => {
    const owned = and(eq(workspaceMembers.userId, session.userId), eq(workspaceMembers.role, 'owner'))
    if ((await transaction.$count(workspaceMembers, owned)) === 0) {
      const message = 'Only who owns a workspace can create another one.'
      throw new Refusal({ kind: 'forbidden', type: 'forbidden', message })
    }
    await transaction.insert(workspaces).values({
      workspaceId,
      slug: await freeSlug(transaction, given.name),
      name: given.name,
      isSandbox: given.kind === 'sandbox',
      defaultCountry: given.default_country,
    })
    await transaction.insert(workspaceMembers).values({ workspaceId, userId: session.userId, role: 'owner' })
    await transaction
      .update(sessions)
      .set({ activeWorkspaceId: workspaceId })
      .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
  }
  await acrossWorkspaces(() => inTransaction(create))
  return { workspaceId }
}

/**
 * Changes the name or the country of the actor's workspace. The country counts for what is typed from
 * now on: phone numbers that are kept have their country code.
 *
 * @throws Refusal `invalid_input`, `workspace_not_found`
 */
export async function updateWorkspace(actor: Actor, input: unknown): Promise<void> {
  const { name, default_country: defaultCountry } = parseInput(workspaceChangesSchema, input)
  const isWorkspace = eq(workspaces.workspaceId, actor.workspaceId)
  await inTransaction(async (transaction) => {
    const [before] = await transaction
      .select({ name: workspaces.name, defaultCountry: workspaces.defaultCountry })
      .from(workspaces)
      .where(isWorkspace)
      .for('no key update')
    if (!before) throw notFound('workspace')
    const changes: Record<string, { from: string; to: string }> = {}
    if (name !== undefined && name !== before.name) changes.name = { from: before.name, to: name }
    if (defaultCountry !== undefined && defaultCountry !== before.defaultCountry) {
      changes.default_country = { from: before.defaultCountry, to: defaultCountry }
    }
    if (Object.keys(changes).length === 0) return
    await transaction.update(workspaces).set({ name, defaultCountry }).where(isWorkspace)
    await recordEvents(transaction, actor, [{ eventType: 'workspace.updated', data: { changes } }])
  })
}

/**
 * Has the actor's workspace let in only members with a second factor, or everybody again. Only the owner's proof
 * makes it optional: whoever sits at their browser mustn't.
 *
 * @param input the demand, and the fields of the proof.
 * @param session the actor's own. Without a second factor, they would lock themselves out.
 * @throws Refusal `invalid_input`, `workspace_not_found`, `second_factor_missing`, `wrong_password`, `wrong_code`,
 *   `code_used`, `passkey_not_verified`, `too_many_attempts`
 */
export async function changeSecondFactorDemand(
  actor: Actor,
  input: unknown,
  session: Owner & { hasSecondFactor: boolean },
  passwords: Pick<Passwords, 'verify'>,
): Promise<void> {
  const { requires_second_factor: requiresSecondFactor } = parseInput(secondFactorDemandSchema, input)
  if (requiresSecondFactor && !session.hasSecondFactor) {
    const message = 'Turn on two-factor authentication for yourself first, or sign in with a passkey.'
    throw new Refusal({ kind: 'conflict', type: 'second_factor_missing', message })
  }
  if (!requiresSecondFactor) await proveOwner(session, input, passwords)
  const isWorkspace = eq(workspaces.workspaceId, actor.workspaceId)
  const isChanged = await inTransaction(async (transaction) => {
    const changed = await transaction
      .update(workspaces)
      .set({ requiresSecondFactor })
      .where(and(isWorkspace, ne(workspaces.requiresSecondFactor, requiresSecondFactor)))
      .returning({ workspaceId: workspaces.workspaceId })
    if (changed.length === 0) {
      if ((await transaction.$count(workspaces, isWorkspace)) === 0) throw notFound('workspace')
      return false
    }
    const word = (isRequired: boolean) => (isRequired ? 'required' : 'optional')
    const second_factor = { from: word(!requiresSecondFactor), to: word(requiresSecondFactor) }
    await recordEvents(transaction, actor, [{ eventType: 'workspace.updated', data: { changes: { second_factor } } }])
    return true
  })
  if (!isChanged) return
  logSecurityEvent(requiresSecondFactor ? 'second_factor.required' : 'second_factor.made_optional', {
    ...{ user_id: actor.id ?? undefined, workspace_id: actor.workspaceId },
  })
}

/**
 * Removes everything in a sandbox workspace, its history included; the workspace and its members stay.
 *
 * @throws Refusal `workspace_not_found`, `not_a_sandbox`
 */
export async function emptySandboxWorkspace(
  transaction: Transaction,
  workspaceId: string,
): Promise<{ slug: string; isSandbox: boolean }> {
  const [workspace] = await transaction
    .select({ slug: workspaces.slug, isSandbox: workspaces.isSandbox })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId))
    .for('update')
  if (!workspace) throw notFound('workspace')
  if (!workspace.isSandbox) {
    throw new Refusal({
      kind: 'forbidden',
      type: 'not_a_sandbox',
      message: 'Only a sandbox workspace can be reset.',
    })
  }
  // What is under way ends first: it holds its job before anything else.
  await transaction.delete(jobs).where(eq(jobs.workspaceId, workspaceId))
  await transaction.delete(imports).where(eq(imports.workspaceId, workspaceId))
  // The access systems' ACS users, groups, entrances and credentials go with them.
  await transaction.delete(accessSystems).where(eq(accessSystems.workspaceId, workspaceId))
  await transaction.delete(userIdentities).where(eq(userIdentities.workspaceId, workspaceId))
  // The history is append-only; this names the one workspace whose history may go, for this transaction.
  await transaction.execute(sql`select set_config('keyholder.emptying_workspace', ${workspaceId}, true)`)
  await transaction.delete(events).where(eq(events.workspaceId, workspaceId))
  return workspace
}

async function freeSlug(transaction: Transaction, name: string): Promise<string> {
  const slug =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'workspace'
  const taken = await transaction.$count(workspaces, eq(workspaces.slug, slug))
  return taken > 0 || slug === demoSlug ? `${slug}-${uuidv7().slice(-6)}` : slug
}

/** Why nobody can become the first owner any more; with the demo on, nobody could from the start. */
export function alreadySetUp(): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'already_set_up',
    message: 'Keyholder has been set up already. Sign in, or ask its owner to invite you.',
  })
}
