import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { expireCookie, setSessionCookie } from 'better-auth/cookies'

/** The cookie in which better-auth's plugin for two-factor authentication keeps that a password was right. */
const pendingCookie = 'two_factor'

/** What there is to keep a pending sign-in by, in an endpoint's context. */
type Pending = {
  getSignedCookie: (name: string, secret: string) => Promise<string | false | null | undefined>
  context: { secret: string; createAuthCookie: (name: string) => { name: string } }
}

async function findIdentifier({ getSignedCookie, context }: Pending): Promise<string | null> {
  const identifier = (await getSignedCookie(context.createAuthCookie(pendingCookie).name, context.secret)) || ''
  // Other cookies are signed by the same secret.
  return identifier.startsWith('2fa-') ? identifier : null
}

/**
 * A better-auth plugin: tells whose password was right while their code is awaited, and opens the session once
 * `lib/accounts/two-factor` has taken the code. The session keeps that it was opened by a second factor.
 */
export function secondStep() {
  return {
    id: 'second-step',
    endpoints: {
      findPendingSignIn: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (context) => {
        const identifier = await findIdentifier(context)
        const pending = identifier && (await context.context.internalAdapter.findVerificationValue(identifier))
        if (!pending || pending.expiresAt <= new Date()) return null
        const user = await context.context.internalAdapter.findUserById(pending.value)
        return user && { userId: user.id, email: user.email }
      }),
      completePendingSignIn: createAuthEndpoint.serverOnly(
        { method: 'POST', requireHeaders: true },
        async (context) => {
          const { internalAdapter, createAuthCookie } = context.context
          const identifier = await findIdentifier(context)
          const pending = identifier && (await internalAdapter.consumeVerificationValue(identifier))
          const user = pending && (await internalAdapter.findUserById(pending.value))
          if (!user) throw new APIError('UNAUTHORIZED')
          const session = await internalAdapter.createSession(user.id, false, { secondFactor: true }, true)
          await setSessionCookie(context, { session, user })
          expireCookie(context, createAuthCookie(pendingCookie))
          return context.json({ ok: true })
        },
      ),
    },
  } satisfies BetterAuthPlugin
}
