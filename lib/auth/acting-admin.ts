import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { serverConfiguration } from '../configuration'
import { type ActionResult, httpStatus, Refusal, type RefusalValue } from '../errors'
import type { Actor } from '../events/actor'
import { logger } from '../logger'
import { listMemberships } from '../workspaces/queries'
import type { Workspace } from '../workspaces/workspace'
import { getAuth } from './auth'
import { demoManagerEmail } from './demo-sign-in'
import { may, type Permission } from './permissions'

/** The signed-in admin, in the workspace that the session looks at. */
export type ActingAdmin = {
  userId: string
  sessionId: string
  name: string
  email: string
  workspace: Workspace
  workspaces: Workspace[]
  actor: Actor
}

/** The header in which the server entry tells the address that was asked for. */
const pathHeader = 'x-keyholder-path'

/** Who is signed in, or null; asked once per request. */
export const findActingAdmin = cache(async (): Promise<ActingAdmin | null> => {
  const auth = await getAuth()
  const session = await auth.api.getSession({ headers: await headers() })
  if (!session) return null
  const { user } = session
  if (user.email === demoManagerEmail && !serverConfiguration().demo) return null
  const workspaces = await listMemberships(user.id)
  const workspace =
    workspaces.find(({ workspaceId }) => workspaceId === session.session.activeWorkspaceId) ?? workspaces[0]
  if (!workspace) return null
  return {
    userId: user.id,
    sessionId: session.session.id,
    name: user.name,
    email: user.email,
    workspace,
    workspaces,
    actor: { workspaceId: workspace.workspaceId, kind: 'member', id: user.id, name: user.name },
  }
})

/** For pages: the acting admin, or off to sign in and back to this very address. */
export async function requireAdmin(): Promise<ActingAdmin> {
  const admin = await findActingAdmin()
  if (admin) return admin
  const path = (await headers()).get(pathHeader)
  redirect(path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in')
}

/**
 * For server actions: runs a handler as the acting admin, if their role permits it. All that it does
 * is one change, which is undone as a whole. Every refusal comes back as a value; what nobody foresaw
 * is logged and comes back as a plain sentence.
 */
export async function actAsAdmin<Value>(
  permission: Permission | null,
  handle: (admin: ActingAdmin) => Promise<Value>,
): Promise<ActionResult<Value>> {
  const requestId = uuidv7()
  try {
    const admin = await findActingAdmin()
    if (!admin) throw signedOut()
    if (permission && !may(admin.workspace.role, permission)) throw notPermitted()
    const actor = { ...admin.actor, requestId, changeId: requestId }
    return { ok: true, value: await handle({ ...admin, actor }), changeId: requestId }
  } catch (error) {
    return { ok: false, refusal: toRefusalValue(error, requestId) }
  }
}

/** For the browser's own data routes: the same as `actAsAdmin`, as a JSON response. */
export async function respondToAdmin<Value>(query: (admin: ActingAdmin) => Promise<Value>): Promise<Response> {
  const result = await actAsAdmin(null, query)
  if (result.ok) return Response.json(result.value, { headers: { 'Cache-Control': 'private, no-store' } })
  return Response.json({ error: result.refusal }, { status: httpStatus[result.refusal.kind] })
}

function toRefusalValue(error: unknown, requestId: string): RefusalValue {
  if (error instanceof Refusal) return error.toValue()
  logger().error({ request_id: requestId, error }, 'An action failed')
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

function notPermitted(): Refusal {
  return new Refusal({
    kind: 'forbidden',
    type: 'forbidden',
    message: 'Your role in this workspace does not permit this. Ask an owner of the workspace.',
  })
}
