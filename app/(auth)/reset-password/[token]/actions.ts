'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { knownBrowserCookie } from '@/lib/accounts/auth/known-browser'
import { hashPassword } from '@/lib/accounts/auth/password-hash'
import { resetPassword } from '@/lib/accounts/password-resets/commands'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'

/** Why the new password was refused. What was typed is not given back. */
export type ResetPasswordState = { refusal: RefusalValue } | null

/** Replaces the password of who has the link, and leads to signing in with it. */
export async function chooseNewPassword(
  token: string,
  _previous: ResetPasswordState,
  form: FormData,
): Promise<ResetPasswordState> {
  try {
    await admitStranger('passwordReset', await headers())
    const { email } = await resetPassword(token, Object.fromEntries(form), hashPassword)
    // Whoever had the link signs in next, and no stranger's guesses may keep them from it.
    const { name, value, attributes } = knownBrowserCookie(email)
    const jar = await cookies()
    jar.set(name, value, attributes)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refusal: error.toValue() }
  }
  redirect('/sign-in?password=changed')
}
