import { and, eq, lt } from 'drizzle-orm'
import { primaryDatabase } from '@/db/client'
import { sessions } from '@/db/schema/accounts'

const hourSeconds = 3600

/** A session ends a week after it began, however much it is used. Why these: docs/security.md, “Sessions”. */
export const sessionSeconds = 7 * 24 * hourSeconds
/** A session that nothing was asked by for so long is over: who comes back the next morning signs in again. */
const idleSeconds = 12 * hourSeconds
/** A session's use is noted no more often, so that looking at pages does not write all the time. */
const noteSeconds = 10 * 60

/** The moment before which a session must have been used last to be over by now. */
export const idleSince = (now = Date.now()) => new Date(now - idleSeconds * 1000)

/** Whether a session is not over for want of use; if so, notes that it is used now. */
export async function keepInUse({ id, updatedAt }: { id: string; updatedAt: Date }): Promise<boolean> {
  if (updatedAt < idleSince()) return false
  const isOfLate = new Date(Date.now() - noteSeconds * 1000)
  if (updatedAt < isOfLate) {
    const connection = await primaryDatabase()
    await connection
      .update(sessions)
      .set({ updatedAt: new Date() })
      // Another request may just have noted it.
      .where(and(eq(sessions.id, id), lt(sessions.updatedAt, isOfLate)))
  }
  return true
}
