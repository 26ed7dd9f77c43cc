import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

/**
 * A better-auth plugin: signs in who has proved by a passkey who they are, which is checked before. It asks for
 * no second factor: a passkey is on a device that knows its owner, and so is two. The session keeps which it was.
 */
export function passkeySignIn() {
  return {
    id: 'passkey-sign-in',
    endpoints: {
      signInPasskey: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.string(), passkeyId: z.string() }), requireHeaders: true },
        async (context) => {
          const { internalAdapter } = context.context
          const user = await internalAdapter.findUserById(context.body.userId)
          if (!user) throw new APIError('NOT_FOUND')
          const session = await internalAdapter.createSession(user.id, false, { passkeyId: context.body.passkeyId })
          await setSessionCookie(context, { session, user })
          return context.json({ ok: true })
        },
      ),
    },
  } satisfies BetterAuthPlugin
}
