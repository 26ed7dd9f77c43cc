'use server'

import { headers } from 'next/headers'
import { after } from 'next/server'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { admitResetRequest, sendPasswordReset } from '@/lib/accounts/password-resets/commands'
import { logger } from '@/lib/platform/logger'
import { mailSettings } from '@/lib/platform/mail-settings'
import { Refusal, type RefusalValue } from '@/lib/platform/refusals'

export type ForgotPasswordState =
  | { kind: 'asked'; email: string }
  | { kind: 'refused'; email: string; refusal: RefusalValue }
  | null

/** Sends a link to who has forgotten their password. The answer is the same whether the address has an account. */
export async function askForReset(_previous: ForgotPasswordState, form: FormData): Promise<ForgotPasswordState> {
  const typed = String(form.get('email') ?? '')
  try {
    if (!mailSettings()) throw notConfigured()
    const client = await admitStranger('passwordReset', await headers())
    const email = await admitResetRequest({ email: typed }, client)
    // Once the answer is on its way, which therefore takes as long for everybody.
    after(() =>
      sendPasswordReset(email).catch((error) => logger().error({ error }, 'A password reset could not be queued')),
    )
    return { kind: 'asked', email }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { kind: 'refused', email: typed, refusal: error.toValue() }
  }
}

function notConfigured(): Refusal {
  const message = 'This server sends no email. Ask whoever runs it for a link.'
  return new Refusal({ kind: 'conflict', type: 'mail_not_configured', message })
}
