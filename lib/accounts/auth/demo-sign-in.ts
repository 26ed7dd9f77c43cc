import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { serverConfiguration } from '@/lib/platform/configuration'

/** The account behind “Explore the demo”. It has no password: only `demoSignIn` opens a session for it. */
export const demoManagerEmail = 'demo.manager@harborview.example'

/** A better-auth plugin: signs in as the demo manager while the demo is on, and not otherwise. */
export function demoSignIn() {
  return {
    id: 'demo-sign-in',
    endpoints: {
      signInDemo: createAuthEndpoint('/sign-in/demo', { method: 'POST' }, async (context) => {
        const found =
          serverConfiguration().demo && (await context.context.internalAdapter.findUserByEmail(demoManagerEmail))
        if (!found) throw new APIError('NOT_FOUND')
        const session = await context.context.internalAdapter.createSession(found.user.id)
        await setSessionCookie(context, { session, user: found.user })
        return context.json({ ok: true })
      }),
    },
  } satisfies BetterAuthPlugin
}
