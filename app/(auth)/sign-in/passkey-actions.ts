'use server'

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { getAuth } from '@/lib/accounts/auth/auth'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { beginPasskeySignIn, checkPasskey } from '@/lib/accounts/passkeys/commands'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'

/** Gives what the browser is to answer by a passkey, or why not. */
export async function beginWithPasskey(): Promise<
  { options: PublicKeyCredentialRequestOptionsJSON } | { refusal: RefusalValue }
> {
  try {
    return { options: await beginPasskeySignIn(await admitStranger('passkey', await headers())) }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.toValue() }
    throw error
  }
}

/** Signs in by what the browser has answered; gives why not. */
export async function signInWithPasskey(response: unknown, next: string): Promise<RefusalValue> {
  try {
    const given = await headers()
    const { userId, passkeyId } = await checkPasskey(response, await admitStranger('passkey', given))
    const auth = await getAuth()
    await auth.api.signInPasskey({ body: { userId, passkeyId }, headers: given })
    logSecurityEvent('sign_in.succeeded', { method: 'passkey', user_id: userId })
  } catch (error) {
    if (error instanceof Refusal) {
      logSecurityEvent('sign_in.failed', { method: 'passkey' })
      return error.toValue()
    }
    throw error
  }
  redirect(safePath(next))
}
