'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { getAuth } from '@/lib/accounts/auth/auth'
import { hashPassword } from '@/lib/accounts/auth/password-hash'
import { acceptInvitation, createInvitedAccount } from '@/lib/accounts/members/commands'
import { switchWorkspace } from '@/lib/accounts/workspaces/commands'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'

/** What a refused form gives back: what was typed, but for the password, and why. */
export type JoinState = { given: Record<string, string>; refusal: RefusalValue } | null

/** Makes an account for who has the link, signs them in and leads them into the workspace. */
export async function joinWithNewAccount(token: string, _previous: JoinState, form: FormData): Promise<JoinState> {
  const given = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  try {
    await admitStranger('invitation', await headers())
    await createInvitedAccount(token, given, hashPassword)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { password: _secret, ...shownAgain } = given
    return { given: shownAgain, refusal: error.toValue() }
  }
  const auth = await getAuth()
  const { user } = await auth.api.signInEmail({
    body: { email: String(given.email).trim().toLowerCase(), password: String(given.password) },
    headers: await headers(),
  })
  logSecurityEvent('sign_in.succeeded', { method: 'password', user_id: user.id })
  redirect('/')
}

/** Makes who is signed in a member, and leads them into the workspace. */
export async function join(token: string, _previous: JoinState, _form: FormData): Promise<JoinState> {
  const user = await findSignedInUser()
  if (!user) redirect(`/invitations/${encodeURIComponent(token)}`)
  try {
    const { workspaceId } = await acceptInvitation(token, user)
    await switchWorkspace(user, workspaceId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { given: {}, refusal: error.toValue() }
  }
  redirect('/')
}

/** Ends the session, so that another account can accept. */
export async function signOutToJoin(token: string): Promise<void> {
  const auth = await getAuth()
  await auth.api.signOut({ headers: await headers() })
  redirect(`/invitations/${encodeURIComponent(token)}`)
}
