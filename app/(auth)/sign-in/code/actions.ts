'use server'

import { isAPIError } from 'better-auth/api'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { getAuth } from '@/lib/accounts/auth/auth'
import { findKnownBrowser } from '@/lib/accounts/auth/known-browser'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { signInByCode, signInByRecoveryCode } from '@/lib/accounts/two-factor/commands'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'

/** Why no code signed in. */
export type CodeState = { refusal: RefusalValue } | null

/** Signs in by the code of an authenticator app, after the password. */
export async function enterCode(_previous: CodeState, form: FormData): Promise<CodeState> {
  const refusal = await refusalOf('authenticator_app', (userId, browser) =>
    signInByCode(userId, Object.fromEntries(form), browser),
  )
  if (refusal) return { refusal }
  redirect(safePath(form.get('next')))
}

/** Signs in by a recovery code, after the password, and tells how many are left. */
export async function enterRecoveryCode(_previous: CodeState, form: FormData): Promise<CodeState> {
  const refusal = await refusalOf('recovery_code', (userId, browser) =>
    signInByRecoveryCode(userId, Object.fromEntries(form), browser),
  )
  if (refusal) return { refusal }
  redirect(`/sign-in/recovery-code-used?next=${encodeURIComponent(safePath(form.get('next')))}`)
}

/** Signs in whoever’s password was right in this browser, once their code was taken; gives why not, or null. */
async function refusalOf(
  method: 'authenticator_app' | 'recovery_code',
  takeCode: (userId: string, browser?: string) => Promise<void>,
): Promise<RefusalValue | null> {
  let userId: string | undefined
  try {
    const given = await headers()
    await admitStranger('code', given)
    const auth = await getAuth()
    const pending = await auth.api.findPendingSignIn({ headers: given })
    if (!pending) throw hasEnded()
    userId = pending.userId
    await takeCode(userId, findKnownBrowser(given, pending.email)?.id)
    await auth.api.completePendingSignIn({ headers: given })
    logSecurityEvent('sign_in.succeeded', { method, user_id: userId })
    return null
  } catch (error) {
    if (error instanceof Refusal) {
      if (error.kind !== 'too_many' && userId) logSecurityEvent('sign_in.failed', { method, user_id: userId })
      return error.toValue()
    }
    // Two at once by the same password.
    if (isAPIError(error) && error.statusCode < 500) return hasEnded().toValue()
    throw error
  }
}

function hasEnded(): Refusal {
  const message = 'Too much time has passed since you entered your password, or too many codes were wrong. Start again.'
  return new Refusal({ kind: 'unauthenticated', type: 'sign_in_ended', message })
}
