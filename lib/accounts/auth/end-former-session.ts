import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'

/**
 * A better-auth plugin: who signs in in a browser that is signed in already gets a new session, and the former one
 * ends, so that nobody who has its cookie goes on by it.
 */
export function endFormerSession() {
  return {
    id: 'end-former-session',
    hooks: {
      after: [
        {
          matcher: () => true,
          handler: createAuthMiddleware(async (context) => {
            const { newSession, authCookies, secret, internalAdapter } = context.context
            if (!newSession) return
            const former = await context.getSignedCookie(authCookies.sessionToken.name, secret)
            if (former && former !== newSession.session.token) await internalAdapter.deleteSession(former)
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin
}
