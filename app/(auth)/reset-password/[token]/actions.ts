'use server'

import { hashPassword } from 'better-auth/crypto'
import { redirect } from 'next/navigation'
import { Refusal, type RefusalValue } from '@/lib/errors'
import { resetPassword } from '@/lib/password-resets/commands'

/** Why the new password was refused. What was typed is not given back. */
export type ResetPasswordState = { refusal: RefusalValue } | null

/** Replaces the password of who has the link, and leads to signing in with it. */
export async function chooseNewPassword(
  token: string,
  _previous: ResetPasswordState,
  form: FormData,
): Promise<ResetPasswordState> {
  try {
    await resetPassword(token, Object.fromEntries(form), hashPassword)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refusal: error.toValue() }
  }
  redirect('/sign-in?password=changed')
}
