import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { parseCookies } from 'better-auth/cookies'
import { authSecret } from '@/db/encryption/secrets'
import { serverConfiguration } from '@/lib/platform/configuration'
import { cookieName } from '@/lib/platform/cookie-name'
import { demoManagerEmail } from './demo-sign-in'

/** The longest time that browsers keep a cookie. */
const maxAge = 400 * 24 * 60 * 60

const isSecure = () => serverConfiguration().baseUrl.startsWith('https:')
const namePrefix = () => cookieName('keyholder.browser.', { secure: isSecure() })
const sign = (purpose: string, text: string) =>
  createHmac('sha256', authSecret()).update(`known browser, ${purpose}: ${text}`).digest('base64url')

/** Stands for an account in a cookie's name. */
const codeOfAccount = (email: string) => sign('account', email.toLowerCase()).slice(0, 22)

/** A browser that has signed in to an account before: `account` is the account's code, `id` the browser's. */
type KnownBrowser = { account: string; id: string }

/**
 * What tells that a browser has signed in to an account before ("device cookies", OWASP). Wrong passwords from
 * such a browser are counted apart, so nobody else's guesses keep it out. It gives no access by itself.
 */
export function knownBrowserCookie(email: string) {
  const account = codeOfAccount(email)
  const id = randomBytes(16).toString('base64url')
  return {
    name: namePrefix() + account,
    value: `${id}.${sign('browser', `${account} ${id}`)}`,
    attributes: { maxAge, path: '/', httpOnly: true, secure: isSecure(), sameSite: 'lax' },
  } as const
}

/**
 * The account that a request's browser has signed in to before, or null.
 *
 * @param email the one account that counts; any other way, the first one found.
 */
export function findKnownBrowser(given: Headers, email?: string): KnownBrowser | null {
  const prefix = namePrefix()
  const wanted = email === undefined ? undefined : codeOfAccount(email)
  for (const [name, value] of parseCookies(given.get('cookie') ?? '')) {
    if (!name.startsWith(prefix)) continue
    const account = name.slice(prefix.length)
    const [id = '', signature = ''] = value.split('.')
    if (wanted !== undefined && account !== wanted) continue
    if (isSame(signature, sign('browser', `${account} ${id}`))) return { account, id }
  }
  return null
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A better-auth plugin: whoever signs in, by whatever way, makes their browser known. */
export function rememberBrowser() {
  return {
    id: 'remember-browser',
    hooks: {
      after: [
        {
          matcher: () => true,
          handler: createAuthMiddleware(async (context) => {
            const { newSession } = context.context
            // Everybody shares the demo's account.
            if (!newSession || newSession.user.email === demoManagerEmail) return
            const { name, value, attributes } = knownBrowserCookie(newSession.user.email)
            context.setCookie(name, value, attributes)
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin
}
