import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { sessions } from '@/db/schema/accounts'
import { mostSessions } from '@/lib/platform/limits/limits'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { demoManagerEmail } from './demo-sign-in'

/**
 * A better-auth plugin: an account has no more than `mostSessions`. Whoever signs in once more ends its oldest
 * ones. The demo's account, which all visitors share, is left out.
 */
export function limitSessions() {
  return {
    id: 'limit-sessions',
    hooks: {
      after: [
        {
          matcher: () => true,
          handler: createAuthMiddleware(async ({ context: { newSession } }) => {
            if (newSession && newSession.user.email !== demoManagerEmail) await endOldest(newSession.user.id)
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin
}

async function endOldest(userId: string): Promise<void> {
  const connection = await primaryDatabase()
  const tooMany = connection
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .offset(mostSessions)
  const ended = await connection
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), inArray(sessions.id, tooMany)))
    .returning({ id: sessions.id })
  if (ended.length > 0) logSecurityEvent('session.ended', { user_id: userId })
}
