import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { onPrimary } from '@/db/client'
import { enterWorkspace, inWorkspace } from '@/db/scope'
import type { Actor } from '@/lib/platform/actor'
import { serverConfiguration } from '@/lib/platform/configuration'
import { countUse } from '@/lib/platform/limits/count-use'
import type { LimitKind } from '@/lib/platform/limits/limits'
import { logger } from '@/lib/platform/logger'
import { may, type Permission } from '@/lib/platform/permissions'
import { type ActionResult, catchRefusal, httpStatus, Refusal, type RefusalValue } from '@/lib/platform/refusals'
import { currentRequestId } from '@/lib/platform/request-scope'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { refusalOf, retryAfterSeconds } from '@/lib/platform/unavailable'
import { getAuth } from '../auth/auth'
import { demoManagerEmail } from '../auth/demo-sign-in'
import { keepInUse } from '../auth/session-lifetime'
import { refuseOtherWorkspace, workspaceField, workspaceHeader } from '../workspaces/page-workspace'
import { listMemberships } from '../workspaces/queries'
import type { Workspace } from '../workspaces/workspace'

/** The signed-in admin, in the workspace that the session looks at. */
export type ActingAdmin = {
  userId: string
  sessionId: string
  name: string
  email: string
  workspace: Workspace
  workspaces: Workspace[]
  /** Whether it was signed in by more than a password: a passkey, or where two-factor authentication is on. */
  hasSecondFactor: boolean
  /** Whether the workspace demands that, and so nothing of it may be seen or done. */
  isHeldUp: boolean
  actor: Actor
}

/** The header in which the server entry tells the address that was asked for. */
const pathHeader = 'x-keyholder-path'

/** Whose session it is, whether they are a member of a workspace or not. */
export type SignedInUser = { userId: string; sessionId: string; name: string; email: string }

type Session = SignedInUser & { activeWorkspaceId: string | null; hasSecondFactor: boolean }

const findSession = cache(async (): Promise<Session | null> => {
  const auth = await getAuth()
  const found = await auth.api.getSession({ headers: await headers() })
  if (!found) return null
  const { user, session } = found
  if (user.email === demoManagerEmail && !serverConfiguration().demo) return null
  if (!(await keepInUse(session))) return null
  return {
    ...{ userId: user.id, sessionId: session.id, name: user.name, email: user.email },
    activeWorkspaceId: session.activeWorkspaceId ?? null,
    // That the account has one is not enough: the password alone may have opened this session.
    hasSecondFactor:
      typeof session.passkeyId === 'string' || (user.twoFactorEnabled === true && session.secondFactor !== false),
  }
})

/** Who is signed in, or null, also where they are a member of no workspace. */
export async function findSignedInUser(): Promise<SignedInUser | null> {
  return findSession()
}

/**
 * Who is signed in and a member of a workspace, or null; asked once per request. Whether they may see it,
 * `requireAdmin` and `actAsAdmin` look at.
 */
export const findActingAdmin = cache(async (): Promise<ActingAdmin | null> => {
  const session = await findSession()
  if (!session) return null
  const { activeWorkspaceId, ...user } = session
  // What somebody may do is never what they might do a few seconds ago.
  const workspaces = await onPrimary(() => listMemberships(user.userId))
  const workspace = workspaces.find(({ workspaceId }) => workspaceId === activeWorkspaceId) ?? workspaces[0]
  if (!workspace) return null
  // Of whatever workspace they are asked, pages show this one.
  enterWorkspace(workspace.workspaceId)
  return {
    ...user,
    workspace,
    workspaces,
    isHeldUp: workspace.requiresSecondFactor && !user.hasSecondFactor,
    actor: { workspaceId: workspace.workspaceId, kind: 'member', id: user.userId, name: user.name },
  }
})

/** Counts what an admin asks for. The demo's account is everybody's: there, each session counts for itself. */
function countUseBy(admin: ActingAdmin, kind: LimitKind): Promise<void> {
  const account = admin.email === demoManagerEmail ? admin.sessionId : admin.userId
  return countUse(kind, { account, workspaceId: admin.workspace.workspaceId })
}

/** Counts a page that an admin opens, once for each request; gives why it isn't shown, or null. */
const whyTooManyPages = cache((admin: ActingAdmin) => catchRefusal(() => countUseBy(admin, 'page')))

/** Whether an admin may create further workspaces: those who own one may. */
export const ownsAWorkspace = ({ workspaces }: ActingAdmin) => workspaces.some(({ role }) => role === 'owner')

/**
 * For pages: the acting admin, or off to sign in and back to this very address; who lacks the second factor
 * that the workspace demands, or has opened too many pages, is led to where that is said.
 *
 * @param ofNoWorkspace for pages that tell nothing of the workspace.
 */
export async function requireAdmin({ ofNoWorkspace = false } = {}): Promise<ActingAdmin> {
  const admin = await findActingAdmin()
  const path = (await headers()).get(pathHeader)
  const tooMany = admin && (await whyTooManyPages(admin))
  if (tooMany) {
    redirect(
      `/too-many-requests?${new URLSearchParams({ wait: tooMany.data?.retry_after_seconds ?? '', next: path ?? '/' })}`,
    )
  }
  if (admin && (ofNoWorkspace || !admin.isHeldUp)) return admin
  if (admin) redirect('/second-factor')
  if (await findSession()) redirect('/no-workspace')
  redirect(path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in')
}

type ActOptions = { ofAnyPage?: boolean; given?: Pick<FormData, 'get'>; kind?: LimitKind }

/**
 * For server actions: runs a handler as the acting admin, if their role permits it. All that it does
 * is one change, which is undone as a whole. Every refusal comes back as a value; what nobody foresaw
 * is logged and comes back as a plain sentence.
 *
 * @param ofAnyPage for what is done to no workspace: also a page of another workspace than the present one
 *   may ask for it, and who lacks the second factor that the workspace demands.
 * @param given the form, or the address's parameters, in which what the browser asks for by itself says
 *   which workspace its page is of.
 * @param kind what it counts as.
 */
export async function actAsAdmin<Value>(
  permission: Permission | null,
  handle: (admin: ActingAdmin) => Promise<Value>,
  { ofAnyPage = false, given, kind = 'change' }: ActOptions = {},
): Promise<ActionResult<Value>> {
  const changeId = uuidv7()
  const requestId = currentRequestId() ?? changeId
  try {
    const admin = await findActingAdmin()
    if (!admin) throw (await findSession()) ? memberOfNone() : signedOut()
    await countUseBy(admin, kind)
    if (!ofAnyPage) {
      for (const told of [(await headers()).get(workspaceHeader), given?.get(workspaceField)]) {
        refuseOtherWorkspace(told == null ? null : String(told), admin.workspace, admin.workspaces)
      }
      if (admin.isHeldUp) throw secondFactorRequired(admin.workspace)
    }
    if (permission && !may(admin.workspace.role, permission)) {
      logSecurityEvent('permission.refused', {
        ...{ user_id: admin.userId, workspace_id: admin.workspace.workspaceId, permission },
      })
      throw notPermitted()
    }
    const actor = { ...admin.actor, requestId, changeId }
    const value = await inWorkspace(actor.workspaceId, () => handle({ ...admin, actor }))
    return { ok: true, value, changeId }
  } catch (error) {
    return { ok: false, refusal: toRefusalValue(error, requestId) }
  }
}

/**
 * For the browser's own data routes: the same as `actAsAdmin`, as a JSON response.
 *
 * @param parameters those of the address, of what is asked for by a link.
 * @param kind what it counts as.
 */
export async function respondToAdmin<Value>(
  query: (admin: ActingAdmin) => Promise<Value>,
  { parameters, kind: limit = 'read' }: { parameters?: URLSearchParams; kind?: LimitKind } = {},
): Promise<Response> {
  const result = await actAsAdmin(null, query, { given: parameters, kind: limit })
  if (result.ok) return Response.json(result.value, { headers: { 'Cache-Control': 'private, no-store' } })
  const { kind, data } = result.refusal
  const seconds = kind === 'unavailable' ? String(retryAfterSeconds) : data?.retry_after_seconds
  const answer = { status: httpStatus[kind], headers: seconds ? { 'Retry-After': seconds } : undefined }
  // A link to a file leads a browser here: it shows what it gets.
  const isFollowed = (await headers()).get('sec-fetch-mode') === 'navigate'
  return isFollowed ? new Response(result.refusal.message, answer) : Response.json({ error: result.refusal }, answer)
}

function toRefusalValue(error: unknown, requestId: string): RefusalValue {
  const refusal = refusalOf(error)
  if (refusal !== error) logger().error({ request_id: requestId, error }, 'An action failed')
  if (refusal) return refusal.toValue()
  return {
    kind: 'unexpected',
    type: 'internal_error',
    message: 'Something went wrong on our side, and nothing was saved. Try again in a moment.',
  }
}

function signedOut(): Refusal {
  return new Refusal({
    kind: 'unauthenticated',
    type: 'unauthorized',
    message: 'Your session has ended. Sign in again in another tab, then repeat this here: what you typed is kept.',
  })
}

function memberOfNone(): Refusal {
  return new Refusal({
    kind: 'forbidden',
    type: 'forbidden',
    message: 'You are not a member of a workspace any more. Ask an owner of it to invite you.',
  })
}

function secondFactorRequired({ name }: Workspace): Refusal {
  return new Refusal({
    kind: 'forbidden',
    type: 'second_factor_required',
    message: `“${name}” requires a second factor. Turn on two-factor authentication in Settings → Account, or sign in with a passkey.`,
  })
}

function notPermitted(): Refusal {
  return new Refusal({
    kind: 'forbidden',
    type: 'forbidden',
    message: 'Your role in this workspace does not permit this. Ask an owner of the workspace.',
  })
}
