'use server'

import { isAPIError } from 'better-auth/api'
import { parseSetCookieHeader } from 'better-auth/cookies'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { findSignedInUser } from '@/lib/accounts/acting-admin/acting-admin'
import { admitStranger } from '@/lib/accounts/auth/admit-stranger'
import { getAuth } from '@/lib/accounts/auth/auth'
import { findKnownBrowser } from '@/lib/accounts/auth/known-browser'
import { limitAttempts } from '@/lib/accounts/auth/limit-attempts'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { serverConfiguration } from '@/lib/platform/configuration'
import { catchRefusal, Refusal } from '@/lib/platform/refusals'
import { codeOf, logSecurityEvent } from '@/lib/platform/security-log'

export type SignInState = { email: string; error: string } | null

/** The longest address there is, and the longest password that an account can have. */
const [longestAddress, longestPassword] = [254, 128]
const noMatch = 'This email address and password do not match.'

/** Signs in with email and password. */
export async function signIn(_previous: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get('email') ?? '').trim()
  const password = String(form.get('password') ?? '')
  if (!email || !password) return { email, error: 'Enter your email address and your password.' }
  if (email.length > longestAddress || password.length > longestPassword) return { email, error: noMatch }

  const account = email.toLowerCase()
  const next = safePath(form.get('next'))
  let asksCode: boolean
  try {
    const given = await headers()
    await admitStranger('signIn', given, account)
    const browser = findKnownBrowser(given, account)
    const answer = await limitAttempts(account, () => askForSession(email, password, given), undefined, browser?.id)
    if (!answer) {
      logSecurityEvent('sign_in.failed', { method: 'password', subject: codeOf(account) })
      return { email, error: noMatch }
    }
    asksCode = 'twoFactorRedirect' in answer
    if (!asksCode) logSecurityEvent('sign_in.succeeded', { method: 'password', user_id: answer.user.id })
  } catch (error) {
    if (error instanceof Refusal) return { email, error: error.message }
    throw error
  }
  redirect(asksCode ? `/sign-in/code?next=${encodeURIComponent(next)}` : next)
}

/** Opens a session, or begins to wait for the code; null where address and password do not match. */
async function askForSession(email: string, password: string, given: Headers) {
  const auth = await getAuth()
  try {
    // A session that this browser has already ends by it.
    const answer = await auth.api.signInEmail({ body: { email, password }, headers: given, returnHeaders: true })
    await takeCookies(answer.headers)
    return answer.response
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return null
    throw error
  }
}

/** Gives the browser the cookies that better-auth's answer has. */
async function takeCookies(answer: Headers): Promise<void> {
  const jar = await cookies()
  for (const [name, { value, ...options }] of parseSetCookieHeader(answer.get('set-cookie') ?? '')) {
    jar.set(name, decodeURIComponent(value), {
      httpOnly: options.httponly,
      secure: options.secure,
      sameSite: options.samesite,
      path: options.path,
      maxAge: options['max-age'],
    })
  }
}

/** Signs in as the demo's manager; where the demo is off there is no such action. */
export async function exploreDemo(form: FormData): Promise<void> {
  if (!serverConfiguration().demo) notFound()
  const given = await headers()
  const refusal = await catchRefusal(() => admitStranger('demo', given))
  if (refusal) redirect('/sign-in?demo=busy')
  const auth = await getAuth()
  await auth.api.signInDemo({ headers: given })
  logSecurityEvent('sign_in.succeeded', { method: 'demo' })
  redirect(safePath(form.get('next')))
}

/** Ends the session. */
export async function signOut(): Promise<void> {
  const user = await findSignedInUser()
  const auth = await getAuth()
  await auth.api.signOut({ headers: await headers() })
  if (user) logSecurityEvent('session.ended', { user_id: user.userId })
  redirect('/sign-in')
}
