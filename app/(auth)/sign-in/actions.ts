'use server'

import { parseSetCookieHeader } from 'better-auth/cookies'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { findSignedInUser } from '@/lib/auth/acting-admin'
import { getAuth } from '@/lib/auth/auth'
import { limitAttempts } from '@/lib/auth/limit-attempts'
import { safePath } from '@/lib/auth/safe-path'
import { serverConfiguration } from '@/lib/configuration'
import { Refusal } from '@/lib/errors'
import { codeOf, logSecurityEvent } from '@/lib/security-log'

export type SignInState = { email: string; error: string } | null

/** Signs in with e-mail and password, through better-auth's handler: that is where its rate limit is. */
export async function signIn(_previous: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get('email') ?? '').trim()
  const password = String(form.get('password') ?? '')
  if (!email || !password) return { email, error: 'Enter your email address and your password.' }

  const next = safePath(form.get('next'))
  let asksCode: boolean
  try {
    const response = await limitAttempts(email.toLowerCase(), () => askForSession(email, password))
    if (!response) {
      logSecurityEvent('sign_in.failed', { method: 'password', subject: codeOf(email.toLowerCase()) })
      return { email, error: 'This email address and password do not match.' }
    }
    await takeCookies(response)
    const answer = (await response.json()) as { user: { id: string } } | { twoFactorRedirect: true }
    asksCode = 'twoFactorRedirect' in answer
    if ('user' in answer) logSecurityEvent('sign_in.succeeded', { method: 'password', user_id: answer.user.id })
  } catch (error) {
    if (error instanceof Refusal) return { email, error: error.message }
    throw error
  }
  redirect(asksCode ? `/sign-in/code?next=${encodeURIComponent(next)}` : next)
}

/**
 * An answer with a session's cookies, or with one by which the code is awaited; null where address and password do not match.
 *
 * @throws Refusal `too_many_attempts` from where the request comes: whether the password is right was not looked at.
 */
async function askForSession(email: string, password: string): Promise<Response | null> {
  const auth = await getAuth()
  const { baseUrl } = serverConfiguration()
  const given = await headers()
  const response = await auth.handler(
    new Request(`${baseUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // Next has compared the real origin with the host before it ran this action.
        origin: new URL(baseUrl).origin,
        'x-forwarded-for': given.get('x-forwarded-for') ?? '',
        'user-agent': given.get('user-agent') ?? '',
        // A session that this browser has already ends by it.
        cookie: given.get('cookie') ?? '',
      },
      body: JSON.stringify({ email, password }),
    }),
  )
  if (response.status === 429) {
    const wait = response.headers.get('x-retry-after')
    const message = `Too many attempts. Wait ${wait ? `${wait} seconds` : 'a moment'}, then try again.`
    throw new Refusal({ kind: 'too_many', type: 'too_many_attempts', message })
  }
  return response.ok ? response : null
}

/** Gives the browser the cookies that better-auth's answer has. */
async function takeCookies(response: Response): Promise<void> {
  const jar = await cookies()
  for (const [name, { value, ...options }] of parseSetCookieHeader(response.headers.get('set-cookie') ?? '')) {
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
  const auth = await getAuth()
  await auth.api.signInDemo({ headers: await headers() })
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
