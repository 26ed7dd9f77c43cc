import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'

/** The cookie in which better-auth's plugin for two-factor authentication keeps that a password was right. */
const pendingCookie = 'two_factor'

/** A better-auth plugin: tells whose password was right, while their code is still awaited. */
export function pendingSignIn() {
  return {
    id: 'pending-sign-in',
    endpoints: {
      findPendingSignIn: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (context) => {
        const { secret, internalAdapter, createAuthCookie } = context.context
        const identifier = (await context.getSignedCookie(createAuthCookie(pendingCookie).name, secret)) || ''
        // Other cookies are signed by the same secret.
        if (!identifier.startsWith('2fa-')) return null
        const pending = await internalAdapter.findVerificationValue(identifier)
        if (!pending || pending.expiresAt <= new Date()) return null
        const user = await internalAdapter.findUserById(pending.value)
        return user && { userId: user.id, email: user.email }
      }),
    },
  } satisfies BetterAuthPlugin
}
