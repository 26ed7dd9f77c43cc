'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { getAuth } from '@/lib/accounts/auth/auth'
import { hashPassword } from '@/lib/accounts/auth/password-hash'
import { alreadySetUp, createFirstOwner } from '@/lib/accounts/workspaces/commands'
import { serverConfiguration } from '@/lib/platform/configuration'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'

export type SetupState = { given: Record<string, string>; refusal: RefusalValue } | null

/** Creates the first owner and their workspace, and signs them in. */
export async function setUp(_previous: SetupState, form: FormData): Promise<SetupState> {
  const given = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  try {
    await admitStranger('setUp', await headers())
    if (serverConfiguration().demo) throw alreadySetUp()
    await createFirstOwner(given, hashPassword)
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
